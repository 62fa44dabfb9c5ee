import tensorflow as tf
from tensorflow.contrib import crf
inp = tf.constant([[[4, 5, -3], [3, -1, 3], [-1, 2, 1], [0, 0, 0]]], dtype=tf.float32)
tags = tf.constant([[1, 2, 1, 0]])
trans = tf.constant([[-3, 5, -2], [3, 4, 1], [1, 2, 1]], dtype=tf.float32)
n = tf.constant([3])
with tf.Session() as sess:
    print(sess.run(crf.crf_sequence_score(inp, tags, n, trans)))
    print(sess.run(crf.crf_unary_score(tags, n, inp)), sess.run(crf.crf_binary_score(tags, n, trans)))
    print(sess.run(crf.crf_log_norm(inp, n, trans)))
    print(sess.run(crf.crf_decode(inp, trans, n)))
    print(sess.run(crf.crf_multitag_sequence_score(inp, tf.one_hot(tags, 3, True, False, dtype=tf.bool), n, trans)))
    cell = crf.CrfForwardRnnCell(trans)
    print(cell.state_size, cell.output_size)
