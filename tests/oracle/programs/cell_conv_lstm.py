import numpy as np
import tensorflow as tf
tf.set_random_seed(14)
cell = tf.contrib.rnn.ConvLSTMCell(conv_ndims=2, input_shape=[6, 6, 1], output_channels=2, kernel_shape=[3, 3])
x = tf.constant(np.random.RandomState(2).rand(1, 3, 6, 6, 1).astype(np.float32))
outputs, state = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)
with tf.variable_scope('one_d'):
    c1 = tf.contrib.rnn.Conv1DLSTMCell(input_shape=[6, 1], output_channels=2, kernel_shape=[3])
    o1, _ = tf.nn.dynamic_rnn(c1, x[:, :, :, 0], dtype=tf.float32)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    out, o = sess.run([outputs, o1])
    print(out.shape, '%.6f %.6f' % (out.sum(), out[0, -1, 3, 3, 1]))
    print(o.shape, '%.6f' % o.mean())
