import tensorflow as tf
import numpy as np
tf.set_random_seed(6)
size, vocab = 5, 7
enc = [tf.placeholder(tf.int32, [None], name='enc%d' % i) for i in range(3)]
dec = [tf.placeholder(tf.int32, [None], name='dec%d' % i) for i in range(4)]
weights = [tf.ones_like(d, dtype=tf.float32) for d in dec]
with tf.variable_scope('s2s'):
    outputs, state = tf.contrib.legacy_seq2seq.embedding_attention_seq2seq(
        enc, dec, tf.contrib.rnn.GRUCell(size), num_encoder_symbols=vocab, num_decoder_symbols=vocab, embedding_size=size, feed_previous=False)
with tf.variable_scope('s2s', reuse=True):
    test_outputs, _ = tf.contrib.legacy_seq2seq.embedding_attention_seq2seq(
        enc, dec, tf.contrib.rnn.GRUCell(size), vocab, vocab, embedding_size=size, feed_previous=True)
loss = tf.contrib.legacy_seq2seq.sequence_loss(outputs, dec, weights)
train = tf.train.RMSPropOptimizer(0.05).minimize(loss)
feed = {p: np.array([i, 6 - i]) for i, p in enumerate(enc + dec)}
feed = {p: v % 7 for p, v in feed.items()}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        print('%.6f' % sess.run([loss, train], feed)[0])
    print(sess.run(test_outputs[-1], feed))
