import tensorflow as tf
tf.set_random_seed(9)
x = tf.reshape(tf.range(30, dtype=tf.float32), [5, 2, 3]) / 30.
nwords = tf.constant([5, 3])
lstm_cell_fw = tf.contrib.rnn.LSTMBlockFusedCell(4)
lstm_cell_bw = tf.contrib.rnn.LSTMBlockFusedCell(4)
lstm_cell_bw = tf.contrib.rnn.TimeReversedFusedRNN(lstm_cell_bw)
output_fw, _ = lstm_cell_fw(x, dtype=tf.float32, sequence_length=nwords)
output_bw, _ = lstm_cell_bw(x, dtype=tf.float32, sequence_length=nwords)
output = tf.concat([output_fw, output_bw], axis=-1)
output = tf.transpose(output, perm=[1, 0, 2])
adapted = tf.contrib.rnn.FusedRNNCellAdaptor(tf.contrib.rnn.BasicRNNCell(3), use_dynamic_rnn=True)
with tf.variable_scope('adapted'):
    ad, _ = adapted(x, dtype=tf.float32)
with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), tf.tables_initializer()])
    print(sess.run(output))
    print(sess.run(ad)[-1])
