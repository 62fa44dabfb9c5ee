"""What TensorFlow 1.15.5 has under ``tf.compat.v1`` too, but with other parameters or another behavior: as it was.

``restored`` gives what stands for a name in the program's view of TensorFlow, whether it is taken from the public
module or from one of the inner ones; libraries keep TensorFlow's functions. It changes a function by the simplest means
that does it:

* parameters_1_15.json: functions that take 1.15.5's parameters again and pass them on;
* functions marked with @_stands_for;
* _SENTENCES: errors that have 1.15.5's message again.

Methods of TensorFlow's classes, which are no copies, change in place: by patches.py, and in ``restore_classes``;
those of Keras in keras_models.py.

tests/test_api.py compares every public name with 1.15.5's; tests/reference/api_differences.txt lists the rest.
"""

import ast
import functools
import importlib
import inspect
import json
import numbers
import os
import re

from tf1.patches import replaces
from tf1.retired import note

VERSION = "1.15.5"

# parameters that are newer than 1.15.5 and whose defaults differ from what 1.15.5 did
_AS_BEFORE = {"align": "LEFT_LEFT", "use_legacy_format": True}

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
    r"(This model .* by calling `build\(\)` or) by calling the model on a batch of data\.": (
        r"\1 calling `fit()` with some data, or specify an `input_shape` argument in the first layer(s) "
        "for automatic build."
    ),
}
_REFUSING = re.compile(r"tf\.losses\.\w+|tf\.nn\.(dropout|ctc_loss|\w*cross_entropy_with_logits)")

_OURS = {}


def restored(path, value, view):
    """What stands for a name of TensorFlow in the program.

    Args:
        path: the name, as in "tf.nn.dropout", or "tf.python.ops.nn_ops.dropout".
        value: what it is today.
        view: the namespace, as the program sees it.
    """
    if inspect.isroutine(value) or inspect.isclass(value):
        path = _public_names().get(value, path)
    if path in _parameters():
        value = _with_parameters(value, path.rpartition(".")[2], _parameters()[path])
    if path in _OURS:
        value = _OURS[path](value, view)
    if _REFUSING.fullmatch(path) and inspect.isroutine(value):
        value = _with_old_sentences(value)
    return value


@functools.lru_cache(maxsize=None)
def _public_names():
    """{today's function or class: its public name} of those that are restored."""
    tf = importlib.import_module("tensorflow.compat.v1")
    names = {}
    refusing = [prefix + name for prefix in ("tf.losses.", "tf.nn.") for name in dir(getattr(tf, prefix[3:-1]))]
    for path in [*_parameters(), *_OURS, *filter(_REFUSING.fullmatch, refusing)]:
        value = tf
        for name in path.split(".")[1:]:
            value = getattr(value, name, None)
        if callable(value):
            names.setdefault(value, path)
    return names


def restore_classes():
    """Gives TensorFlow's own classes, in this process, the names, methods and defaults of 1.15.5."""
    ops, tensor = _inner("framework.ops"), importlib.import_module("tensorflow.compat.v1").Tensor
    symbolic = getattr(ops, "SymbolicTensor", tensor)
    symbolic.__name__ = symbolic.__qualname__ = "Tensor"
    tensor.__module__ = ops.__name__
    initialize = _inner("ops.init_ops").RandomUniform.__init__
    del initialize.__signature__
    defaults = initialize.__wrapped__.__defaults__
    initialize.__wrapped__.__defaults__ = (0,) + defaults[1:]  # not 0.0, which is no start for integers


@replaces("framework.tensor:Tensor._disallow | 2.14")
def _disallow(original, self, task):
    task = re.sub("^Using a symbolic", "using a", re.sub("^Iterating over a symbolic", "iterating over", task))
    raise _inner("framework.errors").OperatorNotAllowedInGraphError(
        "%s is not allowed in Graph execution. Use Eager execution or decorate this function with @tf.function." % task
    )


@replaces("framework.tensor:Tensor.__array__ | 2.14")
def _refuse_array(original, self, *args, **kwargs):
    raise NotImplementedError("Cannot convert a symbolic Tensor (%s) to a numpy array." % self.name)


@replaces("framework.error_interpolation:interpolate_graph | 2.14")
def _begin_with_what_went_wrong(original, message, graph):
    return re.sub(r"{{(node [^}]+)}}", r"\1", message)  # not with where the graph was built


@replaces("framework.tensor_shape:Dimension.__init__")
def _dimension(original, self, value):
    """Takes 5.0, which is what 10 / 2 is since Python 3."""
    if isinstance(value, numbers.Real) and int(value) != value:
        raise ValueError("Ambiguous dimension: %s" % value)
    original(self, int(value) if isinstance(value, numbers.Real) else value)


@replaces("data.ops.dataset_ops:DatasetV2.__repr__")
def _describe_dataset(original, dataset):
    nest, datasets = _inner("data.util.nest"), _inner("data.ops.dataset_ops")
    shapes = nest.map_structure(str, datasets.get_legacy_output_shapes(dataset))
    types = nest.map_structure(repr, datasets.get_legacy_output_types(dataset))
    text = "<%s shapes: %s, types: %s>" % (type(dataset).__name__, shapes, types)
    return text.replace("'", "")


def _inner(module):
    return importlib.import_module("tensorflow.python." + module)


@functools.lru_cache(maxsize=None)
def _parameters():
    """{"tf.nn.top_k": "input, k=1, ..."}: the functions whose parameters changed, with 1.15.5's."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "parameters_1_15.json")) as file:
        return json.load(file)


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
    return functools.wraps(function)(lambda *args, **kwargs: _call_with_old_sentences(function, *args, **kwargs))


@replaces("ops.lookup_ops:IdTableWithHashBuckets.__init__", "KERAS.src.engine.training:Model.summary")
def _call_with_old_sentences(original, *args, **kwargs):
    try:
        return original(*args, **kwargs)
    except (TypeError, ValueError) as error:
        for pattern, sentence in _SENTENCES.items():
            match = re.fullmatch(pattern, str(error), re.DOTALL)
            if match:
                raise type(error)(match.expand(sentence)) from None
        raise


def _stands_for(*paths):
    """Marks make(today's object, the view of its namespace), whose result stands for it."""

    def mark(make):
        _OURS.update(dict.fromkeys(paths, make))
        return make

    return mark


@_stands_for("tf.nn.softmax_cross_entropy_with_logits")
def _softmax_cross_entropy(function, view):
    def softmax_cross_entropy_with_logits(_sentinel=None, labels=None, logits=None, dim=-1, name=None, axis=None):
        _refuse_positions(function, _sentinel)
        return function(labels=labels, logits=logits, dim=dim, name=name, axis=axis)

    return _named_as(softmax_cross_entropy_with_logits, function)


@_stands_for("tf.nn.sigmoid_cross_entropy_with_logits", "tf.nn.sparse_softmax_cross_entropy_with_logits")
def _other_cross_entropy(function, view):
    def cross_entropy_with_logits(_sentinel=None, labels=None, logits=None, name=None):
        _refuse_positions(function, _sentinel)
        return function(labels=labels, logits=logits, name=name)

    return _named_as(cross_entropy_with_logits, function)


def _refuse_positions(function, sentinel):
    """TensorFlow 0.x had (logits, labels), TensorFlow 2 has (labels, logits); 1.15.5 accepted neither by position."""
    if sentinel is not None:
        raise ValueError("Only call `%s` with named arguments (labels=..., logits=..., ...)" % function.__name__)


@_stands_for("tf.divide", "tf.math.divide")
def _divide(function, view):
    def divide(x, y, name=None):
        return x / y if name is None else function(x, y, name)  # two numbers of Python give a number

    return _named_as(divide, function)


_stands_for("tf.keras.regularizers.l1")(lambda function, view: lambda l=0.01: view.L1L2(l1=l))  # noqa: E741
_stands_for("tf.keras.regularizers.l2")(lambda function, view: lambda l=0.01: view.L1L2(l2=l))  # noqa: E741
_stands_for("tf.VERSION", "tf.__version__", "tf.version.VERSION")(lambda version, view: VERSION)
_stands_for("tf.GRAPH_DEF_VERSION", "tf.version.GRAPH_DEF_VERSION")(lambda version, view: 134)
for _name in ("fft", "ifft", "fft2d", "ifft2d", "fft3d", "ifft3d"):  # refuse what 1.15.5 refused
    _stands_for("tf." + _name, "tf.signal." + _name, "tf.spectral." + _name)(
        lambda function, view: getattr(_inner("ops.gen_spectral_ops"), function.__name__)
    )


@_stands_for("tf.keras.utils.deserialize_keras_object", "tf.keras.utils.serialize_keras_object")
def _serialization(function, view):
    keras = function.__module__.partition(".")[0]
    return getattr(importlib.import_module(keras + ".src.saving.legacy.serialization"), function.__name__)


@_stands_for("tf.test.is_built_with_cuda")
def _is_built_with_cuda(function, view):
    def is_built_with_cuda():
        return view.is_gpu_available()  # today's wheels are, also where no operation can be placed on a GPU

    return _named_as(is_built_with_cuda, function)


@_stands_for(
    *("tf.keras.losses." + name for name in ("cosine", "cosine_proximity", "cosine_similarity")),
    *("tf.keras.metrics." + name for name in ("cosine", "cosine_proximity")),
)
def _cosine(function, view):
    def cosine_proximity(y_true, y_pred, axis=-1):
        return -function(y_true, y_pred, axis=axis)  # TensorFlow 2 changed the sign

    return _named_as(cosine_proximity, function)


def _is_axis(value):
    return isinstance(value, int) and not isinstance(value, bool)


@_stands_for("tf.concat")
def _concat(function, view):
    def concat(values, axis, name="concat"):
        if _is_axis(values) and not _is_axis(axis):
            note("tf.concat(axis, values) is the argument order of TensorFlow 0.x")
            values, axis = axis, values
        return function(values, axis, name)

    return _named_as(concat, function)


@_stands_for("tf.split")
def _split(function, view):
    def split(value, num_or_size_splits, axis=0, num=None, name="split"):
        if _is_axis(value) and _is_axis(num_or_size_splits) and hasattr(axis, "get_shape"):
            note("tf.split(axis, num, value) is the argument order of TensorFlow 0.x")
            value, axis = axis, value
        return function(value, num_or_size_splits, axis, num, name)

    return _named_as(split, function)
