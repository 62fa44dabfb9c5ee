"""What TensorFlow 1.15.5 has under ``tf.compat.v1`` too, but with other parameters or another behavior: as it was.

``restore`` changes one namespace of the program's view of TensorFlow ("tf", "tf.nn", ...), whose dictionary is the
program's own; libraries keep TensorFlow's functions. Classes are no copies: ``restore_classes`` changes names and
messages of tensors and sessions in place, and keras's models and layers get methods and variable names back.

A function changes by the simplest means that does it:

* parameters_1_15.json: functions that take 1.15.5's parameters again and pass them on;
* _OPERATIONS: functions that are a single operation again;
* functions marked with @_stands_for;
* _SENTENCES: errors that have 1.15.5's message again.

tests/test_api.py compares every public name with 1.15.5's; tests/reference/api_differences.json lists the rest.
"""

import ast
import functools
import importlib
import inspect
import json
import os
import re

from tf1 import moved

# parameters that are newer than 1.15.5 and whose defaults differ from what 1.15.5 did
_AS_BEFORE = {"align": "LEFT_LEFT", "use_legacy_format": True}

# today's functions build several operations, and accept types that 1.15.5 refused
_OPERATIONS = {"tf.linspace": "gen_math_ops.lin_space", "tf.lin_space": "gen_math_ops.lin_space"}
for _name in ("fft", "ifft", "fft2d", "ifft2d", "fft3d", "ifft3d"):
    for _namespace in ("tf.", "tf.signal.", "tf.spectral."):
        _OPERATIONS[_namespace + _name] = "gen_spectral_ops." + _name

# a pattern for today's message: 1.15.5's
_SENTENCES = {
    r"Argument `(\w+)` must not be None\.": r"\1 must not be None.",
    r"You must specify argument `axis`\.": "You must specify 'axis'.",
    r"(Invalid Reduction Key \w+\.).*": r"\1",
    r"`rate` must be provided\..*": "You must provide a rate to dropout.",
    r"(Cannot specify both 'keep_prob' and 'rate')\.": r"\1",
    r"`logits` and `labels` must have the same shape, received \((.*)\)\.": (
        r"logits and labels must have the same shape (\1)"
    ),
    r"`labels\.shape\.rank` must equal `logits\.shape\.rank - 1`\. .* of rank (\d+) and .* of rank (\d+)": (
        r"Rank mismatch: Rank of labels (received \1) should equal rank of logits minus 1 (received \2)."
    ),
    r"`logits` cannot be a scalar\. .*shape=(\(\)).*": r"Logits cannot be scalars - received shape \1.",
    r"Expected argument `labels` to be a SparseTensor\..*": "Expected labels (first argument) to be a SparseTensor",
    r"Invalid `key_dtype`, (.*)": r"Invalid key_dtype, \1",
    r"Both `labels` and `logits` must be provided.*": "Both labels and logits must be provided.",
}
_REFUSING = re.compile(r"tf\.losses\.\w+|tf\.nn\.(dropout|ctc_loss|\w*cross_entropy_with_logits)")

_OURS = {}


def restore(path, names):
    """Makes TensorFlow 1.15.5's again what changed in one namespace of the program's view.

    Args:
        path: the namespace, as in "tf" or "tf.nn".
        names: its dictionary {name: object}, changed in place; not TensorFlow's own.
    """
    for name, parameters in _parameters().get(path, {}).items():
        if name in names:
            names[name] = _with_parameters(names[name], name, parameters)
    for full, operation in _OPERATIONS.items():
        namespace, _, name = full.rpartition(".")
        if namespace == path and name in names:
            module, _, name_there = operation.partition(".")
            names[name] = getattr(_inner("ops." + module), name_there)
    for full, make in _OURS.items():
        namespace, _, name = full.rpartition(".")
        if namespace == path:
            names[name] = make(names.get(name), names)
    for name, function in names.items():
        if _REFUSING.fullmatch(path + "." + name) and inspect.isroutine(function):
            names[name] = _with_old_sentences(function)


def restore_classes():
    """Gives TensorFlow's own tensors and sessions, in this process, the names and sentences of 1.15.5."""
    ops, tensor = _inner("framework.ops"), _inner("framework.tensor")
    symbolic = getattr(ops, "SymbolicTensor", tensor.Tensor)
    symbolic.__name__ = symbolic.__qualname__ = "Tensor"
    tensor.Tensor.__module__ = ops.__name__
    tensor.Tensor._disallow = _disallow
    # errors of Session.run begin with what went wrong, not with where the graph was built
    interpolation = _inner("framework.error_interpolation")
    interpolation.interpolate_graph = lambda message, graph: re.sub(r"{{(node [^}]+)}}", r"\1", message)
    # Keras calls layers that take **kwargs with training=None, which contrib's decoders pass on
    calls = importlib.import_module(moved.keras() + ".src.utils.layer_utils").CallFunctionSpec
    calls.set_arg_value = functools.partialmethod(calls.set_arg_value, pop_kwarg_if_none=True)
    tables = _inner("ops.lookup_ops").IdTableWithHashBuckets
    tables.__init__ = _with_old_sentences(tables.__init__)
    _inner("data.ops.dataset_ops").DatasetV2.__repr__ = _describe_dataset


def operation_class():
    """``ops.Operation`` for contrib.graph_editor, which makes operations by calling the class as 1.15.5 had it."""
    cls = _inner("framework.ops").Operation
    kind = {
        "__call__": lambda self, *arguments: cls.from_node_def(*arguments),
        "__instancecheck__": lambda self, value: isinstance(value, cls),
    }
    return type("_OperationType", (type,), kind)("Operation", (), {"__doc__": cls.__doc__})


def _disallow(self, task):
    task = re.sub("^Using a symbolic", "using a", re.sub("^Iterating over a symbolic", "iterating over", task))
    raise _inner("framework.errors").OperatorNotAllowedInGraphError(
        "%s is not allowed in Graph execution. Use Eager execution or decorate this function with @tf.function." % task
    )


def _describe_dataset(dataset):
    nest, datasets = _inner("data.util.nest"), _inner("data.ops.dataset_ops")
    shapes = nest.map_structure(str, datasets.get_legacy_output_shapes(dataset))
    types = nest.map_structure(repr, datasets.get_legacy_output_types(dataset))
    text = "<%s shapes: %s, types: %s>" % (type(dataset).__name__, shapes, types)
    return text.replace("'", "")


def _inner(module):
    return importlib.import_module("tensorflow.python." + module)


@functools.lru_cache(maxsize=None)
def _parameters():
    """{"tf.nn": {"top_k": "(input, k=1, ...)"}}: the functions whose parameters changed, with 1.15.5's."""
    found = {}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "parameters_1_15.json")) as file:
        for full, parameters in json.load(file).items():
            namespace, _, name = full.rpartition(".")
            found.setdefault(namespace, {})[name] = parameters
    return found


def _with_parameters(function, name, parameters):
    """A function with these parameters that passes them on by position as far as they agree, then by name."""
    today = inspect.signature(function).parameters
    positions = [p.name for p in today.values() if p.kind == p.POSITIONAL_OR_KEYWORD]
    arguments = ast.parse("def f(%s): pass" % parameters).body[0].args
    defaults = [None] * (len(arguments.args) - len(arguments.defaults)) + arguments.defaults
    scope, taken, passed, agree = {"_function": function}, [], [], True
    for index, (argument, default) in enumerate(zip(arguments.args, defaults)):
        old = argument.arg
        agree = agree and index < len(positions) and (positions[index] == old or old not in today)
        passed.append(old if agree else "%s=%s" % (old, old))
        taken.append(old if default is None else "%s=_default_%s" % (old, old))
        scope["_default_" + old] = default and _default(default, today.get(old))
    if arguments.kwarg:
        taken.append("**" + arguments.kwarg.arg)
        passed.append("**" + arguments.kwarg.arg)
    for new in set(_AS_BEFORE).intersection(today):
        passed.append("%s=%r" % (new, _AS_BEFORE[new]))
    source = "def %s(%s):\n    return _function(%s)\n" % (name, ", ".join(taken), ", ".join(passed))
    exec(compile(source, __file__, "exec"), scope)
    return _named_as(scope[name], function)


def _default(node, parameter):
    """The default value that a piece of text stands for; today's where the text only describes an object."""
    try:
        return ast.literal_eval(node)
    except ValueError:
        return getattr(_inner("framework.dtypes"), getattr(node, "id", ""), None) or parameter.default


def _named_as(ours, function):
    """Gives our function the name, the documentation and the module of the one it stands for."""
    for attribute in ("__name__", "__qualname__", "__doc__", "__module__"):
        setattr(ours, attribute, getattr(function, attribute))
    return ours


def _with_old_sentences(function):
    """The same function; its refusals have the messages of 1.15.5."""

    @functools.wraps(function)
    def call(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except (TypeError, ValueError) as error:
            for pattern, sentence in _SENTENCES.items():
                match = re.fullmatch(pattern, str(error), re.DOTALL)
                if match:
                    raise type(error)(match.expand(sentence)) from None
            raise

    return call


def _stands_for(*paths):
    """Marks make(today's object or None, its namespace), whose result stands for it."""

    def mark(make):
        _OURS.update(dict.fromkeys(paths, make))
        return make

    return mark


@_stands_for("tf.nn.softmax_cross_entropy_with_logits")
def _softmax_cross_entropy(function, names):
    def softmax_cross_entropy_with_logits(_sentinel=None, labels=None, logits=None, dim=-1, name=None, axis=None):
        _refuse_positions(function, _sentinel)
        return function(labels=labels, logits=logits, dim=dim, name=name, axis=axis)

    return _named_as(softmax_cross_entropy_with_logits, function)


@_stands_for("tf.nn.sigmoid_cross_entropy_with_logits", "tf.nn.sparse_softmax_cross_entropy_with_logits")
def _other_cross_entropy(function, names):
    def cross_entropy_with_logits(_sentinel=None, labels=None, logits=None, name=None):
        _refuse_positions(function, _sentinel)
        return function(labels=labels, logits=logits, name=name)

    return _named_as(cross_entropy_with_logits, function)


def _refuse_positions(function, sentinel):
    """TensorFlow 0.x had (logits, labels), TensorFlow 2 has (labels, logits); 1.15.5 accepted neither by position."""
    if sentinel is not None:
        raise ValueError("Only call `%s` with named arguments (labels=..., logits=..., ...)" % function.__name__)


@_stands_for("tf.divide", "tf.math.divide")
def _divide(function, names):
    def divide(x, y, name=None):
        return x / y if name is None else function(x, y, name)  # two numbers of Python give a number

    return _named_as(divide, function)


@_stands_for("tf.random_uniform_initializer", "tf.initializers.random_uniform")
def _random_uniform_initializer(function, names):
    float32 = _inner("framework.dtypes").float32

    class RandomUniform(function):
        def __init__(self, minval=0, maxval=None, seed=None, dtype=float32):
            super().__init__(minval, maxval, seed, dtype)  # 0, not 0.0, which is no start for integers

    RandomUniform.__module__, RandomUniform.__qualname__ = function.__module__, function.__qualname__
    return RandomUniform


@_stands_for("tf.keras.regularizers.l1")
def _l1(cls, names):
    return lambda l=0.01: names["L1L2"](l1=l)  # noqa: E741


@_stands_for("tf.keras.regularizers.l2")
def _l2(cls, names):
    return lambda l=0.01: names["L1L2"](l2=l)  # noqa: E741


@_stands_for("tf.keras.utils.deserialize_keras_object", "tf.keras.utils.serialize_keras_object")
def _serialization(function, names):
    keras = function.__module__.partition(".")[0]
    return getattr(importlib.import_module(keras + ".src.saving.legacy.serialization"), function.__name__)


@_stands_for("tf.GRAPH_DEF_VERSION", "tf.version.GRAPH_DEF_VERSION")
def _graph_def_version(version, names):
    return 134


@_stands_for("tf.test.is_built_with_cuda")
def _is_built_with_cuda(function, names):
    def is_built_with_cuda():
        return names["is_gpu_available"]()  # today's wheels are, also where no operation can be placed on a GPU

    return _named_as(is_built_with_cuda, function)


@_stands_for("tf.keras.__version__")
def _keras_version(version, names):
    return "2.2.4-tf"


@_stands_for(
    *("tf.keras.losses." + name for name in ("cosine", "cosine_proximity", "cosine_similarity")),
    *("tf.keras.metrics." + name for name in ("cosine", "cosine_proximity")),
)
def _cosine(function, names):
    def cosine_proximity(y_true, y_pred, axis=-1):
        return -function(y_true, y_pred, axis=axis)  # TensorFlow 2 changed the sign

    return _named_as(cosine_proximity, function)


@_stands_for("tf.keras.Sequential", "tf.keras.models.Sequential")
def _sequential(cls, names):
    def predict_proba(self, x, batch_size=32, verbose=0):
        """The probabilities that the model gives for the rows of x; the same as predict."""
        return self.predict(x, batch_size, verbose)

    def predict_classes(self, x, batch_size=32, verbose=0):
        """The class of each row of x: the largest output, or whether the only one is above 0.5."""
        probabilities = self.predict(x, batch_size=batch_size, verbose=verbose)
        if probabilities.shape[-1] > 1:
            return probabilities.argmax(axis=-1)
        return (probabilities > 0.5).astype("int32")

    cls.predict_proba, cls.predict_classes = predict_proba, predict_classes
    return cls


@_stands_for("tf.keras.layers.Layer")
def _layer(cls, names):
    in_graphs = importlib.import_module(cls.__module__.partition(".")[0] + ".src.engine.base_layer_v1").Layer
    today = in_graphs.add_update

    @functools.wraps(today)
    def add_update(self, updates, inputs=None):
        return today(self, updates)  # the inputs that an update depends on are found without being named

    def apply(self, inputs, *args, **kwargs):
        """The same as calling the layer."""
        return self(inputs, *args, **kwargs)

    in_graphs.add_update, cls.apply = add_update, apply
    del add_update.__wrapped__  # inspect is to see our parameters
    return cls


@_stands_for("tf.keras.layers.RNN", "tf.keras.layers.StackedRNNCells")
def _named_without_cell(cls, names):
    """The variables are lstm/kernel again, not lstm/lstm_cell/kernel: a cell is built in the scope of its layer."""
    build = cls.build

    @functools.wraps(build)
    def build_in_scope(self, input_shape):
        ops = _inner("framework.ops")
        cells = [cell for cell in getattr(self, "cells", None) or [self.cell] if hasattr(cell, "build")]
        scope = ops.get_default_graph().get_name_scope()
        for cell in cells:
            object.__setattr__(cell, "build", _in_scope(scope, cell.build))
        try:
            build(self, input_shape)
        finally:
            for cell in cells:
                object.__delattr__(cell, "build")

    cls.build = build_in_scope
    return cls


def _in_scope(scope, build):
    def build_there(input_shape):
        ops = _inner("framework.ops")
        with ops.name_scope(scope + "/" if scope else None):
            build(input_shape)

    return build_there
