import tensorflow as tf
import numpy as np
from tensorflow.contrib.rnn import LSTMBlockCell, GRUBlockCellV2, LSTMBlockFusedCell
tf.set_random_seed(123)
x = tf.constant(np.random.RandomState(3).randn(4, 2, 3), tf.float32)  # time major
with tf.variable_scope('a'):
    o1, s1 = tf.nn.dynamic_rnn(LSTMBlockCell(4, use_peephole=True), x, dtype=tf.float32, time_major=True)
with tf.variable_scope('b'):
    o2, s2 = tf.nn.dynamic_rnn(GRUBlockCellV2(4), x, dtype=tf.float32, time_major=True)
with tf.variable_scope('c'):
    o3, s3 = LSTMBlockFusedCell(4)(x, dtype=tf.float32, sequence_length=[4, 2])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for o in (o1, o2, o3):
        print(sess.run(o)[-1])
    print(sess.run(s3))
for v in tf.global_variables():
    print(v.name, v.shape)
