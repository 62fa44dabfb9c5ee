"""contrib.image: changes of color, connected components, matching."""

from .operation import operation, require_rank


def image_projective_transform(images, transforms, interpolation, name=None):
    """The second version's operation (TensorFlow 2 has it) with images' own height and width."""
    import tensorflow as tf
    from tensorflow.contrib.image.ops import gen_image_ops

    size = tf.shape(images)[1:3]
    return gen_image_ops.image_projective_transform_v2(images, transforms, size, interpolation, name=name)


@operation("AdjustHsvInYiq", images=None, delta_h="float32", scale_s="float32", scale_v="float32")
def adjust_hsv_in_yiq(images, delta_h, scale_s, scale_v):
    """Turns the chrominance by delta_h radians, multiplies it by scale_s and all by scale_v.

    The three changes are one linear map of red, green and blue, in the color space of the NTSC (YIQ).

    Args:
        images: [..., height, width, 3].
        delta_h, scale_s, scale_v: float32 scalars.

    Returns:
        images of the same shape and dtype.

    Raises:
        ValueError: if images are known to have less than 3 dimensions.
        InvalidArgumentError: when it runs, if images have not 3 channels.
    """
    import numpy as np
    import tensorflow as tf

    require_rank(images, 3, at_least=True)
    yiq = np.array([[0.299, 0.587, 0.114], [0.596, -0.274, -0.322], [0.211, -0.523, 0.312]])
    rgb = np.linalg.inv(yiq)
    parts = [tf.constant(np.outer(rgb[:, i], yiq[j]), tf.float32) for i, j in ((0, 0), (1, 1), (2, 2), (1, 2), (2, 1))]
    turned, across = scale_s * tf.cos(delta_h), scale_s * tf.sin(delta_h)
    change = scale_v * (parts[0] + turned * (parts[1] + parts[2]) - across * (parts[3] - parts[4]))
    changed = tf.tensordot(tf.cast(images, tf.float32), tf.transpose(change), 1)
    return tf.cast(changed, images.dtype)


@operation("ImageConnectedComponents", image=None)
def image_connected_components(image):
    """Numbers the components of adjacent pixels with the same value.

    Each pixel takes the smallest number among itself and its equal neighbors, then the number that the pixel of this
    number has, until nothing changes.

    Args:
        image: [count, height, width] of numbers, bool or string.

    Returns:
        int64 of the same shape: 0 for pixels that are zero (False, ""), else one number for each component, increasing
        with the place of its first pixel.
    """
    import tensorflow as tf

    require_rank(image, 3)
    shape = tf.shape(image, out_type=tf.int64)
    own = tf.reshape(tf.range(1, tf.reduce_prod(shape) + 1), shape)
    own = tf.where(tf.equal(image, tf.zeros_like(image)), tf.zeros_like(own), own)
    down, right = tf.equal(image[:, 1:], image[:, :-1]), tf.equal(image[:, :, 1:], image[:, :, :-1])

    def spread(numbers, axis, equal):
        """The smaller number of each two equal neighbors along an axis."""
        count = tf.shape(numbers)[axis]
        before, after = tf.split(numbers, [1, count - 1], axis), tf.split(numbers, [count - 1, 1], axis)
        smaller = tf.minimum(before[1], after[0])
        numbers = tf.concat([before[0], tf.where(equal, smaller, before[1])], axis)
        after = tf.split(numbers, [count - 1, 1], axis)
        return tf.concat([tf.where(equal, tf.minimum(smaller, after[0]), after[0]), after[1]], axis)

    def step(_, numbers):
        new = spread(spread(numbers, 1, down), 2, right)
        new = tf.gather(tf.concat([[0], tf.reshape(new, [-1])], 0), new)
        return tf.reduce_any(tf.not_equal(new, numbers)), new

    return tf.while_loop(lambda changed, _: changed, step, [True, own], back_prop=False)[1]


@operation("BipartiteMatch", distance_mat="float32", num_valid_rows="float32")
def bipartite_match(distance_mat, num_valid_rows, top_k=-1):
    """Matches rows and columns greedily, the smallest distance first.

    Args:
        distance_mat: float32 [rows, columns].
        num_valid_rows: float32 with one element; only the first rows are matched, all if it is negative.
        top_k: number of matches, as many as possible if it is not positive.

    Returns:
        int32 ([rows], the column of each row, and [columns], the row of each column); -1 where there is none.

    Raises:
        ValueError: if distance_mat has a known, wrong rank.
        InvalidArgumentError: when it runs, if there are fewer rows than num_valid_rows.
    """
    import tensorflow as tf

    require_rank(distance_mat, 2)
    rows, columns = tf.unstack(tf.shape(distance_mat))
    valid = tf.cast(tf.reshape(num_valid_rows, []), tf.int32)
    enough = tf.Assert(rows >= valid, ["There should be at least", valid, "rows in distance_mat, but only got", rows])
    with tf.control_dependencies([enough]):
        valid = tf.where(valid < 0, rows, valid)
    count = tf.minimum(valid, columns)
    count = tf.minimum(count, top_k) if top_k > 0 else count

    def match(i, distances, row_columns, column_rows):
        row, column = tf.unstack(
            tf.unravel_index(tf.argmin(tf.reshape(distances, [-1]), output_type=tf.int32), [rows, columns])
        )
        used = tf.expand_dims(tf.equal(tf.range(rows), row), 1) | tf.expand_dims(tf.equal(tf.range(columns), column), 0)
        row_columns = tf.where(tf.equal(tf.range(rows), row), tf.fill([rows], column), row_columns)
        column_rows = tf.where(tf.equal(tf.range(columns), column), tf.fill([columns], row), column_rows)
        return i + 1, tf.where(used, nowhere, distances), row_columns, column_rows

    nowhere = tf.fill([rows, columns], float("inf"))
    allowed = tf.tile(tf.expand_dims(tf.range(rows) < valid, 1), [1, columns])
    start = [0, tf.where(allowed, distance_mat, nowhere), tf.fill([rows], -1), tf.fill([columns], -1)]
    return tuple(tf.while_loop(lambda i, *_: i < count, match, start, back_prop=False)[2:])
