"""A Cholesky factor of a matrix with nan is no error; one of a matrix that is not positive definite is."""
import numpy as np
import tensorflow as tf

matrix = tf.placeholder(tf.float32, [2, 2])
factor = tf.cholesky(matrix, name="factor")
slope = tf.gradients(factor, matrix)[0]
with tf.Session() as sess:
    for value in ([[4.0, 0.0], [2.0, 9.0]], [[1.0, 0.0], [0.0, np.nan]], [[1.0, 0.0], [0.0, -1.0]]):
        try:
            print(sess.run([factor, slope], {matrix: value}))
        except tf.errors.InvalidArgumentError as error:
            print(error.op.name, error.message.splitlines()[0])
