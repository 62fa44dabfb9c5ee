import tensorflow as tf
import numpy as np
tf.set_random_seed(70)
x = tf.constant(np.random.RandomState(9).randn(5, 3, 2).astype('f'))
cell = tf.nn.rnn_cell.LSTMCell(3, name='mine', dtype=tf.float32)
o1, s1 = tf.nn.dynamic_rnn(cell, x, sequence_length=tf.constant([5, 1, 3]), time_major=True, dtype=tf.float32, swap_memory=True, parallel_iterations=1, scope='first')
init = cell.zero_state(3, tf.float32)
o2, s2 = tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(3, bias_initializer=tf.constant_initializer(0.3)), x, initial_state=s1.h, time_major=True, scope='second')
with tf.variable_scope('third', reuse=tf.AUTO_REUSE):
    c = tf.nn.rnn_cell.BasicRNNCell(2); o3, _ = tf.nn.dynamic_rnn(c, o2, dtype=tf.float32, time_major=True)
    o4, _ = tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicRNNCell(2), o2, dtype=tf.float32, time_major=True)
o5, s5 = tf.nn.static_rnn(tf.nn.rnn_cell.BasicLSTMCell(2, forget_bias=0.0), tf.unstack(x), sequence_length=[5, 1, 3], dtype=tf.float32)
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    for o in (o1, s1.c, o2, s2, o3, o5[2], s5.h): print(s.run(o).ravel())
    print(np.array_equal(*s.run([o3, o4])))
for v in tf.global_variables(): print(v)
