import tensorflow as tf
import numpy as np
logits = tf.constant(np.random.RandomState(5).randn(6, 2, 4).astype(np.float32) * 2)
decoded, neg = tf.nn.ctc_greedy_decoder(logits, [6, 4], merge_repeated=False)
beam, logp = tf.nn.ctc_beam_search_decoder(logits, [6, 4], beam_width=10, top_paths=2, merge_repeated=False)
zero = tf.nn.ctc_loss(tf.SparseTensor([[0, 0]], [0], [1, 1]), tf.zeros([2, 1, 3]), [2])
pre = tf.nn.ctc_loss(labels=tf.SparseTensor([[0, 0], [0, 1]], [1, 1], [1, 2]), inputs=tf.zeros([1, 3, 3]), sequence_length=[3],
                     preprocess_collapse_repeated=True, time_major=False)
with tf.Session() as sess:
    d, n = sess.run([decoded, neg])
    print(d[0].values, n.ravel())
    b, l = sess.run([beam, logp])
    print(b[0].values, b[1].values, l)
    print(sess.run(tf.sparse_tensor_to_dense(decoded[0], default_value=-1)))
    print(sess.run([zero, pre]))
