"""Sessions of a cluster: they share the variables, queues and iterators that have no device, as on 1.15.5.

An operation without a device is put on the first one. 1.15.5 sorted a cluster's devices by name, so the first one was
the same for all sessions. TensorFlow 2 begins with the task of the session itself: each session would have a variable
of its own, and those that wait for the chief to initialize it would wait for ever.
"""

import importlib
import threading
import weakref

from tf1.program.runtime import extensions, graphs

_session = extensions.module("client._pywrap_tf_session")
_targets = weakref.WeakKeyDictionary()  # TF_SessionOptions with a target -> (target, serialized config)
_placements = weakref.WeakKeyDictionary()  # TF_Session with a target -> _Placement
_DT_RESOURCE, _DT_FLOAT_REF = 20, 101


def TF_NewSessionOptions(target=None, config=None):
    return _options(target, None if config is None else config.SerializeToString())


def _options(target, config):
    options = _session._TF_NewSessionOptions()
    if target:
        _session._TF_SetTarget(options, target.encode() if isinstance(target, str) else target)
        _targets[options] = target, config
    if config is not None:
        _session._TF_SetConfig(options, config)
    return options


def TF_NewSessionRef(graph, options):
    session = _session.TF_NewSessionRef(graph, options)
    if options in _targets:
        _placements[session] = _Placement(graph, *_targets[options])
    return session


def ExtendSession(session):
    placement = _placements.get(session)
    if placement is None:
        _session.ExtendSession(session)
    else:
        placement.extend(session)


class _Placement:
    """Puts the new operations of a graph on the first task while a session takes them over."""

    lock = threading.Lock()  # one for all sessions, since they may have the graph in common

    def __init__(self, graph, target, config):
        self._graph, self._target, self._config = graph, target, config
        self._task = None
        self._groups = {}  # name of an operation -> name of one that it must stand beside
        self._placed = set()  # last names in these chains: groups for which the program has named a device
        self._seen = 0

    def extend(self, session):
        if self._seen == len(self._graph.ops):
            _session.ExtendSession(session)
            return
        with self.lock:
            ops = list(self._graph.ops.values())[self._seen :]
            self._task = self._task or _first_task(self._target, self._config)
            moved = self._without_device(ops)
            try:
                for op in moved:
                    op._set_device_from_string(self._task)
                _session.ExtendSession(session)
                self._seen += len(ops)
            finally:
                for op in moved:  # the program may save its graph, and run it elsewhere
                    op._set_device_from_string("")

    def _without_device(self, ops):
        """The stateful ones of these operations that neither have a device nor stand beside one that has."""
        for op in ops:
            for other in _beside(op):
                self._groups[self._last(other)] = self._last(op.name)
        # a group may have got its device before it was joined with another
        self._placed = {self._last(name) for name in self._placed | {op.name for op in ops if op.device}}
        return [op for op in ops if op._is_stateful and self._last(op.name) not in self._placed]

    def _last(self, name):
        while self._groups.get(name, name) != name:
            name = self._groups[name]
        return name


def _beside(op):
    """The operations on whose device an operation must be: those it is colocated with, and owners of its resources."""
    messages = importlib.import_module("tensorflow.core.framework.node_def_pb2")
    colocated = messages.NodeDef.FromString(op._node_def).attr["_class"].list.s
    names = [name[len(b"loc:@") :].decode() for name in colocated if name.startswith(b"loc:@")]
    for output in _session.GetOperationInputs(op._c_op):
        dtype = int(_session.TF_OperationOutputType(output))
        if dtype == _DT_RESOURCE or dtype >= _DT_FLOAT_REF:
            names.append(_session.TF_OperationName(output.oper))
    return names


def _first_task(target, config):
    """The first task of a cluster by name, as "/job:ps/replica:0/task:0", asked by a session of its own."""
    settings = importlib.import_module("tensorflow.core.protobuf.config_pb2").ConfigProto.FromString(config or b"")
    settings.log_device_placement = False  # of the program's operations only
    graph = graphs.TF_NewGraph()
    graphs.TF_FinishOperation(graphs.TF_NewOperation(graph, "NoOp", "none"))
    options = _options(target, settings.SerializeToString())
    session = _session.TF_NewSessionRef(graph, options)
    _session.TF_DeleteSessionOptions(options)
    try:
        _session.ExtendSession(session)
        devices = _session.TF_SessionListDevices(session)
        names = [_session.TF_DeviceListName(devices, i) for i in range(_session.TF_DeviceListCount(devices))]
        _session.TF_DeleteDeviceList(devices)
        return min(names).partition("/device:")[0]
    finally:
        _session.TF_CloseSession(session)
        _session.TF_DeleteSession(session)
