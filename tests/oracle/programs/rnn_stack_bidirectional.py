import tensorflow as tf
from tensorflow.contrib.rnn import stack_bidirectional_dynamic_rnn, stack_bidirectional_rnn
tf.set_random_seed(99)
x = tf.reshape(tf.cos(tf.range(24.0)), [2, 4, 3])
f = [tf.nn.rnn_cell.LSTMCell(n) for n in (3, 2)]
b = [tf.nn.rnn_cell.LSTMCell(n) for n in (3, 2)]
o, sf, sb = stack_bidirectional_dynamic_rnn(f, b, x, sequence_length=[4, 3], dtype=tf.float32)
with tf.variable_scope('static'):
    o2, _, _ = stack_bidirectional_rnn([tf.contrib.rnn.GRUCell(3)], [tf.contrib.rnn.GRUCell(3)], tf.unstack(x, axis=1), dtype=tf.float32)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(o))
    print(sess.run(o2[0]))
    print([v.name for v in tf.trainable_variables()][:4])
