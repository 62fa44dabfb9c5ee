import tensorflow as tf
from tensorflow.contrib import grid_rnn
tf.set_random_seed(19)
cell = grid_rnn.Grid2LSTMCell(4, use_peepholes=True)
x = tf.ones([2, 3, 4]) * 0.2
outs, st = tf.nn.static_rnn(cell, tf.unstack(x, axis=1), dtype=tf.float32)
with tf.variable_scope('gru'):
    o2, _ = tf.nn.static_rnn(grid_rnn.Grid2GRUCell(3), tf.unstack(x, axis=1), dtype=tf.float32)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(outs[-1]))
    print(sess.run(o2[-1]))
