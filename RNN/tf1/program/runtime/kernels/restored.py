"""Kernels of TensorFlow 2 that differ from 1.15.5's, where a few operations restore the old behavior."""

import importlib
import numbers
import os

from tf1.program.runtime.kernels.operation import copy_all_operations, operation


def _linalg(module):
    """1.15.5's Cholesky was an error for a matrix that is not positive definite; TensorFlow 2's gives nan."""
    factorize = module.cholesky

    @operation("Cholesky", input=None)
    def cholesky(input):
        import tensorflow as tf

        factor = factorize(input)
        if not input.dtype.is_floating:
            return factor
        # nan in the matrix was no error
        checked = tf.where_v2(tf.reduce_any(tf.is_nan(input)), tf.zeros_like(factor), factor)
        text = "Cholesky decomposition was not successful. The input might not be valid."
        with tf.control_dependencies([tf.check_numerics(checked, text)]):
            return tf.identity(factor)

    # so that LinearOperators can be given
    module.cholesky = importlib.import_module("tensorflow.python.util.dispatch").add_dispatch_list(cholesky)


def _math(module):
    """1.15.5's sums and means took an axis that is given twice as one; TensorFlow 2's kernels refuse it."""
    import numpy

    dimensions = module._ReductionDims

    def each_once(x, axis, reduction_indices=None):
        axis = dimensions(x, axis, reduction_indices)
        axes = axis.tolist() if isinstance(axis, numpy.ndarray) else axis
        if not isinstance(axes, (list, tuple)) or not all(isinstance(number, numbers.Integral) for number in axes):
            return axis
        rank = module.common_shapes.rank(x) or 0
        once = {number + rank if number < 0 else number: number for number in reversed(axes)}
        return axis if len(once) == len(axes) else list(once.values())

    module._ReductionDims = each_once


def _io(module):
    """A pattern in a directory that does not exist was a NotFoundError; TensorFlow 2's kernel finds no files."""
    import numpy

    files = importlib.import_module("tf1.program.runtime.files")
    find = module.matching_files

    def matching_files(pattern, name=None):
        import tensorflow as tf

        known = pattern
        if isinstance(pattern, tf.Tensor):
            known = importlib.import_module("tensorflow.python.framework.tensor_util").constant_value(pattern)
        if known is None or not any(map(files.missing_directory, numpy.ravel(known))):
            return find(pattern, name)
        return ask_when_it_runs(pattern, name=name)

    @operation("MatchingFiles", pattern="string")
    def ask_when_it_runs(pattern):
        import tensorflow as tf

        # reading a file is an operation that raises NotFoundError
        path = tf.py_func(_missing_or_empty, [pattern], tf.string, stateful=False)
        return find(tf.string_join([pattern, tf.read_file(path)]))

    module.matching_files = matching_files


def _missing_or_empty(patterns):
    """The first directory that does not exist, or the path of an empty file."""
    import numpy

    files = importlib.import_module("tf1.program.runtime.files")
    return next(filter(None, map(files.missing_directory, numpy.ravel(patterns))), os.devnull)


def _datasets(module):
    """shuffle followed by repeat was run as one operation, whose first round came from the generator of shuffle.

    That generator served the later rounds as well; TensorFlow 2 has no operation that continues with one.
    """
    shuffle_and_repeat, repeat = module.shuffle_and_repeat_dataset, module.repeat_dataset

    def build(input_dataset, buffer_size, seed, seed2, count, output_types, output_shapes):
        import tensorflow as tf

        elements = {"output_types": output_types, "output_shapes": output_shapes}
        rounds = importlib.import_module("tensorflow.python.framework.tensor_util").constant_value(count)
        if not rounds:
            return shuffle_and_repeat(input_dataset, buffer_size, seed, seed2, count, **elements)
        first = module.shuffle_dataset(
            input_dataset, buffer_size, seed, seed2, reshuffle_each_iteration=False, **elements
        )
        if rounds == 1:
            return first
        left = tf.constant(max(rounds - 1, -1), tf.int64)
        rest = shuffle_and_repeat(input_dataset, buffer_size, seed, seed2, left, **elements)
        return module.concatenate_dataset(first, rest, **elements)

    tensors = {"input_dataset": None, "buffer_size": "int64", "seed": "int64", "seed2": "int64", "count": "int64"}
    both = operation("ShuffleAndRepeatDataset", **tensors)(build)
    after_shuffle = operation("RepeatDataset", **tensors)(build)

    def repeat_dataset(input_dataset, count, output_types, output_shapes, name=None):
        op = getattr(input_dataset, "_op", None)
        if op is None or op.type != "ShuffleDataset" or not op.get_attr("reshuffle_each_iteration"):
            return repeat(input_dataset, count, output_types, output_shapes, name=name)
        return after_shuffle(*op.inputs, count, output_types, output_shapes, name=name)

    module.shuffle_and_repeat_dataset, module.repeat_dataset = both, repeat_dataset

    @operation("ModelDataset", input_dataset=None)
    def model_dataset(input_dataset, algorithm=0, cpu_budget=0, output_types=(), output_shapes=()):
        """TensorFlow 2's data sets read ahead and change themselves; their options say that they must not."""
        return _options_dataset(input_dataset, output_types, output_shapes)

    module.model_dataset = model_dataset


# TensorFlow 2's message tensorflow.data.Options: autotune_options.enabled, optimization_options.inject_prefetch and
# .apply_default_optimizations are false
_AS_WRITTEN = b"\x3a\x02\x08\x00\x1a\x05\x08\x00\x98\x01\x00"


def _options_dataset(input_dataset, output_types, output_shapes):
    """The operation OptionsDataset, which 1.15.5's Python does not have."""
    import tensorflow as tf

    types = [tf.as_dtype(dtype).as_datatype_enum for dtype in output_types]
    shapes = [tf.TensorShape(shape) for shape in output_shapes]
    if tf.executing_eagerly():
        sizes = [None if shape.ndims is None else shape.as_list() for shape in shapes]
        attributes = ("serialized_options", _AS_WRITTEN, "output_types", types, "output_shapes", sizes)
        context = importlib.import_module("tensorflow.python.eager.context").context()
        execute = importlib.import_module("tensorflow.python.eager.execute").execute
        return execute(b"OptionsDataset", 1, [input_dataset], attributes, context)[0]
    attributes = {
        "serialized_options": tf.AttrValue(s=_AS_WRITTEN),
        "output_types": tf.AttrValue(list=tf.AttrValue.ListValue(type=types)),
        "output_shapes": tf.AttrValue(list=tf.AttrValue.ListValue(shape=[shape.as_proto() for shape in shapes])),
    }
    graph = tf.get_default_graph()
    registry = importlib.import_module("tensorflow.python.framework.op_def_registry")
    if "OptionsDataset" not in registry.get_registered_ops():  # where meta graphs look it up
        definitions = importlib.import_module("tensorflow.core.framework.op_def_pb2").OpList()
        definitions.op.add().CopyFrom(graph._get_op_def("OptionsDataset"))
        registry.register_op_list(definitions)
    return graph.create_op("OptionsDataset", [input_dataset], [tf.variant], attrs=attributes).outputs[0]


AFTER_LOADING = {
    "tensorflow.python.framework.function": copy_all_operations,
    "tensorflow.python.ops.gen_dataset_ops": _datasets,
    "tensorflow.python.ops.gen_io_ops": _io,
    "tensorflow.python.ops.gen_linalg_ops": _linalg,
    "tensorflow.python.ops.math_ops": _math,
}
