"""Eager execution: the context's data that C++ reads, the tape, and the keys of traced functions."""

import collections
import collections.abc
import functools
import importlib
import re
import threading
import weakref

from tf1.program.runtime import extensions, nest

_tfe = extensions.module("_pywrap_tfe")
TFE_MIRRORING_NONE, TFE_MIRRORING_ALL = 0, 1
_context = []  # the one that TFE_Py_SetEagerContext was given
_VSpace = collections.namedtuple(
    "VSpace", "aggregate_fn num_elements_fn zeros_fn ones_fn zeros_like_fn ones_like_fn graph_shape_fn"
)
_vspaces = []  # C++ keeps no reference


def TFE_NewContext(options):
    handle = _tfe.TFE_NewContext(options)
    _tfe.TFE_Py_SetCEagerContext(handle)
    return handle


def TFE_Py_SetEagerContext(context):
    _context[:] = [context]
    return _tfe.TFE_Py_SetEagerContext(context)


_LEAKED = """An op outside of the function building code is being passed
a "Graph" tensor. It is possible to have Graph tensors
leak out of the function building context by including a
tf.init_scope in your function building code.
For example, the following function will fail:
  @tf.function
  def has_init_scope():
    my_constant = tf.constant(1.)
    with tf.init_scope():
      added = my_constant * 2
The graph tensor has name: %s"""


def _refusing_graph_tensors(execute):
    """1.15.5's words for a tensor of a graph that an eager operation is given."""

    @functools.wraps(execute)
    def call(*args):
        try:
            return execute(*args)
        except TypeError as error:
            found = re.match(r"<tf.Tensor '([^']*)'.* is out of scope and cannot be used here", str(error))
            if found is None:
                raise
            raise TypeError(_LEAKED % found.group(1)) from None

    return call


TFE_Py_Execute = _refusing_graph_tensors(_tfe.TFE_Py_Execute)
_fast_path = _refusing_graph_tensors(_tfe.TFE_Py_FastPathExecute)


def TFE_Py_FastPathExecute(*arguments):
    """1.15.5's has the handle, the device and callbacks where TensorFlow 2's has the context."""
    if len(arguments) < 5:
        raise ValueError("There must be at least 5 items in the input tuple.")
    try:
        return _fast_path(_context[0], *arguments[2:4], *arguments[5:])
    except ValueError as error:
        counts = re.match(r"(Tuple size smaller than intended. Expected to be at least )(\d+), was (\d+)", str(error))
        if counts is None:
            raise
        raise ValueError("%s%d, was %d" % (counts[1], int(counts[2]) + 2, int(counts[3]) + 2)) from None


def TFE_Py_TapeSetRecordOperation(operation, outputs, inputs, backward, forward=None):
    def padded(*gradients):
        """1.15.5 took fewer gradients than inputs."""
        found = backward(*gradients)
        if isinstance(found, (list, tuple)) and len(found) < len(inputs):
            found = list(found) + [None] * (len(inputs) - len(found))
        return found

    return _tfe.TFE_Py_TapeSetRecordOperation(operation, outputs, inputs, padded, forward)


TFE_Py_TapeSetShouldRecord = _tfe.TFE_Py_TapeSetShouldRecordBackprop


def TFE_Py_RegisterGradientFunction(function):
    def call(operation, attributes, count, inputs, outputs, gradients, skipped, *scope):
        return function(operation, attributes, count, inputs, outputs, gradients, skipped)

    return _tfe.TFE_Py_RegisterGradientFunction(call)


def TFE_Py_RecordGradient(operation, inputs, attributes, results, name=None):
    return _tfe.TFE_Py_RecordGradient(operation, inputs, attributes, results, "")


def TFE_Py_RegisterVSpace(vspace):
    """Completes 1.15.5's vector space with two functions that TensorFlow 2 calls without a check."""

    def like(name):
        return lambda tensor: getattr(importlib.import_module("tensorflow.python.ops.array_ops"), name)(tensor)

    _vspaces.append(
        _VSpace(
            vspace.aggregate_fn,
            vspace.num_elements_fn,
            vspace.zeros_fn,
            vspace.ones_fn,
            like("zeros_like"),
            like("ones_like"),
            vspace.graph_shape_fn,
        )
    )
    return _tfe.TFE_Py_RegisterVSpace(_vspaces[-1])


def TFE_Py_InitEagerTensor(base):
    def _numpy(self):
        try:
            return self._numpy_internal()
        except Exception as error:
            text = str(getattr(error, "message", error))
            if "Cannot convert a Tensor of dtype" not in text:
                raise
            raise ValueError(text) from None

    base._numpy = _numpy
    return _tfe.TFE_Py_InitEagerTensor(base)


def TFE_NewExecutor(is_async):
    return _tfe.TFE_NewExecutor(is_async, True, 0)


def TFE_ContextGetMirroringPolicy(context):
    return TFE_MIRRORING_NONE


def _nothing(*arguments):
    """Nothing: TensorFlow 2 has no such setting, or deletes the object by itself."""


TFE_ContextStartStep = TFE_ContextEndStep = TFE_ContextSetThreadLocalMirroringPolicy = _nothing
TFE_ContextOptionsSetMirroringPolicy = TFE_DeleteCancellationManager = _nothing
TFE_Py_RegisterForwardGradientFunction = _nothing


def TFE_Py_EncodeArg(argument, include_tensor_ranks_only):
    """1.15.5's key of what tf.function retraces for: a text of types, shapes and structure, and the other objects."""
    text, objects = [], []
    _encode(argument, include_tensor_ranks_only, text, objects)
    return "".join(text), tuple(objects) or None


def _encode(value, ranks_only, text, objects):
    if isinstance(value, importlib.import_module("tensorflow.python.framework.ops").Tensor):
        shape = value.shape
        known = "?" if shape.ndims is None else shape.ndims if ranks_only else "-".join(map(str, shape.as_list()))
        text.append("Td%ds%s" % (value.dtype.as_datatype_enum, known))
    elif isinstance(value, (list, tuple)):
        _encode_all(value, "Ll" if isinstance(value, list) else "Uu", ranks_only, text, objects)
    elif isinstance(value, collections.abc.Mapping):
        _encode_all([x for key in sorted(value) for x in (key, value[key])], "Dd", ranks_only, text, objects)
    elif nest.IsCompositeTensor(value):
        text.append("C")
        objects.append(value._type_spec)
    elif nest.IsAttrs(value):
        objects.append(type(value))
        _encode_all(nest.children(value), "Aa", ranks_only, text, objects)
    else:
        text.append("R")
        try:
            objects.append(weakref.ref(value))
        except TypeError:
            objects.append(value)


def _encode_all(values, first_and_last, ranks_only, text, objects):
    text.append(first_and_last[0])
    for value in values:
        _encode(value, ranks_only, text, objects)
    text.append(first_and_last[1])


# --- changes in 1.15.5's modules


def keep_data_for_c(module):
    """C++ reads is_eager, device and scope name from an object of its own class, which must know the context."""

    class MoreData(threading.local):
        def __init__(self):
            self.mode = module.default_execution_mode
            self.summary_writer = self.summary_recording = self.summary_step = None
            self.summary_recording_distribution_strategy = True

    def through(name):
        return property(lambda self: getattr(self.more, name), lambda self, value: setattr(self.more, name, value))

    class ThreadLocalData(_tfe.EagerContextThreadLocalData):
        def __init__(self, context):
            super().__init__(
                context,
                is_eager=lambda: module.default_execution_mode == module.EAGER_MODE,
                device_spec=module._starting_device_spec,
            )
            self.more = MoreData()

        mode = through("mode")
        summary_writer = through("summary_writer")
        summary_recording = through("summary_recording")
        summary_step = through("summary_step")
        summary_recording_distribution_strategy = through("summary_recording_distribution_strategy")

    initialize = module.Context.__init__

    def __init__(self, *args, **kwargs):
        initialize(self, *args, **kwargs)
        self._thread_local_data = ThreadLocalData(self)

    module.Context.__init__ = __init__


def take_payloads(module):
    """C++ passes one argument more than 1.15.5's, a dict of payloads."""

    def __init__(self, message, code, *payloads):
        Exception.__init__(self)
        self.message, self.code = message, code

    module._NotOkStatusException.__init__ = __init__
