"""contrib.image: changes of color, connected components, matching."""

import numpy as np
import tensorflow as tf
from tensorflow.python.ops.array_ops import where_v2 as where  # tf.where warns

from .operation import operation, require_rank


def image_projective_transform(images, transforms, interpolation, name=None):
    """The second version's operation, which TensorFlow has, with images' own height and width."""
    from tensorflow.contrib.image.ops import gen_image_ops  # loads this module

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
    require_rank(images, 3, at_least=True)
    channels = tf.shape(images)[-1]
    text = tf.strings.format("input must have 3 channels but instead has {} channels.", channels)
    with tf.control_dependencies([tf.Assert(tf.equal(channels, 3), [text])]):
        pixels = tf.placeholder_with_default(tf.cast(images, tf.float32), [None] * (images.shape.ndims or 3))
    to_yiq = np.array([[0.299, 0.587, 0.114], [0.596, -0.274, -0.322], [0.211, -0.523, 0.312]])
    to_rgb = tf.constant(np.linalg.inv(to_yiq), tf.float32)
    turned, across = scale_s * tf.cos(delta_h), scale_s * tf.sin(delta_h)
    change = scale_v * tf.stack([[1, 0, 0], [0, turned, -across], [0, across, turned]])
    changed = tf.tensordot(pixels, tf.matmul(tf.matmul(to_rgb, change), to_yiq.astype("f")), [[-1], [1]])
    changed.set_shape(images.shape[:-1].concatenate([3]))
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
    require_rank(image, 3)
    numbers = tf.reshape(tf.range(1, tf.size(image, out_type=tf.int64) + 1), tf.shape(image))
    numbers = where(tf.equal(image, tf.zeros_like(image)), tf.zeros_like(numbers), numbers)
    same = {1: tf.equal(image[:, 1:], image[:, :-1]), 2: tf.equal(image[:, :, 1:], image[:, :, :-1])}

    def step(_, numbers):
        new = numbers
        for axis, equal in same.items():
            count = tf.shape(new)[axis] - 1
            smaller = tf.minimum(tf.split(new, [1, count], axis)[1], tf.split(new, [count, 1], axis)[0])
            smaller = where(equal, smaller, tf.int64.max)
            for side in ([1, 0], [0, 1]):
                paddings = [side if i == axis else [0, 0] for i in range(3)]
                new = tf.minimum(new, tf.pad(smaller, paddings, constant_values=tf.int64.max))
        new = tf.gather(tf.concat([[0], tf.reshape(new, [-1])], 0), new)
        return tf.reduce_any(tf.not_equal(new, numbers)), new

    return tf.while_loop(lambda changed, _: changed, step, [True, numbers], back_prop=False)[1]


@operation("BipartiteMatch", distance_mat="float32", num_valid_rows="float32")
def bipartite_match(distance_mat, num_valid_rows, top_k=-1):
    """Matches rows and columns greedily, the smallest distance first; of equal ones the first.

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
    require_rank(distance_mat, 2)
    rows, columns = tf.unstack(tf.shape(distance_mat), 2)
    valid = tf.cast(tf.reshape(num_valid_rows, []), tf.int32)
    enough = tf.Assert(rows >= valid, ["There should be at least", valid, "rows in distance_mat, but only got", rows])
    with tf.control_dependencies([enough]):
        valid = where(valid < 0, rows, valid)
    count = tf.minimum(valid, columns)
    count = tf.minimum(count, top_k) if top_k > 0 else count
    is_row, is_column = tf.range(rows)[:, None], tf.range(columns)[None]

    def match(i, distances, row_columns, column_rows):
        place = tf.argmin(tf.reshape(distances, [-1]), output_type=tf.int32)
        row, column = tf.equal(is_row, place // columns), tf.equal(is_column, place % columns)
        row_columns = where(row[:, 0], place % columns, row_columns)
        column_rows = where(column[0], place // columns, column_rows)
        return i + 1, where(row | column, float("inf"), distances), row_columns, column_rows

    start = [0, where(is_row < valid, distance_mat, float("inf")), tf.fill([rows], -1), tf.fill([columns], -1)]
    return tuple(tf.while_loop(lambda i, *_: i < count, match, start, back_prop=False)[2:])
