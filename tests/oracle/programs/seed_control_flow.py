import tensorflow as tf
tf.set_random_seed(77)
x = tf.placeholder_with_default(1.0, [])
y = tf.cond(x > 0, lambda: tf.random_normal([2]), lambda: tf.random_uniform([2]))
i, acc = tf.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, a + tf.random_normal([2])), [0, tf.zeros([2])])
z = tf.case([(tf.less(x, 0), lambda: tf.constant(1.0)), (tf.greater(x, 5), lambda: tf.constant(2.0))], default=lambda: tf.random_uniform([]))
m = tf.map_fn(lambda v: v * tf.random_uniform([]), tf.ones([3]))
f = tf.foldl(lambda a, v: a + v, tf.range(4.))
s = tf.scan(lambda a, v: a * v, tf.constant([1., 2, 3]))
w = tf.get_variable('w', [2])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for o in (y, acc, z, m, f, s, w):
        print(sess.run(o))
