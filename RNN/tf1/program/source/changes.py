"""The changes in 1.15.5's own Python, each with its reason.

Functions and attributes of ours are put in after a module has loaded. Only where that is impossible a fragment of a
file is replaced; a file in which the fragment is not found is refused.
"""

import base64
import functools
import hashlib
import importlib
import inspect
import logging
import os
import re
import traceback
import types
import weakref

# file -> [(fragment, replacement)]
_FRAGMENTS = {
    # numpy 1.25 compares an array with a string element by element
    "tensorflow_core/contrib/factorization/python/ops/gmm_ops.py": [
        ("initial_clusters != 'random'", "not (isinstance(initial_clusters, str) and initial_clusters == 'random')")
    ],
    # numpy 1.23 indexes with a tuple of slices only
    "tensorflow_core/contrib/framework/python/ops/variables.py": [
        ("ckpt_value[slice_dims]", "ckpt_value[tuple(slice_dims)]")
    ],
    # Python 3.13 removes the indentation of docstrings, which this looks for
    "tensorflow_core/python/keras/layers/normalization.py": [("    assert old in string\n", "")],
    # protobuf 7 has is_repeated in place of label
    "tensorflow_core/python/util/protobuf/compare.py": [
        (
            "desc.label is not descriptor.FieldDescriptor.LABEL_REPEATED",
            "not (desc.is_repeated if hasattr(desc, 'is_repeated') else desc.label == desc.LABEL_REPEATED)",
        )
    ],
}


def changed(file, source):
    """The source of a file with its fragments replaced.

    Raises:
        ImportError: a fragment is not in it.
    """
    for old, new in _FRAGMENTS.get(file, ()):
        if old.encode() not in source:
            raise ImportError("%s does not contain %r" % (file, old))
        source = source.replace(old.encode(), new.encode())
    return source


@functools.lru_cache(maxsize=None)
def digest():
    """Identifies the replaced fragments, so that bytecode made with others is not used."""
    return hashlib.sha256(repr(_FRAGMENTS).encode()).hexdigest()


# texts of C++ -> 1.15.5's, which has an operation's name and type instead of its NodeDef
_ERROR_TEXTS = (
    (re.compile(r"'\{\{node ([^}]*)\}\} = (\w+)\[.*?\]\([^()]*\)'(?= with)"), r"'\1' (op: '\2')"),
    (re.compile(r"(used by \{\{node [^}]*\}\}) with these attrs"), r"\1with these attrs"),
    (re.compile(r"goo\.gle/debug\w+\s+"), ""),
    (
        re.compile(r"as TensorProto, base64: (\S+)"),
        lambda found: "as TensorProto: '%s'" % base64.b64decode(found.group(1)).decode("latin1"),
    ),
    (
        re.compile(
            r"Dimensions \[0,(\d+)\) of indices\[shape=(\[.*?\])\] = \[.*?\] must match dimensions "
            r"\[0,\d+\) of updates\[shape=(\[.*?\])\] = \[.*?\]"
        ),
        r"The outer \1 dimensions of indices.shape=\2 must match the outer \1 dimensions of updates.shape=\3",
    ),
    (
        re.compile(
            r"Dimensions \[(\d+),(\d+)\) of input\[shape=(\[.*?\])\] = \[.*?\] must match dimensions "
            r"\[\d+,\d+\) of updates\[shape=(\[.*?\])\] = \[.*?\]"
        ),
        lambda found: (
            "The inner {0} dimensions of input.shape={1} must match the inner {0} dimensions of "
            "updates.shape={2}".format(int(found.group(2)) - int(found.group(1)), found.group(3), found.group(4))
        ),
    ),
    (
        re.compile(r"Could not find variable (\S+)\. .*? container=(\S*), status error message="),
        r"Error while reading resource variable \1 from Container: \2. "
        "This could mean that the variable was uninitialized. Not found: ",
    ),
    (re.compile(r"(ConcatOp : Dimension) \d+ in both shapes must be equal"), r"\1s of inputs should match"),
    (re.compile(r"convolution (input must be 4-dimensional): "), r"\1"),
    (re.compile(r"(does not index into param shape \[.*?\]), node name: \S+"), r"\1"),
    (re.compile(r"(tags and values) are( not the same shape)"), r"\1\2"),
    (re.compile(r"(Can't parse serialized Example):.*"), r"\1."),
    (re.compile(r"(Cholesky decomposition was not successful\..*?) : Tensor had .*"), r"\1"),
    (re.compile(r"(corrupted record at \d+) \(.*\)"), r"\1"),
    (re.compile("specified for empty input"), "specified for empty output shape"),
    (re.compile("element_shape_except_first_dim is not"), "element_shape_except_first_dim_ is not"),
    (
        re.compile(r"(min consumer version \d+ above current version )\d+ for TensorFlow \S+\.  "),
        r"\g<1>134 for TensorFlow 1.15.5.  ",
    ),
)


def _ops(module):
    def override(cls, operator, function):
        """type itself has ``|`` since Python 3.10, so getattr(Tensor, "__or__") finds it: ask the classes."""
        existing = next((vars(base)[operator] for base in cls.__mro__ if operator in vars(base)), None)
        if existing is not None and not isinstance(existing, type(object.__lt__)):
            raise ValueError("operator %s cannot be overwritten again on class %s." % (operator, cls))
        if operator not in module.Tensor.OVERLOADABLE_OPERATORS:
            raise ValueError("Overriding %s is disallowed" % operator)
        setattr(cls, operator, function)

    module._override_helper = override
    dismantle = module.dismantle_graph

    def dismantle_graph(graph):
        """Takes the graph of C++ apart, too, in which operations and graph hold one another."""
        c_graph = graph._c_graph
        dismantle(graph)
        c_graph.ops.clear()
        c_graph.Dismantle()

    module.dismantle_graph = dismantle_graph


def _errors(module):
    """C++ passes one argument more than 1.15.5's, a dict of payloads."""

    def taking_payloads(cls):
        initialize = cls.__init__

        @functools.wraps(initialize)
        def __init__(self, node_def, op, message, *code_or_payloads):
            for text, old_text in _ERROR_TEXTS if isinstance(message, str) else ():
                message = text.sub(old_text, message)
            hidden = getattr(getattr(getattr(op, "graph", None), "_c_graph", None), "hidden", {})
            if hidden and op.name in hidden:  # a part of an operation of 1.15.5
                op = op.graph.get_operation_by_name(hidden[op.name])
                node_def = op.node_def
            initialize(self, node_def, op, message, *(x for x in code_or_payloads if not isinstance(x, dict)))

        __init__.__signature__ = inspect.signature(initialize)
        cls.__init__ = __init__

    for value in list(vars(module).values()):
        if isinstance(value, type) and issubclass(value, module.OpError) and "__init__" in vars(value):
            taking_payloads(value)


def _tf_logging(module):
    """Python's logging calls findCaller(stack_info, stacklevel)."""

    def find_caller(stack_info=False, stacklevel=1):
        code, frame = module._get_caller(4)  # which counts frames
        place = "(unknown file)", 0, "(unknown function)"
        if code:
            place = code.co_filename, frame.f_lineno, code.co_name
        return place + ("\n".join(traceback.format_stack()) if stack_info else None,)

    module._logger_find_caller = find_caller
    logging.getLogger("tensorflow").addFilter(_is_news)


_DEPRECATIONS = re.compile(
    r"From .*(is|are) deprecated|.*contrib module will not be included in TensorFlow 2", re.DOTALL
)


def _is_news(record):
    """A program of 2018 needs no warning that its functions are deprecated."""
    try:
        return not _DEPRECATIONS.match(record.getMessage().strip())
    except Exception:  # its arguments do not fit: the handler reports that, and the program continues
        return True


def _tf_inspect(module):
    """TensorFlow 2's autograph asks it for all names of inspect; create_op asks for its own parameters each time."""
    for name in dir(inspect):
        if not name.startswith("__"):
            vars(module).setdefault(name, getattr(inspect, name))
    original, known = module._getfullargspec, weakref.WeakKeyDictionary()

    def getfullargspec(target):
        if type(target) is not types.FunctionType:
            return original(target)
        if target not in known:
            known[target] = original(target)
        spec = known[target]
        return spec._replace(  # its own lists, which the caller may change
            args=list(spec.args), kwonlyargs=list(spec.kwonlyargs), annotations=dict(spec.annotations)
        )

    module._getfullargspec = getfullargspec


def _session(module):
    """numpy 2 raises OverflowError for a fed number that does not fit; 1.15.5 then raises its TypeError."""
    convert = module._convert_to_numpy_obj

    def convert_to_numpy_obj(numpy_dtype, obj):
        try:
            return convert(numpy_dtype, obj)
        except OverflowError:
            return None

    module._convert_to_numpy_obj = convert_to_numpy_obj


def _importer(module):
    """TensorFlow 2 has other sizes for outputs of a fused batch norm's gradient, and refuses those of a saved graph."""
    process = module._ProcessGraphDefParam

    def process_graph_def(graph_def, op_dict):
        graph_def = process(graph_def, op_dict)
        for node in graph_def.node:
            if node.op.startswith("FusedBatchNormGrad"):
                node.attr.pop("_output_shapes", None)
        return graph_def

    module._ProcessGraphDefParam = process_graph_def


def _contrib(module):
    module.__name__ = "tensorflow_core.contrib"  # as in 1.15.5


def _op_libraries(module):
    """contrib's C++ libraries were compiled for TensorFlow 1.15."""
    module.load_op_library = lambda path: None


def _compat(module):
    """A program that was converted twice has tf.compat.v1.compat.v1."""
    module.__getattr__ = lambda name: importlib.import_module("tensorflow.compat." + name)


def _mnist(module):
    """MNIST that the program's directory does not have: from the one that MNIST_DATA names, or from today's mirrors."""
    download = module.maybe_download

    def maybe_download(filename, work_directory, source_url):
        digits = importlib.import_module("tf1.examples.tutorials.mnist.files")
        path = os.path.join(work_directory, filename)
        if os.path.exists(path) or filename not in digits.FILES:
            return download(filename, work_directory, source_url)
        known = os.path.join(os.environ.get("MNIST_DATA", ""), filename)
        if os.path.isfile(known):
            return known
        digits.download(filename, work_directory, digits.MIRRORS)
        return path

    module.maybe_download = maybe_download


AFTER_LOADING = {
    "tensorflow._api.v1.compat.v1.compat": _compat,
    "tensorflow.contrib": _contrib,
    "tensorflow.contrib.learn.python.learn.datasets.base": _mnist,
    "tensorflow.contrib.util.loader": _op_libraries,
    "tensorflow.python.client.session": _session,
    "tensorflow.python.framework.errors_impl": _errors,
    "tensorflow.python.framework.importer": _importer,
    "tensorflow.python.framework.ops": _ops,
    "tensorflow.python.platform.tf_logging": _tf_logging,
    "tensorflow.python.util.tf_inspect": _tf_inspect,
}
