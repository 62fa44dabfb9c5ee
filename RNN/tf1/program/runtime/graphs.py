"""Graphs and operations: TensorFlow 2's PyGraph, PyOperation and PyTensor behind 1.15.5's functions.

TensorFlow 2 has methods of PyOperation and PyTensor where 1.15.5 had functions of a TF_Operation, so a graph keeps one
PyOperation for each operation, made when 1.15.5's Python makes or imports it.
"""

import importlib
import itertools
import threading
import weakref

from tf1.program.runtime import extensions

_session = extensions.module("client._pywrap_tf_session")
_dtype = extensions.module("framework._dtypes").DType
_unique_ids = itertools.count(1)
_operations = weakref.WeakKeyDictionary()  # TF_Operation -> weak reference to its PyOperation
_building = threading.local()  # .graph: of the operation that TF_NewOperation has begun
_written = {}  # id of a TF_Buffer -> bytes that a function of ours has written "into" it

GRAPH_DEF_VERSION, GRAPH_DEF_VERSION_MIN_CONSUMER, GRAPH_DEF_VERSION_MIN_PRODUCER = 134, 0, 0  # of 1.15.5
_session.TF_Operation.__name__ = "SwigPyObject"  # by which ops.Operation knows an operation of C++


class _Graph(_session.PyGraph):
    def __init__(self):
        super().__init__()
        self.ops = {}
        self.hidden = {}  # name of an operation that 1.15.5's Python does not list -> name of the one that it lists

    def _get_control_flow_context(self):  # PyOperation asks for it
        return None


class _Operation(_session.PyOperation):
    pass


class _Tensor(_session.PyTensor):
    def __new__(cls, op, value_index, dtype, unique_id=None):
        return _session.PyTensor.__new__(cls, op, value_index, _dtype(int(dtype)), next(_unique_ids))


def TF_NewGraph():
    """A graph of 1.15.5's version: to import an empty graph of that version sets it."""
    graph = _Graph()
    options = _session.TF_NewImportGraphDefOptions()
    empty = _session.TF_NewBufferFromString(b"\x22\x03\x08\x86\x01")  # GraphDef(versions=VersionDef(producer=134))
    results = _session.TF_GraphImportGraphDefWithResults(graph, empty, options)
    _session.TF_DeleteImportGraphDefResults(results)
    _session.TF_DeleteBuffer(empty)
    _session.TF_DeleteImportGraphDefOptions(options)
    return graph


def _operation(graph, c_op):
    """The PyOperation of a TF_Operation."""
    name = _session.TF_OperationName(c_op)
    op = graph.ops.get(name)
    if op is None:
        op = _Operation(c_op, _Tensor)
        op.graph = graph
        op._init_outputs()
        graph._add_op(op)
        graph.ops[name] = op
    _operations[c_op] = weakref.ref(op)
    return op


def _tensor(graph, output):
    """The PyTensor of a TF_Output."""
    op = _operation(graph, output.oper)
    if output.index >= len(op.outputs):  # a loop has got more outputs since
        del graph.ops[op.name]
        op = _operation(graph, output.oper)
    return op.outputs[output.index]


def TF_NewOperation(graph, op_type, name):
    _building.graph = graph
    return _session.TF_NewOperation(graph, op_type, name)


def TF_FinishOperation(description):
    c_op = _session.TF_FinishOperation(description)
    _operation(_building.graph, c_op)
    return c_op


def TF_GraphNextOperation(graph, position):
    c_op, position = _session.TF_GraphNextOperation(graph, position)
    if c_op is not None:
        _operation(graph, c_op)
    return c_op, position


def TF_GraphGetTensorShapeHelper(graph, output):
    """(dimensions, -1 where the size is unknown; whether the rank is unknown)."""
    dimensions, unknown_rank = _tensor(graph, output)._shape
    return ([], True) if unknown_rank else ([-1 if size is None else size for size in dimensions], False)


def TF_GraphSetTensorShape_wrapper(graph, output, dimensions, unknown_rank):
    _tensor(graph, output)._set_shape([] if unknown_rank else dimensions, unknown_rank)


def TF_GraphSetOutputHandleShapesAndTypes_wrapper(graph, output, shapes, ranks, types):
    """Keeps the full type, which 1.15.5 does not have; without it a handle of a TensorList is invalid."""
    before = _session.GetHandleShapeAndType(graph, output)
    _session.TF_GraphSetOutputHandleShapesAndTypes_wrapper(graph, output, shapes, ranks, types)
    if _shapes_and_types(before) == _shapes_and_types(_session.GetHandleShapeAndType(graph, output)):
        _session.SetHandleShapeAndType(graph, output, before)


def _shapes_and_types(serialized):
    messages = importlib.import_module("tensorflow.python.framework.cpp_shape_inference_pb2")
    data = messages.CppShapeInferenceResult.HandleData.FromString(serialized)
    return [(handle.shape, handle.dtype) for handle in data.shape_and_type]


def TF_OptimizeGraph(cluster, config, metagraph, verbose, graph_id):
    optimizer = extensions.module("grappler._pywrap_tf_optimizer")
    return optimizer.TF_OptimizeGraphSerialized(cluster, config, metagraph, verbose, graph_id, False)


def TransformGraphWithStringInputs(graph_def, inputs, outputs, transforms, status):
    transform = extensions.module("util._pywrap_transform_graph").TransformGraphWithStringInputs
    return transform(graph_def, inputs, outputs, transforms)


def TF_OperationOutputConsumers_wrapper(output):
    op = _operations[output.oper]()
    hidden = op.graph.hidden
    names = [consumer.name for consumer in op.outputs[output.index].consumers()]
    listed = dict.fromkeys(hidden[name] for name in names if name in hidden)
    return [name for name in names if name not in hidden] + list(listed)


def TF_OperationGetControlInputs_wrapper(c_op):
    return [other._c_op for other in _operations[c_op]().control_inputs]


def TF_GraphToFunction_wrapper(graph, name, append_hash, operations, *rest):
    """The function of a graph; operations: TF_Operations in it, None for all of them."""
    if operations is not None and graph.hidden:
        operations = list(operations) + [graph.ops[hidden]._c_op for hidden in graph.hidden]
    return _session.TF_GraphToFunction_wrapper(graph, name, append_hash, operations, *rest)


def AddControlInput(graph, c_op, other):
    _operation(graph, c_op)._add_control_input(_operation(graph, other))


def RemoveAllControlInputs(graph, c_op):
    _operation(graph, c_op)._remove_all_control_inputs()


def SetRequestedDevice(graph, c_op, device):
    _operation(graph, c_op)._set_device_from_string(device)


def TF_OperationGetAttrType(c_op, name):
    return int(_session.TF_OperationGetAttrType(c_op, name))


def TF_OperationOutputType(output):
    return int(_session.TF_OperationOutputType(output))


def TF_OperationInputType(given):
    return int(_session.TF_OperationInputType(given))


def write(buffer, data):
    """Makes TF_GetBuffer answer bytes for a buffer."""
    _written[id(buffer)] = data


def TF_GraphVersions(graph, buffer):
    write(buffer, graph._version_def)


def TF_GraphGetOpDef(graph, name, buffer):
    try:
        write(buffer, graph._op_def_for_type(name.decode() if isinstance(name, bytes) else name))
    except RuntimeError as error:  # the type of an operation that is not registered
        errors = importlib.import_module("tensorflow.python.framework.errors_impl")
        raise errors.NotFoundError(None, None, str(error)) from None


def TF_GetBuffer(buffer):
    if id(buffer) in _written:
        return _written.pop(id(buffer))
    return _session.TF_GetBuffer(buffer)


def TF_DeleteGraph(graph):
    """Nothing: PyGraph deletes its own."""


def SetRequireShapeInferenceFns(graph, required):
    """Nothing: TensorFlow 2 requires none."""
