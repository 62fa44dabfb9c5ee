import tensorflow as tf
tf.set_random_seed(1234)
ops = [tf.random_normal([2]), tf.random_uniform([2]), tf.random_uniform([2], maxval=10, dtype=tf.int32), tf.truncated_normal([2]),
       tf.random_shuffle([1, 2, 3, 4, 5]), tf.random_poisson([2.0], [2]), tf.multinomial(tf.log([[.2, .8]]), 5),
       tf.nn.dropout(tf.ones([6]), 0.5), tf.nn.dropout(tf.ones([6]), keep_prob=0.5, noise_shape=[6]), tf.layers.dropout(tf.ones([6]), training=True),
       tf.random.normal([2], seed=3), tf.random.categorical(tf.log([[.2, .8]]), 3), tf.contrib.layers.dropout(tf.ones([6]), 0.7),
       tf.distributions.Normal(0., 1.).sample(2), tf.random_gamma([2], [1.5])]
with tf.Session() as sess:
    for o in ops:
        print(o.op.name, sess.run(o).tolist())
    print(sess.run(ops[0]).tolist())
with tf.Session() as sess:
    print(sess.run(ops[0]).tolist())
