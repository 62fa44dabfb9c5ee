import tensorflow as tf
from tensorflow.contrib.cudnn_rnn import CudnnCompatibleLSTMCell, CudnnCompatibleGRUCell
tf.set_random_seed(31)
with tf.variable_scope('cudnn_lstm'):
    cell = tf.nn.rnn_cell.MultiRNNCell([CudnnCompatibleLSTMCell(3) for _ in range(2)])
    o, s = tf.nn.dynamic_rnn(cell, tf.ones([4, 2, 2]), time_major=True, dtype=tf.float32)
with tf.variable_scope('cudnn_gru'):
    o2, s2 = tf.nn.dynamic_rnn(CudnnCompatibleGRUCell(3), tf.ones([4, 2, 2]), time_major=True, dtype=tf.float32)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(o)[-1]); print(sess.run(o2)[-1])
print([v.name for v in tf.trainable_variables()])
