"""Makes ``tf.set_random_seed`` draw, bit for bit, the numbers that TensorFlow 1.15.5 drew.

TensorFlow 1.15.5 seeds a random operation with the graph's seed and the number of operations in the graph so far.
So this module counts operations as 1.15.5 did. A function that TensorFlow 2 builds of other operations than 1.15.5

- is built as 1.15.5 built it, where gradients or names depend on it (``_replaces``), or
- has the difference in number counted (``_MORE``).

It does not hold for draws without a seed of their own *after* one of these in the graph: some of ``tf.image``,
``tf.parse_single_example``, ``tf.nn.swish``, ``tf.nn.weighted_moments``, ``tf.unsorted_segment_mean``,
``tf.random.stateless_*``, ``tf.spectral``, ``tf.metrics.mean_iou``, ``tf.train.polynomial_decay``, sharded Savers;
gradients of ``tf.extract_image_patches``, ``tf.svd``, ``tf.self_adjoint_eig``, ``tf.contrib.rnn.IntersectionRNNCell``.
"""

import functools
import importlib
import inspect
import numbers
import operator
import types

import numpy as np
from tensorflow.python.data.ops import dataset_ops
from tensorflow.python.eager import context
from tensorflow.python.feature_column import feature_column_v2
from tensorflow.python.framework import (
    constant_op,
    dtypes,
    ops,
    random_seed,
    sparse_tensor,
    tensor,
    tensor_shape,
    tensor_util,
)

# fmt: off
from tensorflow.python.ops import (
    array_grad,
    array_ops,
    check_ops,
    clip_ops,
    confusion_matrix,
    embedding_ops,
    gen_array_ops,
    gen_data_flow_ops,
    gen_dataset_ops,
    gen_math_ops,
    gen_parsing_ops,
    gen_random_ops,
    gradients_util,
    math_grad,
    math_ops,
    nn_grad,
    nn_ops,
    random_ops,
    resource_variable_ops,
    shape_util,
    sparse_grad,
    special_math_ops,
    tensor_array_grad,
    tensor_array_ops,
    variable_scope,
    variables,
)

# fmt: on
from tensorflow.python.training import ftrl
from tensorflow.python.util import tf_decorator

from tf1 import moved, startup


class _OperationCount:
    """Stands for the dictionary in which TensorFlow 2 numbers a graph's draws; numbers them by operations."""

    def setdefault(self, graph, _):
        return graph.version + getattr(graph, "_tf1_uncounted", 0)

    def __getitem__(self, graph):
        return 0

    def __setitem__(self, graph, number):
        pass


_replacements = []


def _replaces(*functions):
    def add(new):
        for function in functions:
            _replacements.append((function, new))
        return new

    return add


def _count(number):
    """Adds to the operations of the current graph."""
    graph = ops.get_default_graph()
    graph._tf1_uncounted = getattr(graph, "_tf1_uncounted", 0) + number


def _is_static(shape):
    return shape.is_fully_defined()


# functions that are a single operation again, or an older one
_replaces(array_ops.matrix_diag)(lambda _, x, name="diag", *__, **___: gen_array_ops.matrix_diag(x, name=name))
_replaces(array_ops.matrix_diag_part)(
    lambda _, x, name="diag_part", *__, **___: gen_array_ops.matrix_diag_part(x, name=name)
)
_replaces(array_ops.matrix_set_diag)(
    lambda _, x, diagonal, name="set_diag", *__, **___: gen_array_ops.matrix_set_diag(x, diagonal, name=name)
)
_replaces(math_ops.linspace_nd)(
    lambda _, start, stop, num, name=None, *__, **___: gen_math_ops.lin_space(start, stop, num, name=name)
)
_replaces(special_math_ops.einsum)(lambda _, *args, **kwargs: special_math_ops._einsum_v1(*args, **kwargs))
_replaces(tensor_array_ops._GraphTensorArray.size)(
    lambda _, self, name=None: gen_data_flow_ops.tensor_array_size_v3(self._handle, self.flow, name=name)
)

# random operations


@_replaces(random_ops.random_uniform)
def _random_uniform(original, shape, minval=0, maxval=None, dtype=dtypes.float32, seed=None, name=None):
    dtype = dtypes.as_dtype(dtype)
    if dtype.is_integer:
        return original(shape, minval, maxval, dtype, seed, name)
    maxval = 1 if maxval is None else maxval
    with ops.name_scope(name, "random_uniform", [shape, minval, maxval]) as name:
        shape = shape_util.shape_tensor(shape)
        minval = ops.convert_to_tensor(minval, dtype=dtype, name="min")
        maxval = ops.convert_to_tensor(maxval, dtype=dtype, name="max")
        seed1, seed2 = random_seed.get_seed(seed)
        drawn = gen_random_ops.random_uniform(shape, dtype, seed=seed1, seed2=seed2)
        result = math_ops.add(drawn * (maxval - minval), minval, name=name)
        shape_util.maybe_set_static_shape(result, shape)
        return result


@_replaces(random_ops.random_gamma)
def _random_gamma(original, *args, **kwargs):
    _count(-2)  # before the seed is asked for
    return original(*args, **kwargs)


@_replaces(nn_ops.dropout_v2)
def _dropout(original, x, rate, noise_shape=None, seed=None, name=None):
    with ops.name_scope(name, "dropout", [x]):
        x = ops.convert_to_tensor(x, name="x")
        if not x.dtype.is_floating:
            raise ValueError(
                "x has to be a floating point tensor since it's going to be scaled. Got a %s tensor instead." % x.dtype
            )
        if isinstance(rate, numbers.Real):
            if not 0 <= rate < 1:
                raise ValueError("rate must be a scalar tensor or a float in the range [0, 1), got %g" % rate)
            if rate == 0:
                return x
        rate = ops.convert_to_tensor(rate, dtype=x.dtype, name="rate")
        rate.get_shape().assert_has_rank(0)
        if tensor_util.constant_value(rate) == 0:
            return x
        drawn = random_ops.random_uniform(nn_ops._get_noise_shape(x, noise_shape), seed=seed, dtype=x.dtype)
        scale = 1 / (1 - rate)
        kept = drawn >= rate
        result = x * scale * math_ops.cast(kept, x.dtype)
        result.set_shape(x.get_shape())
        return result


# data


@_replaces(gen_dataset_ops.shuffle_and_repeat_dataset)
def _shuffle_and_repeat(original, input_dataset, buffer_size, seed, seed2, count, output_types, output_shapes):
    """Draws the first round as 1.15.5 did; it went on with the same generator, which no operation does now."""
    rounds = None if context.executing_eagerly() else tensor_util.constant_value(count)
    if not rounds:
        return original(input_dataset, buffer_size, seed, seed2, count, output_types, output_shapes)
    elements = {"output_types": output_types, "output_shapes": output_shapes}
    first = gen_dataset_ops.shuffle_dataset(
        input_dataset, buffer_size, seed, seed2, reshuffle_each_iteration=False, **elements
    )
    if rounds == 1:
        return first
    more = constant_op.constant(max(rounds - 1, -1), dtypes.int64)
    rest = original(input_dataset, buffer_size, seed, seed2, more, **elements)
    _count(-3)
    return gen_dataset_ops.concatenate_dataset(first, rest, **elements)


@_replaces(gen_dataset_ops.repeat_dataset)
def _repeat(original, input_dataset, count, output_types, output_shapes, **options):
    """shuffle followed by repeat was one operation."""
    shuffle = None if context.executing_eagerly() else input_dataset.op
    if shuffle is None or shuffle.type != "ShuffleDataset" or not shuffle.get_attr("reshuffle_each_iteration"):
        return original(input_dataset, count, output_types, output_shapes, **options)
    return gen_dataset_ops.shuffle_and_repeat_dataset(*shuffle.inputs, count, output_types, output_shapes)


@_replaces(gen_parsing_ops.parse_example_v2)
def _parse_example(original, ragged_keys, **arguments):
    if ragged_keys or arguments["serialized"].shape.rank != 1:  # a scalar is of parse_single_example
        return original(ragged_keys=ragged_keys, **arguments)
    for new in ("num_sparse", "ragged_value_types", "ragged_split_types"):
        del arguments[new]
    return tuple(gen_parsing_ops.parse_example(**arguments)) + ([], [])


@_replaces(feature_column_v2.IdentityCategoricalColumn._transform_input_tensor)
def _identity_column(original, self, input_tensor, *args):
    """Refuses numbers outside the column, as 1.15.5 did."""
    if self.default_value is not None or not input_tensor.dtype.is_integer:
        return original(self, input_tensor, *args)
    values = math_ops.cast(input_tensor.values, dtypes.int64, name="values")
    buckets = math_ops.cast(self.num_buckets, dtypes.int64, name="num_buckets")
    zero = math_ops.cast(0, dtypes.int64, name="zero")
    column = 'categorical column "%s"' % self.name
    too_large = "Bucket index for %s exceeds number of buckets" % column
    checks = [
        check_ops.assert_less(
            values, buckets, data=(values, buckets), message=too_large, name="assert_less_than_num_buckets"
        ),
        check_ops.assert_greater_equal(
            values,
            zero,
            data=(values,),
            message="Negative bucket index for " + column,
            name="assert_greater_or_equal_0",
        ),
    ]
    with ops.control_dependencies(checks):
        values = array_ops.identity(values)
    return sparse_tensor.SparseTensor(input_tensor.indices, values, input_tensor.dense_shape)


# arrays


@_replaces(array_ops.split)
def _split(original, value, num_or_size_splits, axis=0, num=None, name="split"):
    if isinstance(num_or_size_splits, (numbers.Integral, tensor_shape.Dimension)):
        ops.convert_to_tensor(num_or_size_splits)
    return original(value, num_or_size_splits, axis, num, name)


@_replaces(array_ops.reshape)
def _reshape(original, tensor, shape, name=None):
    if isinstance(shape, (list, tuple)) and not shape:
        shape = np.zeros(0, np.int32)  # TensorFlow 2 converts an empty list twice
    return original(tensor, shape, name)


@_replaces(tensor.Tensor.__getitem__)
def _slice(original, sliced, slice_spec, var=None):
    """x[:n] of a tensor n: TensorFlow 2 makes tensors of the bounds that are left out, too."""
    if not isinstance(slice_spec, (list, tuple, slice)):  # a mask, or an index
        return original(sliced, slice_spec, var)
    parts = [slice_spec] if isinstance(slice_spec, slice) else slice_spec
    return original(sliced, [_with_bounds(part) if isinstance(part, slice) else part for part in parts], var)


def _with_bounds(part):
    start, stop = part.start, part.stop
    if part.step is not None or not (isinstance(start, tensor.Tensor) or isinstance(stop, tensor.Tensor)):
        return part
    return slice(0 if start is None else start, np.iinfo(np.int32).max if stop is None else stop, 1)


@_replaces(array_ops.shape_internal)
def _shape(original, input, name=None, optimize=True, out_type=None):
    return original(input, name, optimize, out_type or dtypes.int32)


@_replaces(array_ops.ones)
def _ones(original, shape, dtype=dtypes.float32, name=None, *args, **kwargs):
    if name and name.startswith("grad_ys_"):  # in tf.gradients, where the number had this name
        return array_ops.fill(shape, constant_op.constant(1, dtype, name=name))
    return original(shape, dtype, name, *args, **kwargs)


@_replaces(array_ops._constant_if_small)
def _constant_if_small(original, value, shape, dtype, name, **kwargs):
    if isinstance(shape, (list, tuple)) and any(isinstance(size, tensor.Tensor) for size in shape):
        operator.lt(functools.reduce(operator.mul, shape), 1000)  # what numpy asked of the tensors in it
        return None
    return original(value, shape, dtype, name, **kwargs)


# sums and products


@_replaces(math_ops._ReductionDims)
def _reduction_dims(original, x, axis):
    if axis is None and isinstance(x, variables.Variable):
        return math_ops.range(0, array_ops.rank(x))
    if axis is None and getattr(getattr(x, "shape", None), "rank", None) == 0:
        return constant_op.constant([], dtypes.int32)
    return original(x, axis)


@_replaces(math_ops.tensordot)
def _tensordot(original, a, b, axes, name=None):
    with ops.name_scope(name, "Tensordot", [a, b, axes]) as name:
        a, b = ops.convert_to_tensor(a, name="a"), ops.convert_to_tensor(b, name="b")
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
        product = math_ops.matmul(a_matrix, b_matrix)
        if isinstance(a_free, list) and isinstance(b_free, list):
            return array_ops.reshape(product, a_free + b_free, name=name)
        a_free = ops.convert_to_tensor(a_free, dtype=dtypes.int32)
        b_free = ops.convert_to_tensor(b_free, dtype=dtypes.int32)
        result = array_ops.reshape(product, array_ops.concat([a_free, b_free], 0), name=name)
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

    if _is_static(a.shape):
        shape = join(*(functools.reduce(operator.mul, [sizes[i] for i in part], 1) for part in (free, axes)))
        return array_ops.reshape(array_ops.transpose(a, sum(join(free, axes), [])), shape), static, static
    axes = ops.convert_to_tensor(axes, dtype=dtypes.int32, name="axes")
    free = ops.convert_to_tensor(free, dtype=dtypes.int32, name="free")
    shape = array_ops.shape(a)
    free_sizes, axes_sizes = array_ops.gather(shape, free), array_ops.gather(shape, axes)
    free_size, axes_size = math_ops.reduce_prod(free_sizes), math_ops.reduce_prod(axes_sizes)
    perm = array_ops.concat(join(free, axes), 0)
    shape = ops.convert_to_tensor(join(free_size, axes_size))
    return array_ops.reshape(array_ops.transpose(a, perm), shape), free_sizes, static


@_replaces(embedding_ops.embedding_lookup_sparse_impl)
def _embedding_lookup_sparse(
    original, params, segment_ids, sp_weights, ids, combiner, ignore_weights, max_norm, allow_fast_lookup, *args
):
    if not ignore_weights:
        return original(
            params, segment_ids, sp_weights, ids, combiner, ignore_weights, max_norm, allow_fast_lookup, *args
        )
    partition_strategy, name = args
    segment_ids = math_ops.cast(segment_ids, dtypes.int32)
    ids, index = array_ops.unique(ids)
    embeddings = embedding_ops.embedding_lookup(params, ids, partition_strategy=partition_strategy, max_norm=max_norm)
    reduce = {"sum": "sparse_segment_sum", "mean": "sparse_segment_mean", "sqrtn": "sparse_segment_sqrt_n"}[combiner]
    return getattr(math_ops, reduce)(embeddings, index, segment_ids, name=name)


# variables


@_replaces(variable_scope._VariableStore._get_single_variable)
def _get_single_variable(original, self, name, *args, regularizer=None, **kwargs):
    exists = name in self._vars
    variable = original(self, name, *args, **kwargs)
    if regularizer and not exists:
        with ops.colocate_with(variable), ops.name_scope(name + "/Regularizer/"), ops.init_scope():
            loss = regularizer(variable)
        if loss is not None:
            ops.add_to_collection(ops.GraphKeys.REGULARIZATION_LOSSES, loss)
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
_replaces(
    math_grad._AddGrad, math_grad._SubGrad, math_grad._MulGrad, math_grad._PowGrad, math_grad._SquaredDifferenceGrad
)(_with_static_shapes)


@_replaces(math_grad._ReduceGradientArgs)
def _reduce_gradient_args(original, x, y, gx, gy):
    static = _short and all(isinstance(t, tensor.Tensor) and _is_static(t.shape) for t in (x, y))
    if not static:
        x_shape, y_shape = (array_ops.shape_internal(t, optimize=not _short, out_type=dtypes.int32) for t in (x, y))
        x_axes, y_axes = gen_array_ops.broadcast_gradient_args(x_shape, y_shape)
        reduce_x = reduce_y = True
    else:
        x_shape, y_shape = np.array(x.shape.as_list(), np.int32), np.array(y.shape.as_list(), np.int32)
        graph = ops.get_default_graph()
        known = graph._tf1_broadcasts = getattr(graph, "_tf1_broadcasts", set())
        if (tuple(x_shape), tuple(y_shape)) not in known:
            gen_array_ops.broadcast_gradient_args(x_shape, y_shape)
            known.add((tuple(x_shape), tuple(y_shape)))
        x_axes, y_axes = (np.array(a, np.int32) for a in math_grad._InferGradientReductionAxes(x.shape, y.shape))
        shape = (gy if gx is None else gx).shape
        reduce_x, reduce_y = (not _is_static(shape) or t.shape.as_list() != shape.as_list() for t in (x, y))
    if gx is not None and reduce_x:
        gx = array_ops.reshape(math_ops.reduce_sum(gx, x_axes), x_shape)
    if gy is not None and reduce_y:
        gy = array_ops.reshape(math_ops.reduce_sum(gy, y_axes), y_shape)
    return gx, gy


@_replaces(gradients_util._GradientsHelper)
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


@_replaces(math_grad._SumGrad)
def _sum_grad(original, op, grad):
    result = original(_WithoutKeepDims(op), grad)
    if result[0].op.type == "BroadcastTo":  # was the Tile of a quotient
        _count(3)
    return result


_replaces(math_grad._MinOrMaxGrad)(lambda original, op, grad: original(_WithoutKeepDims(op), grad))


@_replaces(math_grad._ProdGrad)
def _prod_grad(original, op, grad):
    _count(3)  # likewise
    return original(_WithoutKeepDims(op), grad)


@_replaces(math_grad._MeanGrad)
def _mean_grad(original, op, grad):
    x, y = op.inputs[0], op.outputs[0]
    if _is_static(x.shape) and _is_static(y.shape):
        return original(op, grad)
    total = math_grad._SumGrad(op, grad)[0]
    x_shape, y_shape = array_ops.shape(x), array_ops.shape(y)
    factor = math_grad._SafeShapeDiv(math_ops.reduce_prod(x_shape), math_ops.reduce_prod(y_shape))
    return math_ops.truediv(total, math_ops.cast(factor, total.dtype)), None


@_replaces(math_ops.reduced_shape)
def _reduced_shape(original, input_shape, axes):
    input_shape = math_ops.cast(input_shape, dtypes.int32)
    axes = math_ops.cast(axes, dtypes.int32)
    rank = array_ops.size(input_shape)
    axes = (axes + rank) % rank
    axes_shape = array_ops.shape(axes)
    return gen_data_flow_ops.dynamic_stitch([math_ops.range(rank), axes], [input_shape, array_ops.fill(axes_shape, 1)])


@_replaces(math_grad._MaximumMinimumGrad)
def _maximum_minimum_grad(original, op, grad, selector_op):
    x, y = op.inputs
    zeros = array_ops.zeros(array_ops.shape(grad), grad.dtype)
    chosen = selector_op(x, y)
    return math_grad._ReduceGradientArgs(
        x, y, array_ops.where(chosen, grad, zeros), array_ops.where(chosen, zeros, grad)
    )


@_replaces(math_grad._SignGrad)
def _sign_grad(original, op, grad):
    return array_ops.zeros(array_ops.shape(op.inputs[0]), op.inputs[0].dtype)


@_replaces(
    tensor_array_grad._TensorArrayWriteGrad,
    tensor_array_grad._TensorArrayScatterGrad,
    tensor_array_grad._TensorArraySplitGrad,
)
def _tensor_array_write_grad(original, op, flow):
    """Does not count the order of writing and reading that TensorFlow 2 ensures, with its stack in a loop."""
    graph = ops.get_default_graph()
    before = graph.version
    array_ops.identity(op.outputs[0])
    built = graph.version - before
    _count((built == 8) - built - 2)  # the eighth, by which the loops are in step, was there too
    return original(op, flow)


@_replaces(array_grad._GatherV2Grad)
def _gather_grad(original, op, grad):
    along_axis = tensor_util.constant_value(op.inputs[2]) != 0
    _count((-12 if op.get_attr("batch_dims") else -2) * along_axis)
    if startup.installed_version() >= (2, 16):
        _count(-1 if along_axis else 1)
    return original(op, grad)


# layers


def _flatten(original, self, inputs):
    if self.data_format == "channels_first":
        return original(self, inputs)
    size = tensor_shape.dimension_value(inputs.shape[0]) or array_ops.shape(inputs)[0]
    outputs = array_ops.reshape(inputs, (size, -1))
    outputs.set_shape(self.compute_output_shape(inputs.shape))
    return outputs


# operations that 1.15.5 built more (fewer, if negative): a number, or a function of the arguments


def _one_hot(indices, depth, on_value=None, off_value=None, *args, **kwargs):
    return sum(value is not None and not isinstance(value, tensor.Tensor) for value in (on_value, off_value))


def _confusion_matrix(labels, predictions, num_classes=None, *args, **kwargs):
    return 3 if num_classes is None else 2


def _strided_slice_grad(op, grad):
    return -_is_static(op.inputs[0].shape) - sum(tensor_util.constant_value(end) is not None for end in op.inputs[1:])


def _gather_drop_negatives(params, ids, zero_clipped_indices=None, is_positive=None):
    return 0 if is_positive is not None else 2 * (params.shape.rank - ids.shape.rank) - 12


def _batch_matmul_grad(op, grad):
    x, y = (t.shape for t in op.inputs)
    matched = _is_static(x[:-2]) and _is_static(y[:-2]) and x[:-2].as_list() == y[:-2].as_list()
    return 15 * (matched and not (_is_static(x) and _is_static(y) and x.as_list() == y.as_list()))


def _fused_batch_norm_grad(op, version, *grads):
    return 2 * bool(_gated and _gated[-1] and op.get_attr("is_training"))


def _fused_batch_norm(self, inputs, *args, training=None, **kwargs):
    training = (list(args) + [training])[-1]
    return 0 if isinstance(training, tensor.Tensor) else 2 if training else 1


def _conv2d_transpose(self, inputs):
    axes = (2, 3) if self.data_format == "channels_first" else (1, 2)
    return sum(inputs.shape[axis] is not None for axis in axes) * (7 if self.padding == "valid" else 5)


_MORE = {
    array_grad._BroadcastToGrad: -1,
    array_grad._StridedSliceGrad: _strided_slice_grad,
    array_ops.one_hot: _one_hot,
    array_ops.transpose: lambda a, perm=None, *_, **__: perm is None and ops.convert_to_tensor(a).shape.rank is None,
    clip_ops.clip_by_global_norm: 1,
    confusion_matrix.confusion_matrix: _confusion_matrix,
    dataset_ops.DatasetV1._make_initializable_iterator: 3,
    ftrl.FtrlOptimizer._create_slots: lambda self, variables: -2 * len(variables),
    ftrl.FtrlOptimizer._prepare: -9,
    math_grad._Atan2Grad: -7,
    math_grad._BatchMatMulV2: _batch_matmul_grad,
    math_grad._GatherDropNegatives: _gather_drop_negatives,
    math_grad._SelectGradV2: -1,
    math_grad._SparseSegmentSumGrad: 2,
    nn_grad._BaseFusedBatchNormGrad: _fused_batch_norm_grad,
    nn_grad._Conv3DGrad: 1,
    nn_grad._SparseSoftmaxCrossEntropyWithLogitsGrad: 1,
    resource_variable_ops.BaseResourceVariable.sparse_read: 1,
    sparse_grad._SparseTensorDenseMatMulGrad: -3,
}
_MORE_IN_LAYERS = {
    "convolutional.base_conv.Conv.build": lambda self, shape: set(self.dilation_rate) == {1},
    "convolutional.conv2d_transpose.Conv2DTranspose.call": _conv2d_transpose,
    "normalization.batch_normalization.BatchNormalizationBase._fused_batch_norm": _fused_batch_norm,
}


def _counting(more, original, *args, **kwargs):
    result = original(*args, **kwargs)
    _count(int(more(*args, **kwargs)) if callable(more) else more)
    return result


# installing


def _trampoline(*args, **kwargs):
    return _replaced_by(*args, **kwargs)  # noqa: F821


def _swap(function, new):
    """Gives a function new code in place, so that whoever holds the function calls the new one."""
    inner = tf_decorator.unwrap(function)[1]
    original = types.FunctionType(
        inner.__code__, inner.__globals__, inner.__name__, inner.__defaults__, inner.__closure__
    )
    original.__kwdefaults__ = inner.__kwdefaults__
    name = "_tf1_" + inner.__qualname__
    inner.__signature__ = inspect.signature(inner)
    inner.__globals__[name] = functools.partial(new, original)
    names = tuple(name if n == "_replaced_by" else n for n in _trampoline.__code__.co_names)
    inner.__code__ = _trampoline.__code__.replace(
        co_names=names, co_name=inner.__code__.co_name, co_freevars=inner.__code__.co_freevars
    )


def _layer_method(path):
    module, cls, method = path.rsplit(".", 2)
    return getattr(getattr(importlib.import_module(moved.keras() + ".src.layers." + module), cls), method)


def install():
    """Patches TensorFlow's functions in this process, for as long as it lives."""
    random_seed._graph_to_seed_dict = _OperationCount()
    for function, new in _replacements:
        _swap(function, new)
    for function, more in _MORE.items():
        _swap(function, functools.partial(_counting, more))
    for path, more in _MORE_IN_LAYERS.items():
        _swap(_layer_method(path), functools.partial(_counting, more))
    _swap(_layer_method("reshaping.flatten.Flatten.call"), _flatten)
