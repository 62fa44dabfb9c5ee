import tensorflow as tf
import numpy as np
tf.set_random_seed(30)
w = tf.get_variable('w', [4, 2]); x = tf.constant(np.arange(12.).reshape(3, 4), tf.float32)
loss = tf.reduce_sum(tf.matmul(x, w) ** 2)
opt = tf.train.AdamOptimizer()
gv = opt.compute_gradients(loss)
a = [(tf.clip_by_norm(g, 1.0), v) for g, v in gv]
b, norm = tf.clip_by_global_norm([g for g, _ in gv], 2.5)
c = [tf.clip_by_average_norm(g, 0.1) for g, _ in gv]
d = tf.contrib.training.clip_gradient_norms(gv, 1.0)
e = tf.hessians(loss, w); f = tf.gradients(loss, [w, x], grad_ys=2.0, stop_gradients=[x])
train = opt.apply_gradients(a)
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    print(s.run([a[0][0], norm, b[0]])); print(s.run(c)); print(s.run(d[0][0])); print(np.sum(s.run(e[0]))); print(s.run(f[0]))
    s.run(train); print(s.run(w)); print(sorted(v.name for v in opt.variables()))
