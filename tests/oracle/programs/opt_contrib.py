import tensorflow as tf
from tensorflow.contrib import opt as copt
opts = [tf.contrib.opt.LazyAdamOptimizer(0.1), copt.NadamOptimizer(0.1), copt.AdaMaxOptimizer(0.1), copt.AddSignOptimizer(0.1), copt.PowerSignOptimizer(0.1),
        copt.AdamWOptimizer(weight_decay=0.01, learning_rate=0.1), copt.MomentumWOptimizer(0.01, 0.1, 0.9), copt.RegAdagradOptimizer(0.1)]
for n, o in enumerate(opts):
    x = tf.Variable([3.0, -2.0], name='x%d' % n)
    step = o.minimize(tf.reduce_sum(tf.square(x - 1.0)), var_list=[x])
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for _ in range(4):
            sess.run(step)
        print(type(o).__name__, sess.run(x))
