"""Sums and means over an axis that is given twice, which counts once."""
import numpy as np
import tensorflow as tf

x = tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
fed = tf.placeholder(tf.float32)
with tf.Session() as sess:
    for reduce in (tf.reduce_sum, tf.reduce_mean, tf.reduce_max, tf.reduce_prod, tf.reduce_logsumexp):
        for axis in ([0, 0], (1, -1), [1, 0, 1], np.array([-1, -1])):
            result = reduce(x, axis)
            print(axis, result.shape, sess.run([result, reduce(x, axis, keepdims=True)]))
        print(sess.run(reduce(fed, [0, 0]), {fed: np.ones((2, 3))}))
    print(sess.run([tf.reduce_any(x > 2, [0, 0]), tf.reduce_all(x > 2, [1, 1])]))
    print(sess.run(tf.gradients(tf.reduce_mean(x, [1, 1]), x)))
    print(sess.run(tf.nn.moments(x, [1, 1])))
    try:
        tf.reduce_sum(x, [0, 2])
    except ValueError as error:
        print(error)
