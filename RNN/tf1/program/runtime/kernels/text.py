"""contrib.text: pairs of tokens for skip-gram models."""

import tensorflow as tf
from tensorflow.python.ops import gen_random_ops

from .operation import operation, require_rank


@operation(
    "SkipGramGenerateCandidates",
    input_tensor=None,
    min_skips="int32",
    max_skips="int32",
    start="int32",
    limit="int32",
    emit_self_as_target="bool",
)
def skip_gram_generate_candidates(
    input_tensor, min_skips, max_skips, start, limit, emit_self_as_target, seed=0, seed2=0
):
    """Pairs each token with those at most ``skips`` places away; ``skips`` is drawn for each token.

    The first run of a session draws the same numbers as 1.15.5's operation; later runs draw others, as its did.

    Args:
        input_tensor: [count], the tokens.
        min_skips, max_skips: int32 scalars; skips is in [min_skips, max_skips].
        start, limit: int32 scalars; only limit tokens from start on are used, all if limit is negative.
        emit_self_as_target: bool scalar, pair each token with itself as well.
        seed, seed2: of the random numbers.

    Returns:
        (tokens, labels), both [pairs].

    Raises:
        ValueError: if input_tensor has a known, wrong rank.
        InvalidArgumentError: when it runs, if not 0 <= min_skips <= max_skips.
    """
    require_rank(input_tensor, 1)
    input_tensor.set_shape([None])
    checks = [
        tf.Assert((min_skips >= 0) & (max_skips >= 0), ["Both min_skips and max_skips must be >= 0."]),
        tf.Assert(min_skips <= max_skips, ["min_skips must be <= max_skips."]),
    ]
    with tf.control_dependencies(checks):
        count = tf.size(input_tensor)
    start = tf.clip_by_value(start, 0, count)
    end = tf.cond(limit < 0, lambda: count, lambda: start + tf.minimum(limit, count - start))
    # 32 random bits for each token, but for the one number that a range of int32 cannot hold
    bits = gen_random_ops.random_uniform_int([end - start], tf.int32.min, tf.int32.max, seed=seed, seed2=seed2)
    choices = tf.cast(max_skips - min_skips + 1, tf.int64)
    skips = min_skips + tf.cast((tf.cast(bits, tf.int64) - tf.int32.min) % choices, tf.int32)
    token = tf.range(start, end)
    first, last = tf.maximum(token - skips, start), tf.minimum(token + skips, end - 1)
    in_window = last - first + 1
    pairs = tf.repeat(tf.range(end - start), in_window)
    label = tf.range(tf.reduce_sum(in_window)) + tf.gather(first - tf.cumsum(in_window, exclusive=True), pairs)
    token = tf.gather(token, pairs)
    wanted = tf.not_equal(token, label) | emit_self_as_target
    return tuple(tf.gather(input_tensor, tf.boolean_mask(index, wanted)) for index in (token, label))
