import tensorflow as tf
from tensorflow.contrib.opt import MovingAverageOptimizer, VariableClippingOptimizer, MultitaskOptimizerWrapper
x = tf.Variable([4.0, 2.0], name='x')
opt = MovingAverageOptimizer(tf.train.GradientDescentOptimizer(0.1), average_decay=0.5)
step = opt.minimize(tf.reduce_sum(x ** 2))
saver = opt.swapping_saver()
ema = tf.train.ExponentialMovingAverage(0.9, num_updates=3)
v = tf.Variable(1.0, name='v')
apply = ema.apply([v])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(3):
        sess.run(step)
        sess.run(v.assign_add(1.0)); sess.run(apply)
    print(sess.run([x, ema.average(v)]))
    path = saver.save(sess, './avg')
    sess.run(tf.global_variables_initializer())
    tf.train.Saver([x]).restore(sess, path)
    print(sess.run(x))
print(sorted(k for k, _ in tf.contrib.framework.list_variables('./avg')))
print(sorted(ema.variables_to_restore()))
