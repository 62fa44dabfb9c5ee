# -*- coding: utf-8 -*-
import numpy as np
import tensorflow as tf
st = tf.SparseTensor(indices=[[0, 1], [1, 0]], values=[3., 4.], dense_shape=[2, 3])
ph = tf.sparse_placeholder(tf.float32)
ops = [tf.sparse_tensor_dense_matmul(st, tf.ones([3, 2])), tf.sparse_reduce_sum(st, 1), tf.sparse_tensor_to_dense(st), tf.nn.embedding_lookup_sparse(tf.ones([5, 2]), tf.SparseTensor([[0, 0], [1, 0]], [1, 2], [2, 1]), None, combiner='mean'),
       tf.string_join(['a', 'b'], separator='-'), tf.string_to_hash_bucket_fast(['x', 'y'], 100), tf.substr('hello', 1, 3), tf.regex_replace('a1b2', '[0-9]', ''), tf.as_string([1, 2]), tf.string_split(['a b', 'c']).values,
       tf.decode_raw(tf.constant('ab'), tf.uint8), tf.edit_distance(tf.SparseTensor([[0, 0]], ['a'], [1, 1]), tf.SparseTensor([[0, 0]], ['b'], [1, 1])), tf.py_func(lambda v: np.float32(v * 2), [tf.constant(2.)], tf.float32), tf.reduce_join([['a', 'b']], 1)]
with tf.Session() as s:
    for o in ops: print(s.run(o))
    print(s.run(tf.sparse_tensor_to_dense(ph), {ph: tf.SparseTensorValue([[0, 0]], [1.], [1, 2])}))
    print(s.run(tf.sparse_add(st, st)).values, s.run(tf.constant(u'中文')).decode('utf-8'))
