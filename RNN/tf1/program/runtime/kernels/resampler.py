"""contrib.resampler: bilinear interpolation at given coordinates, with its gradient."""

import tensorflow as tf
from tensorflow.python.ops.array_ops import where_v2 as where  # tf.where warns

from .operation import operation, require_rank


@operation("Resampler", data=None, warp=None)
def resampler(data, warp):
    """Reads images at fractional coordinates; pixels outside of the images are 0.

    Args:
        data: float [batch_size, height, width, channels].
        warp: [batch_size, ..., 2] of the same dtype, coordinates (x, y).

    Returns:
        [batch_size, ..., channels]. Differentiable by both: a coordinate at which no pixel of the image counts
        (not in (-1, width) x (-1, height)) has the gradient 0.

    Raises:
        ValueError: if data is known not to have rank 4, or warp has rank 1 or another last dimension than 2.
        InvalidArgumentError: when it runs, if the batch sizes differ.
    """
    require_rank(data, 4)
    require_rank(warp, 2, at_least=True)
    warp.shape[-1:].assert_is_compatible_with([2])

    @tf.custom_gradient
    def resample(data, warp):
        result = sum(weight * values for values, weight, _, _, _ in _corners(data, warp))
        return result, lambda grad_output: resampler_grad(data, warp, grad_output)

    result = resample(data, warp)
    if warp.shape.ndims is not None:
        result.set_shape(warp.shape[:-1].concatenate(data.shape[3:]))
    return result


@operation("ResamplerGrad", data=None, warp=None, grad_output=None)
def resampler_grad(data, warp, grad_output):
    """The gradients of ``resampler`` by data and warp, in their shapes, from the one by its result."""
    padded = tf.shape(data) + [0, 2, 2, 0]
    by_data, by_x, by_y = 0, 0, 0
    for values, weight, slope_x, slope_y, place in _corners(data, warp):
        by_data += tf.scatter_nd(place, weight * grad_output, padded)
        by_x += tf.reduce_sum(grad_output * values * slope_x, -1)
        by_y += tf.reduce_sum(grad_output * values * slope_y, -1)
    return by_data[:, 1:-1, 1:-1], tf.stack([by_x, by_y], -1)


def _corners(data, warp):
    """The four pixels around each coordinate: values, weight, the weight's slopes by x and y, place with a border."""
    batch, size = tf.shape(data)[0], tf.shape(data)[2:0:-1]  # (width, height)
    same_batch = tf.assert_equal(batch, tf.shape(warp)[0], message="Batch size of data and warp must be the same")
    with tf.control_dependencies([same_batch]):
        bordered = tf.pad(data, [[0, 0], [1, 1], [1, 1], [0, 0]])
    inside = (warp > -1) & (warp < tf.cast(size, warp.dtype))  # False for nan as well
    warp = where(inside, warp, tf.constant(-2, warp.dtype))
    low = tf.floor(warp)
    weights = low + 1 - warp, warp - low
    image = tf.zeros_like(warp[..., 0], tf.int32) + tf.reshape(
        tf.range(batch), tf.concat([[batch], tf.ones([tf.rank(warp) - 2], tf.int32)], 0)
    )
    for i in (0, 1):
        for j in (0, 1):
            pixel = tf.clip_by_value(tf.cast(low, tf.int32) + [i + 1, j + 1], 0, size + 1)
            place = tf.stack([image, pixel[..., 1], pixel[..., 0]], -1)
            x, y = weights[i][..., :1], weights[j][..., 1:]
            yield tf.gather_nd(bordered, place), x * y, (2 * i - 1) * y, (2 * j - 1) * x, place
