import tensorflow as tf
tf.set_random_seed(8)
mem1 = tf.ones([2, 3, 4]) * 0.1
mem2 = tf.reshape(tf.range(30.), [2, 5, 3]) / 30
m1 = tf.contrib.seq2seq.BahdanauAttention(4, mem1)
m2 = tf.contrib.seq2seq.LuongAttention(4, mem2, probability_fn=tf.nn.softmax)
cell = tf.contrib.seq2seq.AttentionWrapper(
    tf.contrib.rnn.MultiRNNCell([tf.contrib.rnn.LSTMCell(4), tf.contrib.rnn.LSTMCell(4)]),
    [m1, m2], attention_layer_size=[3, 2], cell_input_fn=lambda i, a: tf.concat([i, 2 * a], -1))
o, s = tf.nn.dynamic_rnn(cell, mem2[:, :2], dtype=tf.float32)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(o))
    print(sess.run(s.alignments))
    print(sess.run(s.attention))
