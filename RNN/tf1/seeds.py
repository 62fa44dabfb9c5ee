"""Makes ``tf.set_random_seed`` draw, bit for bit, the numbers that TensorFlow 1.15.5 drew.

TensorFlow 1.15.5 seeds a random operation with the graph's seed and the number of operations in the graph so far.
So this module counts operations as 1.15.5 did. A function that TensorFlow 2 builds of other operations than 1.15.5

- is built as 1.15.5 built it, where gradients or names depend on it (``@replaces``), or
- has the difference in number counted (``_MORE``).

It does not hold for draws without a seed of their own *after* one of these in the graph: some of ``tf.image``,
``tf.parse_single_example``, ``tf.nn.swish``, ``tf.nn.weighted_moments``, ``tf.unsorted_segment_mean``,
``tf.random.stateless_*``, ``tf.spectral``, ``tf.metrics.mean_iou``, ``tf.train.polynomial_decay``, sharded Savers;
gradients of ``tf.extract_image_patches``, ``tf.svd``, ``tf.self_adjoint_eig``, ``tf.contrib.rnn.IntersectionRNNCell``.
"""

import functools
import numbers
import operator

import numpy as np
import tensorflow.compat.v1 as tf
from tensorflow.python.ops import array_ops, gen_dataset_ops, math_grad, nn_ops, special_math_ops, variables

from tf1 import patches, startup


def replaces(*paths):
    """patches.replaces in graphs only: eagerly, TensorFlow 2 draws what 1.15.5 drew."""

    def add(new):
        def call(original, *args, **kwargs):
            if tf.executing_eagerly():
                return original(*args, **kwargs)
            return new(original, *args, **kwargs)

        patches.replaces(*paths)(call)
        return new

    return add


@replaces("framework.random_seed:get_seed")
def _get_seed(original, op_seed):
    graph = tf.get_default_graph()
    if op_seed is None and graph.seed is not None:
        op_seed = graph.version + getattr(graph, "_tf1_uncounted", 0)
    return original(op_seed)


def _count(number):
    """Adds to the operations of the current graph."""
    graph = tf.get_default_graph()
    graph._tf1_uncounted = getattr(graph, "_tf1_uncounted", 0) + number


# functions that are a single operation again, or an older one
replaces("ops.array_ops:matrix_diag")(
    lambda _, x, name="diag", *__, **___: tf.raw_ops.MatrixDiag(diagonal=x, name=name)
)
replaces("ops.array_ops:matrix_diag_part")(
    lambda _, x, name="diag_part", *__, **___: tf.raw_ops.MatrixDiagPart(input=x, name=name)
)
replaces("ops.array_ops:matrix_set_diag")(
    lambda _, x, diagonal, name="set_diag", *__, **___: tf.raw_ops.MatrixSetDiag(input=x, diagonal=diagonal, name=name)
)
replaces("ops.math_ops:linspace_nd")(
    lambda _, start, stop, num, name=None, axis=0: tf.raw_ops.LinSpace(start=start, stop=stop, num=num, name=name)
)
replaces("ops.special_math_ops:einsum")(lambda _, *args, **kwargs: special_math_ops._einsum_v1(*args, **kwargs))
replaces("ops.tensor_array_ops:_GraphTensorArray.size")(
    lambda _, self, name=None: tf.raw_ops.TensorArraySizeV3(handle=self._handle, flow_in=self.flow, name=name)
)
replaces("ops.math_ops:add")(lambda _, x, y, name=None: tf.raw_ops.Add(x=x, y=y, name=name))
# whether 1.15.5 made operations of that day
replaces("compat.compat:forward_compatible")(lambda _, year, month, day: (year, month, day) < (2019, 8, 21))

# random operations


@replaces("ops.random_ops:random_uniform")
def _random_uniform(original, shape, minval=0, maxval=None, dtype=tf.float32, seed=None, name=None):
    if isinstance(minval, int) and not tf.as_dtype(dtype).is_integer:
        minval = float(minval)  # of 0 and 1 TensorFlow 2 builds fewer operations
    return original(shape, minval, maxval, dtype, seed, name)


@replaces("ops.random_ops:random_gamma")
def _random_gamma(original, *args, **kwargs):
    _count(-2)  # before the seed is asked for
    return original(*args, **kwargs)


@replaces("ops.nn_ops:dropout_v2")
def _dropout(original, x, rate, noise_shape=None, seed=None, name=None):
    with tf.name_scope(name, "dropout", [x]):
        x = tf.convert_to_tensor(x, name="x")
        if not x.dtype.is_floating:
            raise ValueError(
                "x has to be a floating point tensor since it's going to be scaled. Got a %s tensor instead." % x.dtype
            )
        if isinstance(rate, numbers.Real):
            if not 0 <= rate < 1:
                raise ValueError("rate must be a scalar tensor or a float in the range [0, 1), got %g" % rate)
            if rate == 0:
                return x
        rate = tf.convert_to_tensor(rate, dtype=x.dtype, name="rate")
        rate.get_shape().assert_has_rank(0)
        if tf.get_static_value(rate) == 0:
            return x
        drawn = tf.random_uniform(nn_ops._get_noise_shape(x, noise_shape), seed=seed, dtype=x.dtype)
        scale = 1 / (1 - rate)
        kept = drawn >= rate
        result = x * scale * tf.cast(kept, x.dtype)
        result.set_shape(x.get_shape())
        return result


# data


@replaces("ops.gen_dataset_ops:shuffle_and_repeat_dataset")
def _shuffle_and_repeat(original, input_dataset, buffer_size, seed, seed2, count, output_types, output_shapes):
    """Draws the first round as 1.15.5 did; it went on with the same generator, which no operation does now."""
    rounds = tf.get_static_value(count)
    if not rounds:
        return original(input_dataset, buffer_size, seed, seed2, count, output_types, output_shapes)
    elements = {"output_types": output_types, "output_shapes": output_shapes}
    first = gen_dataset_ops.shuffle_dataset(
        input_dataset, buffer_size, seed, seed2, reshuffle_each_iteration=False, **elements
    )
    if rounds == 1:
        return first
    more = tf.constant(max(rounds - 1, -1), tf.int64)
    rest = original(input_dataset, buffer_size, seed, seed2, more, **elements)
    _count(-3)
    return gen_dataset_ops.concatenate_dataset(first, rest, **elements)


@replaces("ops.gen_dataset_ops:repeat_dataset")
def _repeat(original, input_dataset, count, output_types, output_shapes, **options):
    """shuffle followed by repeat was one operation."""
    shuffle = input_dataset.op
    if shuffle.type != "ShuffleDataset" or not shuffle.get_attr("reshuffle_each_iteration"):
        return original(input_dataset, count, output_types, output_shapes, **options)
    return gen_dataset_ops.shuffle_and_repeat_dataset(*shuffle.inputs, count, output_types, output_shapes)


@replaces("ops.gen_parsing_ops:parse_example_v2")
def _parse_example(original, ragged_keys, **arguments):
    if ragged_keys or arguments["serialized"].shape.rank != 1:  # a scalar is of parse_single_example
        return original(ragged_keys=ragged_keys, **arguments)
    for new in ("num_sparse", "ragged_value_types", "ragged_split_types"):
        del arguments[new]
    return tuple(tf.raw_ops.ParseExample(**arguments)) + ([], [])


@replaces("feature_column.feature_column_v2:IdentityCategoricalColumn._transform_input_tensor")
def _identity_column(original, self, input_tensor, *args):
    """Refuses numbers outside the column, as 1.15.5 did."""
    if self.default_value is not None or not input_tensor.dtype.is_integer:
        return original(self, input_tensor, *args)
    values = tf.cast(input_tensor.values, tf.int64, name="values")
    buckets = tf.cast(self.num_buckets, tf.int64, name="num_buckets")
    zero = tf.cast(0, tf.int64, name="zero")
    column = 'categorical column "%s"' % self.name
    too_large = dict(
        message="Bucket index for %s exceeds number of buckets" % column, name="assert_less_than_num_buckets"
    )
    negative = dict(message="Negative bucket index for " + column, name="assert_greater_or_equal_0")
    checks = [
        tf.assert_less(values, buckets, data=(values, buckets), **too_large),
        tf.assert_greater_equal(values, zero, data=(values,), **negative),
    ]
    with tf.control_dependencies(checks):
        values = tf.identity(values)
    return tf.SparseTensor(input_tensor.indices, values, input_tensor.dense_shape)


# arrays


@replaces("ops.array_ops:split")
def _split(original, value, num_or_size_splits, axis=0, num=None, name="split"):
    if isinstance(num_or_size_splits, (numbers.Integral, tf.Dimension)):
        tf.convert_to_tensor(num_or_size_splits)
    return original(value, num_or_size_splits, axis, num, name)


@replaces("ops.array_ops:reshape")
def _reshape(original, tensor, shape, name=None):
    if isinstance(shape, (list, tuple)) and not shape:
        shape = np.zeros(0, np.int32)  # TensorFlow 2 converts an empty list twice
    return original(tensor, shape, name)


@replaces("tensorflow.compat.v1:Tensor.__getitem__")
def _slice(original, sliced, slice_spec, var=None):
    """x[:n] of a tensor n: TensorFlow 2 makes tensors of the bounds that are left out, too."""
    if not isinstance(slice_spec, (list, tuple, slice)):  # a mask, or an index
        return original(sliced, slice_spec, var)
    parts = [slice_spec] if isinstance(slice_spec, slice) else slice_spec
    return original(sliced, [_with_bounds(part) if isinstance(part, slice) else part for part in parts], var)


def _with_bounds(part):
    start, stop = part.start, part.stop
    if part.step is not None or not (isinstance(start, tf.Tensor) or isinstance(stop, tf.Tensor)):
        return part
    return slice(0 if start is None else start, np.iinfo(np.int32).max if stop is None else stop, 1)


@replaces("ops.array_ops:shape_internal")
def _shape(original, input, name=None, optimize=True, out_type=None):
    return original(input, name, optimize, out_type or tf.int32)


@replaces("ops.array_ops:ones")
def _ones(original, shape, dtype=tf.float32, name=None, *args, **kwargs):
    if name and name.startswith("grad_ys_"):  # in tf.gradients, where the number had this name
        return tf.fill(shape, tf.constant(1, dtype, name=name))
    return original(shape, dtype, name, *args, **kwargs)


@replaces("ops.array_ops:_constant_if_small")
def _constant_if_small(original, value, shape, dtype, name, **kwargs):
    if isinstance(shape, (list, tuple)) and any(isinstance(size, tf.Tensor) for size in shape):
        operator.lt(functools.reduce(operator.mul, shape), 1000)  # what numpy asked of the tensors in it
        return None
    return original(value, shape, dtype, name, **kwargs)


# sums and products


@replaces("ops.math_ops:_ReductionDims")
def _reduction_dims(original, x, axis):
    if axis is None and isinstance(x, variables.Variable):
        return tf.range(0, tf.rank(x))
    if axis is None and getattr(getattr(x, "shape", None), "rank", None) == 0:
        return tf.constant([], tf.int32)
    return original(x, axis)


@replaces("ops.math_ops:tensordot")
def _tensordot(original, a, b, axes, name=None):
    with tf.name_scope(name, "Tensordot", [a, b, axes]) as name:
        a, b = tf.convert_to_tensor(a, name="a"), tf.convert_to_tensor(b, name="b")
        if isinstance(axes, numbers.Integral) and a.shape.rank is not None:
            a_axes, b_axes = list(range(a.shape.rank - axes, a.shape.rank)), list(range(axes))
        elif isinstance(axes, (list, tuple)) and len(axes) == 2:
            a_axes, b_axes = ([axis] if isinstance(axis, numbers.Integral) else axis for axis in axes)
        else:
            return original(a, b, axes, name)
        if None in (a.shape.rank, b.shape.rank) or len(a_axes) != len(b_axes):
            return original(a, b, axes, name)
        a_matrix, a_free, a_static = _as_matrix(a, a_axes, False)
        b_matrix, b_free, b_static = _as_matrix(b, b_axes, True)
        product = tf.matmul(a_matrix, b_matrix)
        if isinstance(a_free, list) and isinstance(b_free, list):
            return tf.reshape(product, a_free + b_free, name=name)
        a_free = tf.convert_to_tensor(a_free, dtype=tf.int32)
        b_free = tf.convert_to_tensor(b_free, dtype=tf.int32)
        result = tf.reshape(product, tf.concat([a_free, b_free], 0), name=name)
        result.set_shape(a_static + b_static)
        return result


def _as_matrix(a, axes, flipped):
    """One factor of tensordot as a matrix, the sizes of its other axes, and what is known of them."""
    sizes = a.shape.as_list()
    axes = [axis % len(sizes) for axis in axes]
    free = [axis for axis in range(len(sizes)) if axis not in axes]
    static = [sizes[axis] for axis in free]

    def join(free, axes):
        return [axes, free] if flipped else [free, axes]

    if a.shape.is_fully_defined():
        shape = join(*(functools.reduce(operator.mul, [sizes[i] for i in part], 1) for part in (free, axes)))
        return tf.reshape(tf.transpose(a, sum(join(free, axes), [])), shape), static, static
    axes = tf.convert_to_tensor(axes, dtype=tf.int32, name="axes")
    free = tf.convert_to_tensor(free, dtype=tf.int32, name="free")
    shape = tf.shape(a)
    free_sizes, axes_sizes = tf.gather(shape, free), tf.gather(shape, axes)
    free_size, axes_size = tf.reduce_prod(free_sizes), tf.reduce_prod(axes_sizes)
    perm = tf.concat(join(free, axes), 0)
    shape = tf.convert_to_tensor(join(free_size, axes_size))
    return tf.reshape(tf.transpose(a, perm), shape), free_sizes, static


@replaces("ops.embedding_ops:embedding_lookup_sparse_impl")
def _embedding_lookup_sparse(original, params, segment_ids, *args):
    return original(params, tf.cast(segment_ids, tf.int32), *args)


# variables


@replaces("ops.variable_scope:_VariableStore._get_single_variable")
def _get_single_variable(original, self, name, *args, regularizer=None, **kwargs):
    exists = name in self._vars
    variable = original(self, name, *args, **kwargs)
    if regularizer and not exists:
        with variable.graph.colocate_with(variable), tf.name_scope(name + "/Regularizer/"), tf.init_scope():
            loss = regularizer(variable)
        if loss is not None:
            tf.add_to_collection(tf.GraphKeys.REGULARIZATION_LOSSES, loss)
    return variable


# gradients


def _with_static_shapes(original, op, grad):
    """Gradients that 1.15.5 shortened where shapes are known."""
    _short.append(True)
    try:
        return original(op, grad)
    finally:
        _short.pop()


_short = []
replaces(
    "ops.math_grad:_AddGrad",
    "ops.math_grad:_SubGrad",
    "ops.math_grad:_MulGrad",
    "ops.math_grad:_PowGrad",
    "ops.math_grad:_SquaredDifferenceGrad",
)(_with_static_shapes)


@replaces("ops.math_grad:_ReduceGradientArgs | 2.14")
def _reduce_gradient_args(original, x, y, gx, gy):
    static = _short and all(isinstance(t, tf.Tensor) and t.shape.is_fully_defined() for t in (x, y))
    if not static:
        x_shape, y_shape = (array_ops.shape_internal(t, optimize=not _short, out_type=tf.int32) for t in (x, y))
        x_axes, y_axes = tf.raw_ops.BroadcastGradientArgs(s0=x_shape, s1=y_shape)
        reduce_x = reduce_y = True
    else:
        x_shape, y_shape = np.array(x.shape.as_list(), np.int32), np.array(y.shape.as_list(), np.int32)
        graph = tf.get_default_graph()
        known = graph._tf1_broadcasts = getattr(graph, "_tf1_broadcasts", set())
        if (tuple(x_shape), tuple(y_shape)) not in known:
            tf.raw_ops.BroadcastGradientArgs(s0=x_shape, s1=y_shape)
            known.add((tuple(x_shape), tuple(y_shape)))
        x_axes, y_axes = (np.array(a, np.int32) for a in math_grad._InferGradientReductionAxes(x.shape, y.shape))
        shape = (gy if gx is None else gx).shape
        reduce_x, reduce_y = (not shape.is_fully_defined() or t.shape.as_list() != shape.as_list() for t in (x, y))
    if gx is not None and reduce_x:
        gx = tf.reshape(tf.reduce_sum(gx, x_axes), x_shape)
    if gy is not None and reduce_y:
        gy = tf.reshape(tf.reduce_sum(gy, y_axes), y_shape)
    return gx, gy


@replaces("ops.gradients_util:_GradientsHelper")
def _gradients(original, ys, xs, grad_ys=None, name="gradients", colocate=False, gate_gradients=False, *args, **kwargs):
    _gated.append(gate_gradients)
    try:
        return original(ys, xs, grad_ys, name, colocate, gate_gradients, *args, **kwargs)
    finally:
        _gated.pop()


_gated = []


class _WithoutKeepDims:
    """A reduction whose gradient is built as if it had not kept its dimensions, as in 1.15.5."""

    def __init__(self, op):
        self._op = op

    def __getattr__(self, name):
        return getattr(self._op, name)

    def get_attr(self, name):
        return name != "keep_dims" and self._op.get_attr(name)


@replaces("ops.math_grad:_SumGrad", "ops.math_grad:_MinOrMaxGrad", "ops.math_grad:_ProdGrad")
def _reduction_grad(original, op, grad):
    result = original(_WithoutKeepDims(op), grad)
    if op.type == "Prod" or result[0].op.type == "BroadcastTo":  # was the Tile of a quotient
        _count(3)
    return result


@replaces("ops.math_grad:_MeanGrad")
def _mean_grad(original, op, grad):
    x, y = op.inputs[0], op.outputs[0]
    if x.shape.is_fully_defined() and y.shape.is_fully_defined():
        return original(op, grad)
    total = math_grad._SumGrad(op, grad)[0]
    x_shape, y_shape = tf.shape(x), tf.shape(y)
    factor = tf.reduce_prod(x_shape) // tf.maximum(tf.reduce_prod(y_shape), 1)
    return tf.truediv(total, tf.cast(factor, total.dtype)), None


@replaces("ops.math_ops:reduced_shape")
def _reduced_shape(original, input_shape, axes):
    input_shape = tf.cast(input_shape, tf.int32)
    axes = tf.cast(axes, tf.int32)
    rank = tf.size(input_shape)
    axes = (axes + rank) % rank
    axes_shape = tf.shape(axes)
    return tf.dynamic_stitch([tf.range(rank), axes], [input_shape, tf.fill(axes_shape, 1)])


@replaces("ops.math_grad:_MaximumMinimumGrad")
def _maximum_minimum_grad(original, op, grad, selector_op):
    x, y = op.inputs
    zeros = tf.zeros(tf.shape(grad), grad.dtype)
    chosen = selector_op(x, y)
    return math_grad._ReduceGradientArgs(x, y, tf.where(chosen, grad, zeros), tf.where(chosen, zeros, grad))


@replaces("ops.math_grad:_SignGrad")
def _sign_grad(original, op, grad):
    return tf.zeros(tf.shape(op.inputs[0]), op.inputs[0].dtype)


@replaces(
    "ops.tensor_array_grad:_TensorArrayWriteGrad",
    "ops.tensor_array_grad:_TensorArrayScatterGrad",
    "ops.tensor_array_grad:_TensorArraySplitGrad",
)
def _tensor_array_write_grad(original, op, flow):
    """Does not count the order of writing and reading that TensorFlow 2 ensures, with its stack in a loop."""
    graph = tf.get_default_graph()
    before = graph.version
    tf.identity(op.outputs[0])
    built = graph.version - before
    _count((built == 8) - built - 2)  # the eighth, by which the loops are in step, was there too
    return original(op, flow)


@replaces("ops.array_grad:_GatherV2Grad")
def _gather_grad(original, op, grad):
    along_axis = tf.get_static_value(op.inputs[2]) != 0
    _count((-12 if op.get_attr("batch_dims") else -2) * along_axis)
    if startup.installed_version() >= (2, 16):
        _count(-1 if along_axis else 1)
    return original(op, grad)


# layers


@replaces("KERAS.src.layers.reshaping.flatten:Flatten.call")
def _flatten(original, self, inputs):
    if self.data_format == "channels_first":
        return original(self, inputs)
    size = tf.dimension_value(inputs.shape[0]) or tf.shape(inputs)[0]
    outputs = tf.reshape(inputs, (size, -1))
    outputs.set_shape(self.compute_output_shape(inputs.shape))
    return outputs


# operations that 1.15.5 built more (fewer, if negative): a number, or a function of the arguments


def _one_hot(indices, depth, on_value=None, off_value=None, *args, **kwargs):
    return sum(value is not None and not isinstance(value, tf.Tensor) for value in (on_value, off_value))


def _confusion_matrix(labels, predictions, num_classes=None, *args, **kwargs):
    return 3 if num_classes is None else 2


def _strided_slice_grad(op, grad):
    return -op.inputs[0].shape.is_fully_defined() - sum(tf.get_static_value(end) is not None for end in op.inputs[1:])


def _gather_drop_negatives(params, ids, zero_clipped_indices=None, is_positive=None):
    return 0 if is_positive is not None else 2 * (params.shape.rank - ids.shape.rank) - 12


def _batch_matmul_grad(op, grad):
    x, y = (t.shape for t in op.inputs)
    matched = x[:-2].is_fully_defined() and y[:-2].is_fully_defined() and x[:-2].as_list() == y[:-2].as_list()
    return 15 * (matched and not (x.is_fully_defined() and y.is_fully_defined() and x.as_list() == y.as_list()))


def _fused_batch_norm_grad(op, version, *grads):
    return 2 * bool(_gated and _gated[-1] and op.get_attr("is_training"))


def _fused_batch_norm(self, inputs, *args, training=None, **kwargs):
    training = (list(args) + [training])[-1]
    if not isinstance(training, tf.Tensor) and not training:
        return 1
    return 2 * (not isinstance(training, tf.Tensor)) - 2 * hasattr(self.moving_mean, "handle")


def _batch_dot(x, y, axes=None):
    if x.shape.rank != 3 or y.shape.rank != 3:
        return -2
    x_axis, y_axis = (axes, axes) if isinstance(axes, int) else axes or (2, 1)
    return -1 - 2 * (x_axis == 1) - 2 * (y_axis == 2)


def _up_sampling(self, inputs):
    shape = inputs.shape.as_list()
    return 4 * (None not in (shape[2:] if self.data_format == "channels_first" else shape[1:3]))


def _conv_lstm(self, inputs, *args, **kwargs):
    return 13 * (inputs.shape.as_list()[1] is not None)


def _gru_cell(self, *args, **kwargs):
    return 0 if self.implementation == 1 else 18 if self.reset_after else 14


def _conv2d_transpose(self, inputs):
    shape = inputs.shape.as_list()
    sizes = shape[2:] if self.data_format == "channels_first" else shape[1:3]
    return (len(sizes) - sizes.count(None)) * (7 if self.padding == "valid" else 5)


_MORE = {
    "ops.array_grad:_BroadcastToGrad": -1,
    "ops.array_grad:_StridedSliceGrad": _strided_slice_grad,
    "ops.array_ops:one_hot": _one_hot,
    "ops.array_ops:transpose": lambda a, perm=None, *_, **__: (
        perm is None and tf.convert_to_tensor(a).shape.rank is None
    ),
    "ops.clip_ops:clip_by_global_norm": 1,
    "ops.confusion_matrix:confusion_matrix": _confusion_matrix,
    "data.ops.dataset_ops:DatasetV1._make_initializable_iterator": 3,
    "training.ftrl:FtrlOptimizer._create_slots": lambda self, variables: -2 * len(variables),
    "training.ftrl:FtrlOptimizer._prepare": -9,
    "ops.math_grad:_Atan2Grad": -7,
    "ops.math_grad:_BatchMatMulV2": _batch_matmul_grad,
    "ops.math_grad:_GatherDropNegatives": _gather_drop_negatives,
    "ops.math_grad:_SelectGradV2": -1,
    "ops.nn_grad:_BaseFusedBatchNormGrad": _fused_batch_norm_grad,
    "ops.nn_grad:_Conv3DGrad": 1,
    "ops.nn_grad:_SparseSoftmaxCrossEntropyWithLogitsGrad": 1,
    "ops.resource_variable_ops:BaseResourceVariable.sparse_read": 1,
    "ops.sparse_grad:_SparseTensorDenseMatMulGrad": -3,
    "KERAS.src.backend:batch_dot": _batch_dot,
    "KERAS.src.layers.convolutional.base_conv:Conv.build": lambda self, shape: set(self.dilation_rate) == {1},
    "KERAS.src.layers.convolutional.conv2d_transpose:Conv2DTranspose.call": _conv2d_transpose,
    "KERAS.src.layers.normalization.batch_normalization:BatchNormalizationBase._fused_batch_norm": _fused_batch_norm,
    "KERAS.src.layers.reshaping.up_sampling2d:UpSampling2D.call": _up_sampling,
    "KERAS.src.layers.rnn.base_conv_lstm:ConvLSTM.call": _conv_lstm,
    "KERAS.src.layers.rnn.dropout_rnn_cell_mixin:_generate_dropout_mask": 2,
    "KERAS.src.layers.rnn.gru:GRUCell.call": _gru_cell,
    "KERAS.src.layers.rnn.time_distributed:TimeDistributed.call": -2,
}


def _counting(more, original, *args, **kwargs):
    result = original(*args, **kwargs)
    _count(int(more(*args, **kwargs)) if callable(more) else more)
    return result


for _path, _more in _MORE.items():
    replaces(_path)(functools.partial(_counting, _more))
