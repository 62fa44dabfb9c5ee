"""contrib.factorization: weighted alternating least squares."""

import tensorflow as tf

from .operation import operation


@operation("MaskedMatmul", a="float32", b="float32", mask_indices="int64", transpose_a="bool", transpose_b="bool")
def masked_matmul(a, b, mask_indices, transpose_a, transpose_b):
    """Some elements of a matrix product.

    Args:
        a, b: float32 matrices.
        mask_indices: int64 [count, 2], the elements' rows and columns.
        transpose_a, transpose_b: bool scalars, whether to transpose a or b first.

    Returns:
        float32 [count].
    """
    rows = tf.cond(transpose_a, lambda: tf.transpose(a), lambda: a)
    columns = tf.cond(transpose_b, lambda: b, lambda: tf.transpose(b))
    return tf.reduce_sum(tf.gather(rows, mask_indices[:, 0]) * tf.gather(columns, mask_indices[:, 1]), 1)


_WEIGHTS = dict.fromkeys(["factor_weights", "unobserved_weights", "input_weights", "entry_weights"], "float32")
_INPUTS = {
    "input_indices": "int64",
    "input_values": "float32",
    "input_block_size": "int64",
    "input_is_transpose": "bool",
}


# fmt: off
@operation("WALSComputePartialLhsAndRhs", factors="float32", **_WEIGHTS, **_INPUTS)
def wals_compute_partial_lhs_and_rhs(
    factors, factor_weights, unobserved_weights, input_weights, input_indices, input_values, entry_weights,
    input_block_size, input_is_transpose
):
    # fmt: on
    """Sums over the observed entries of each row of a sparse matrix: the normal equations of its least squares.

    Args:
        factors: float32 [columns, rank].
        factor_weights, input_weights: float32 [columns] and [rows]; an entry's weight is the product of its two.
        unobserved_weights: float32 scalar, the weight of entries that are not observed.
        input_indices, input_values: int64 [count, 2] and float32 [count], the entries.
        entry_weights: float32 [count], the entries' weights; if given, the other two are empty.
        input_block_size: int64 scalar, rows.
        input_is_transpose: bool scalar, whether the entries' indices are (column, row).

    Returns:
        float32 [rows, rank, rank] and [rows, rank].

    Raises:
        InvalidArgumentError: when it runs, unless weights are given in one of the two ways.
    """
    entries = tf.size(entry_weights) > 0
    weighted = (tf.size(input_weights) > 0) & tf.equal(tf.size(factor_weights), tf.shape(factors)[0])
    one_way = tf.Assert(tf.not_equal(entries, weighted), ["Either entry_weights or the other two weights must be set."])
    with tf.control_dependencies([one_way]):
        places = tf.cond(input_is_transpose, lambda: tf.reverse(input_indices, [1]), lambda: input_indices)
    weights = tf.cond(
        entries,
        lambda: entry_weights,
        lambda: tf.gather(input_weights, places[:, 0]) * tf.gather(factor_weights, places[:, 1]),
    )
    columns, rank = tf.unstack(tf.shape(factors, out_type=tf.int64), 2)

    def times(values, matrix):
        sparse = tf.SparseTensor(places, values, tf.stack([input_block_size, columns]))
        return tf.sparse_tensor_dense_matmul(sparse, matrix)

    squares = tf.reshape(factors[:, :, None] * factors[:, None], [columns, rank**2])
    lhs = tf.reshape(times(weights, squares), [input_block_size, rank, rank])
    rhs = times(input_values * (unobserved_weights + weights), factors)
    return tf.placeholder_with_default(lhs, None), tf.placeholder_with_default(rhs, None)  # shapes were not known
