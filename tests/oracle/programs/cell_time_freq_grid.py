import tensorflow as tf
from tensorflow.contrib.rnn.python.ops import rnn_cell as crnn
tf.set_random_seed(6)
x = tf.reshape(tf.range(16, dtype=tf.float32), [2, 8]) / 16
with tf.variable_scope('tf'):
    c = crnn.TimeFreqLSTMCell(3, use_peepholes=False, feature_size=4, frequency_skip=4)
    o, s = c(x, tf.zeros([2, 12]))
with tf.variable_scope('grid'):
    c2 = crnn.GridLSTMCell(3, use_peepholes=True, feature_size=4, frequency_skip=2, num_frequency_blocks=[3])
    o2, s2 = c2(x, c2.zero_state(2, tf.float32))
with tf.variable_scope('bidirectional'):
    c3 = crnn.BidirectionalGridLSTMCell(3, use_peepholes=True, feature_size=4, frequency_skip=2, num_frequency_blocks=[3])
    o3, s3 = c3(x, c3.zero_state(2, tf.float32))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(o))
    print(sess.run(o2))
    print(sess.run(o3))
