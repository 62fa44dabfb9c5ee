import tensorflow as tf
from tensorflow.contrib import rnn as contrib_rnn
tf.set_random_seed(17)
x = tf.ones([2, 4, 6])
cells = [contrib_rnn.NASCell(6), contrib_rnn.UGRNNCell(6), contrib_rnn.IntersectionRNNCell(6)]
for i, c in enumerate(cells):
    with tf.variable_scope('net%d' % i):
        o, _ = tf.nn.dynamic_rnn(c, x, dtype=tf.float32)
        cells[i] = o
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for o in cells:
        print(sess.run(o)[1, -1])
