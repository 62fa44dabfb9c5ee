import tensorflow as tf
end_token = 10
step_ids = tf.constant([[[1, 2, 3]], [[4, 5, 6]], [[7, 8, 10]], [[9, 10, 10]]], tf.int32)
parents = tf.constant([[[0, 0, 0]], [[0, 1, 1]], [[2, 1, 2]], [[1, 2, 0]]], tf.int32)
tree = tf.contrib.seq2seq.gather_tree(step_ids, parents, max_sequence_lengths=[3], end_token=end_token)
from tensorflow.contrib.seq2seq.python.ops import beam_search_ops
tree4 = beam_search_ops.gather_tree(step_ids, parents, [4], end_token)
with tf.Session() as sess:
    print(sess.run(tree)[:, 0])
    print(sess.run(tree4)[:, 0])
