import tensorflow as tf
import numpy as np

tf.set_random_seed(777)
x = np.arange(24).reshape(2, 3, 4).astype(np.float32) / 10
inputs = tf.unstack(tf.constant(x), axis=1)
cell = tf.contrib.rnn.BasicRNNCell(5)
outputs, state = tf.contrib.rnn.static_rnn(cell, inputs, dtype=tf.float32)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    o, s = sess.run([outputs, state])
    print(np.array(o).shape)
    print(np.array2string(s, precision=8))
