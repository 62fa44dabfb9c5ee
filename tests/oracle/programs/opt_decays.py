import tensorflow as tf
g = tf.placeholder(tf.int32, [])
ds = [tf.train.exponential_decay(0.1, g, 10, 0.9, staircase=True), tf.train.inverse_time_decay(0.1, g, 10, 0.5), tf.train.natural_exp_decay(0.1, g, 10, 0.5),
      tf.train.polynomial_decay(0.1, g, 20, 0.01, power=0.5, cycle=True), tf.train.piecewise_constant(g, [5, 15], [0.1, 0.05, 0.01]),
      tf.train.cosine_decay(0.1, g, 30), tf.train.cosine_decay_restarts(0.1, g, 10), tf.train.linear_cosine_decay(0.1, g, 30)]
with tf.Session() as sess:
    for s in (0, 7, 12, 25):
        print(s, sess.run(ds, {g: s}))
