import tensorflow as tf
for seed in (1, 2, None):
    with tf.Graph().as_default():
        if seed is not None:
            tf.set_random_seed(seed)
        a = tf.random_normal([2], seed=7)
        b = tf.random_normal([2], seed=8)
        with tf.Session() as sess:
            print(seed, sess.run([a, b]))
tf.reset_default_graph()
tf.set_random_seed(5)
c = tf.random_uniform([2])
with tf.Session() as sess: print(sess.run(c))
tf.reset_default_graph()
tf.set_random_seed(5)
with tf.Session() as sess: print(sess.run(tf.random_uniform([2])))
