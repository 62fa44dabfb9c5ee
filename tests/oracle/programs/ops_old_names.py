import tensorflow as tf
x = tf.constant([[1., 2, 3], [4, 5, 6]])
ops = [tf.div(7, 2), tf.div(x, 2), tf.to_int32(x), tf.to_float([1]), tf.to_int64(x[0]), tf.to_double(1), tf.cast(x, 'int32'), tf.log(x), tf.expand_dims(x, dim=0), tf.squeeze(tf.ones([1, 2, 1]), squeeze_dims=[0]),
       tf.reduce_sum(x, reduction_indices=[1], keep_dims=True), tf.argmax(x, dimension=1), tf.arg_max(x, 1), tf.arg_min(x, 0), tf.unstack(x)[1], tf.stack([1, 2]), tf.matrix_inverse([[2., 0], [0, 4]]),
       tf.count_nonzero(x, axis=0), tf.sparse_to_dense([[0, 1], [1, 0]], [2, 2], [5, 6]), tf.reverse_sequence(x, [2, 3], seq_dim=1, batch_dim=0), tf.nn.log_softmax(x, dim=0), tf.nn.softmax(x, dim=1),
       tf.where(x > 2, x, -x), tf.where([True, False]), tf.is_nan(x), tf.invert_permutation([1, 0]), tf.squared_difference(x, 1.), tf.floordiv(7, 2), tf.truediv(7, 2), tf.mod(-7, 3), tf.matmul(x, x, transpose_b=True),
       tf.norm(x), tf.cumsum(x, axis=1), tf.diag([1., 2]), tf.trace(tf.eye(2)), tf.self_adjoint_eig([[2., 1], [1, 2]])[0], tf.cholesky([[4., 2], [2, 3]]), tf.reverse(x, [1]), tf.segment_sum(x, [0, 0]), tf.rint(2.5), tf.lgamma(3.), tf.is_finite(x)]
with tf.Session() as sess:
    for o in ops:
        print(o.op.type, sess.run(o).tolist())
