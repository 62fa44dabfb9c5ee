import tensorflow as tf
import numpy as np
tf.set_random_seed(3)
enc_in = tf.constant(np.random.RandomState(1).randn(2, 4, 3).astype('f'))
enc_len = tf.constant([4, 2])
with tf.variable_scope('encoder'):
    (fw, bw), (sfw, sbw) = tf.nn.bidirectional_dynamic_rnn(
        tf.nn.rnn_cell.LSTMCell(3), tf.nn.rnn_cell.LSTMCell(3), enc_in, enc_len, dtype=tf.float32)
    enc_out = tf.concat((fw, bw), 2)
    enc_state = tf.nn.rnn_cell.LSTMStateTuple(tf.concat((sfw.c, sbw.c), 1), tf.concat((sfw.h, sbw.h), 1))
with tf.variable_scope('decoder'):
    mech = tf.contrib.seq2seq.BahdanauAttention(5, enc_out, memory_sequence_length=enc_len, normalize=True)
    cell = tf.contrib.seq2seq.AttentionWrapper(tf.nn.rnn_cell.LSTMCell(6), mech, attention_layer_size=4, alignment_history=True, name='attention')
    init = cell.zero_state(2, tf.float32).clone(cell_state=enc_state)
    helper = tf.contrib.seq2seq.TrainingHelper(enc_in, [3, 3])
    dec = tf.contrib.seq2seq.BasicDecoder(cell, helper, init, tf.layers.Dense(5))
    out, st, _ = tf.contrib.seq2seq.dynamic_decode(dec)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(out.rnn_output))
    print(sess.run(st.alignment_history.stack()))
for v in tf.trainable_variables():
    print(v.name, v.shape)
