"""contrib.layers: crosses of sparse features."""

import functools
import operator

import tensorflow as tf
from tensorflow.python.ops import gen_sparse_ops
from tensorflow.python.ops.array_ops import where_v2 as where  # tf.where warns

from .operation import operation

_HASH_KEY = 0xDECAFCAFFE  # of the first version, which has no parameter for it
_MIX = 0x9E3779B97F4A7800 - 2**64  # int64: all sums wrap around at 64 bits, with or without a sign


def sparse_feature_cross_v2(
    indices, values, shapes, dense, hashed_output, num_buckets, hash_key, out_type, internal_type, name=None
):
    """Every combination of the features of each row: TensorFlow's SparseCross, which hashes fingerprints together."""
    return gen_sparse_ops.sparse_cross(
        indices,
        values,
        shapes,
        dense,
        hashed_output,
        num_buckets,
        hash_key,
        out_type,
        internal_type,
        name=name or "SparseFeatureCrossV2",
    )


def sparse_feature_cross(
    indices, values, shapes, dense, hashed_output, num_buckets, out_type, internal_type, name=None
):
    """Every combination of the features of each row, one of each column, as a string or as a number.

    Args:
        indices, values, shapes: the parts of the sparse columns.
        dense: columns [batch_size, count].
        hashed_output: combine the features' fingerprints instead of joining them by "_X_".
        num_buckets: upper bound of the numbers; 0: none.
        out_type, internal_type: dtypes of the combinations and of the features.
        name: name of the operation.

    Returns:
        (indices, values, shape) of a sparse [batch_size, most combinations in a row].
    """
    if hashed_output:
        return _hashed_cross(indices, values, shapes, dense, num_buckets, name=name)
    return sparse_feature_cross_v2(
        indices,
        values,
        shapes,
        dense,
        False,
        num_buckets,
        _HASH_KEY,
        out_type,
        internal_type,
        name or "SparseFeatureCross",
    )


@operation("SparseFeatureCross")
def _hashed_cross(indices, values, shapes, dense, num_buckets):
    """The numbers of the first version: each fingerprint is mixed into the hash as Boost's hash_combine does."""
    batch = shapes[0][0] if shapes else tf.shape(dense[0], out_type=tf.int64)[0]
    columns = []  # the number of features in each row, and all features
    for rows, features in zip(indices, values):
        columns.append((tf.math.unsorted_segment_sum(tf.ones_like(rows[:, 0]), rows[:, 0], batch), features))
    for column in dense:
        columns.append((tf.fill([batch], tf.shape(column, out_type=tf.int64)[1]), tf.reshape(column, [-1])))
    in_row = functools.reduce(operator.mul, [count for count, _ in columns])
    row = tf.repeat(tf.range(batch), in_row)
    place = tf.range(tf.reduce_sum(in_row)) - tf.gather(tf.cumsum(in_row, exclusive=True), row)
    hashed = tf.constant(_HASH_KEY, tf.int64)
    repeats = in_row
    for count, features in columns:  # the last column's feature changes first
        repeats = repeats // tf.maximum(count, 1)
        index = place // tf.gather(repeats, row) % tf.gather(count, row)
        if features.dtype == tf.string:
            features = tf.bitcast(tf.fingerprint(features), tf.int64)
        feature = tf.gather(features, tf.gather(tf.cumsum(count, exclusive=True), row) + index)
        shifted = tf.bitwise.left_shift(hashed, 10) + tf.bitwise.right_shift(hashed, 4)  # the second with its sign
        hashed = tf.bitwise.bitwise_xor(hashed, feature + _MIX + shifted)
    numbers = _unsigned_modulo(hashed, num_buckets or tf.int64.max)
    return tf.stack([row, place], 1), numbers, tf.stack([batch, tf.reduce_max(in_row)])


def _unsigned_modulo(number, divisor):
    """number % divisor, where the int64 number is read as unsigned."""

    low = tf.bitwise.bitwise_and(number, tf.int64.max) % divisor
    high = 2**63 % divisor  # what the highest bit adds
    both = where(low >= divisor - high, low - (divisor - high), low + high)
    return where(number < 0, both, low)
