"""contrib.seq2seq: the complete beams of a beam search."""

import tensorflow as tf
from tensorflow.python.ops.array_ops import where_v2 as where  # tf.where warns

from .operation import operation, require_rank

_INVALID_PARENT = "Saw invalid parent id {} at (batch, time, beam) == ({}, {}, {})"


@operation("GatherTree", step_ids="int32", parent_ids="int32", max_sequence_lengths="int32", end_token="int32")
def gather_tree(step_ids, parent_ids, max_sequence_lengths, end_token):
    """Follows each beam of the last step back to the first.

    Args:
        step_ids: int32 [max_time, batch_size, beam_width].
        parent_ids: int32 [max_time, batch_size, beam_width], the beam that a step continues.
        max_sequence_lengths: int32 [batch_size]; a beam is end_token from there on.
        end_token: int32 scalar.

    Returns:
        int32 [max_time, batch_size, beam_width]; after the first end_token of a beam there is only end_token.

    Raises:
        InvalidArgumentError: when it runs, if a beam continues one that is not in [0, beam_width).
        ValueError: if an argument has a known, wrong rank.
    """
    for tensor, rank in ((step_ids, 3), (parent_ids, 3), (max_sequence_lengths, 1), (end_token, 0)):
        require_rank(tensor, rank)
    time, batch, width = tf.unstack(tf.shape(step_ids), 3)
    last = tf.minimum(time, max_sequence_lengths) - 1  # [batch]: the step that a beam is read back from

    def step_back(t, parents, beams):
        # before its last step a beam has no parents yet: there it is its own
        inside = tf.expand_dims(t <= last, 1)
        wrong = (parents < 0) | (parents >= width)

        def refuse():
            row, beam = tf.unstack(tf.cast(where(wrong)[0], tf.int32), 2)
            place = [parents[row, beam], row, t, beam]
            return tf.Assert(False, [tf.strings.format(_INVALID_PARENT, place)])

        with tf.control_dependencies([tf.cond(tf.reduce_any(wrong), refuse, tf.no_op)]):
            parents = tf.identity(parents)
        beams = beams.write(t, where(inside, tf.gather(step_ids[t], parents, batch_dims=1), end_token))
        earlier = tf.gather(parent_ids[t], parents, batch_dims=1)
        return t - 1, where(inside, earlier, parents), beams

    own = tf.tile(tf.expand_dims(tf.range(width), 0), [batch, 1])
    beams = tf.TensorArray(tf.int32, time, element_shape=[None, None])
    _, _, beams = tf.while_loop(lambda t, *_: t >= 0, step_back, [time - 1, own, beams], back_prop=False)
    beams = beams.stack()
    ended = tf.cumsum(tf.cast(tf.equal(beams, end_token), tf.int32), axis=0, exclusive=True) > 0
    beams = where(ended, end_token, beams)
    beams.set_shape(step_ids.shape.merge_with(parent_ids.shape))
    return beams
