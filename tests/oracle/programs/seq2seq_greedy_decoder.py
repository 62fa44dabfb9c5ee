import tensorflow as tf
from tensorflow.contrib.seq2seq import GreedyEmbeddingHelper, BasicDecoder, dynamic_decode
from tensorflow.python.layers.core import Dense

tf.set_random_seed(4)
GO, EOS = 0, 1
with tf.variable_scope("decode"):
    dec_embeddings = tf.Variable(tf.random_uniform([8, 5]))
    dec_cell = tf.contrib.rnn.MultiRNNCell([tf.contrib.rnn.GRUCell(6) for _ in range(2)])
    output_layer = Dense(8, kernel_initializer=tf.truncated_normal_initializer(mean=0.0, stddev=0.1))
    start_tokens = tf.tile(tf.constant([GO], dtype=tf.int32), [3], name='start_tokens')
    helper = GreedyEmbeddingHelper(dec_embeddings, start_tokens, EOS)
    decoder = BasicDecoder(dec_cell, helper, dec_cell.zero_state(3, tf.float32), output_layer)
    out, _, lens = dynamic_decode(decoder, impute_finished=True, maximum_iterations=6)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    o = sess.run(out)
    print(o.sample_id)
    print(o.rnn_output[0])
    print(sess.run(lens))
