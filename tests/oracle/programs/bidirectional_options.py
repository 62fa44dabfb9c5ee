import tensorflow as tf
tf.set_random_seed(18)
x = tf.reshape(tf.cos(tf.range(30.)), [2, 5, 3])
f, b = tf.contrib.rnn.GRUCell(2), tf.contrib.rnn.LSTMCell(3)
(a, c), (sa, sc) = tf.nn.bidirectional_dynamic_rnn(f, b, x, sequence_length=tf.to_int32([5, 2]), initial_state_fw=tf.ones([2, 2]), initial_state_bw=b.zero_state(2, tf.float32), scope='BLSTM')
outs, sf, sb = tf.nn.static_bidirectional_rnn(tf.contrib.rnn.BasicLSTMCell(2), tf.contrib.rnn.BasicLSTMCell(2), tf.unstack(x, axis=1), dtype=tf.float32, sequence_length=[4, 5])
layer = x
for i in range(2):
    with tf.variable_scope('deep_%d' % i):
        o, _ = tf.nn.bidirectional_dynamic_rnn(tf.contrib.rnn.DropoutWrapper(tf.contrib.rnn.LSTMCell(2), 0.9, 0.8), tf.contrib.rnn.LSTMCell(2), layer, dtype=tf.float32)
        layer = tf.concat(o, -1)
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    for t in (a, c, sa, sc.h, outs[1], sf.c, layer): print(s.run(t).ravel())
