"""Names that numpy, Python, matplotlib and TensorFlow have retired since, for the program only."""

import builtins
import collections
import contextlib
import ctypes
import functools
import gc
import importlib
import inspect
import io
import math
import os
import re
import sys
import time
import traceback
import types

from tf1.patches import replaces

_noted = set()


def note(text):
    """Writes one line on standard error, once."""
    if text not in _noted:
        _noted.add(text)
        sys.stderr.write("tf1: %s\n" % text)


# --- TensorFlow

# names of TensorFlow 0.x whose arguments are those of the new name
_RENAMED = {
    "audio_summary": "summary.audio",
    "batch_cholesky": "cholesky",
    "batch_matmul": "matmul",
    "complex_abs": "abs",
    "histogram_summary": "summary.histogram",
    "image_summary": "summary.image",
    "inv": "reciprocal",
    "merge_all_summaries": "summary.merge_all",
    "merge_summary": "summary.merge",
    "mul": "multiply",
    "neg": "negative",
    "nn.bidirectional_rnn": "nn.static_bidirectional_rnn",
    "nn.rnn": "nn.static_rnn",
    "nn.rnn_cell.linear": "contrib.rnn.python.ops.core_rnn_cell._linear",
    "nn.seq2seq": "contrib.legacy_seq2seq",
    "nn.state_saving_rnn": "nn.static_state_saving_rnn",
    "ops.reset_default_graph": "reset_default_graph",
    "pack": "stack",
    "scalar_summary": "summary.scalar",
    "select": "where",
    "sub": "subtract",
    "train.SummaryWriter": "summary.FileWriter",
    "unpack": "unstack",
}
# names that were gone before 1.15 and whose replacements take other arguments
_GONE = {
    "contrib.learn.TensorFlowEstimator": "tf.contrib.learn.Estimator, or SKCompat around one",
    "contrib.learn.TensorFlowDNNClassifier": "tf.contrib.learn.DNNClassifier",
    "contrib.learn.TensorFlowDNNRegressor": "tf.contrib.learn.DNNRegressor",
    "contrib.learn.TensorFlowLinearClassifier": "tf.contrib.learn.LinearClassifier",
    "contrib.learn.TensorFlowLinearRegressor": "tf.contrib.learn.LinearRegressor",
    "contrib.learn.TensorFlowRNNClassifier": "tf.contrib.learn.DynamicRnnEstimator",
    "contrib.learn.ops": "tf.nn and tf.contrib.layers",
    "contrib.learn.models": "a model function for tf.contrib.learn.Estimator",
    "contrib.seq2seq.prepare_attention": "tf.contrib.seq2seq.LuongAttention or BahdanauAttention",
    "contrib.seq2seq.attention_decoder_fn_train": "tf.contrib.seq2seq.AttentionWrapper with a TrainingHelper",
    "contrib.seq2seq.attention_decoder_fn_inference": "tf.contrib.seq2seq.AttentionWrapper, GreedyEmbeddingHelper",
    "contrib.seq2seq.simple_decoder_fn_train": "tf.contrib.seq2seq.BasicDecoder with a TrainingHelper",
    "contrib.seq2seq.simple_decoder_fn_inference": "tf.contrib.seq2seq.BasicDecoder with a GreedyEmbeddingHelper",
    "contrib.seq2seq.dynamic_rnn_decoder": "tf.contrib.seq2seq.dynamic_decode",
    "contrib.seq2seq.DynamicAttentionWrapper": "tf.contrib.seq2seq.AttentionWrapper",
}


def replacement(path):
    """The name that replaced ``path`` ("tensorflow.mul"), noted on standard error; None if it was not renamed."""
    old = path.partition(".")[2]
    if old not in _RENAMED:
        return None
    note("tf.%s is TensorFlow 0.x's name of tf.%s" % (old, _RENAMED[old]))
    return "tensorflow." + _RENAMED[old]


def sentence(path):
    """What replaced a name that was gone before TensorFlow 1.15, None if it is not known."""
    old = path.partition(".")[2].replace("contrib.learn.python.learn.", "contrib.learn.")
    return "tf.%s was removed before TensorFlow 1.15; use %s" % (old, _GONE[old]) if old in _GONE else None


def restore_assertions():
    """Gives unittest.TestCase the names that Python 3.12 took away, and tf.test.TestCase assertItemsEqual."""
    case = sys.modules["unittest"].TestCase  # which TensorFlow has imported
    new_names = dict(assert_="assertTrue", assertRaisesRegexp="assertRaisesRegex", assertItemsEqual="assertCountEqual")
    new_names.update(assertRegexpMatches="assertRegex", assertNotRegexpMatches="assertNotRegex")
    for name in ("Equal", "NotEqual", "AlmostEqual", "NotAlmostEqual"):
        new_names["assert%ss" % name] = "assert" + name
    for old, new in new_names.items():
        if not hasattr(case, old):
            setattr(case, old, getattr(case, new))


def _flags(module):
    """The program's own definition of a flag wins over absl's of the same name (log_dir, v, verbosity, ...)."""

    def defining(define):
        def define_flag(name, *args, **kwargs):
            if name in module.FLAGS and (module.FLAGS.find_module_defining_flag(name) or "").startswith("absl."):
                delattr(module.FLAGS, name)
            return define(name, *args, **kwargs)

        return define_flag

    return {name: defining(getattr(module, name)) for name in dir(module) if name.startswith("DEFINE_")}


def _ops(module):
    """``Operation`` for contrib.graph_editor, which makes operations by calling the class as 1.15.5 had it.

    Shape functions are C++ now, and so is the operation of contrib.image, with its gradient.
    """

    def register_gradient(op_type):
        if op_type == "ImageProjectiveTransformV2":
            return lambda function: function
        return module.RegisterGradient(op_type)

    cls = module.Operation
    kind = {
        "__call__": lambda self, *arguments: cls.from_node_def(*arguments),
        "__instancecheck__": lambda self, value: isinstance(value, cls),
    }
    operation = type("_OperationType", (type,), kind)("Operation", (), {"__doc__": cls.__doc__})
    register_shape = lambda op_type: lambda function: function  # noqa: E731
    return {"Operation": operation, "RegisterGradient": register_gradient, "RegisterShape": register_shape}


def _op_def_registry(module):
    def get_registered_ops():
        """{name: OpDef} of all operations."""
        session = importlib.import_module("tensorflow.python.client.pywrap_tf_session")
        ops = module.op_def_pb2.OpList.FromString(session.TF_GetBuffer(session.TF_GetAllOpList()))
        return {op.name: op for op in ops.op}

    return {"get_registered_ops": get_registered_ops}


def _all_util(module):
    def remove_undocumented(module_name, *args, **kwargs):
        """contrib.framework would delete names from a module of TensorFlow; those of contrib may be deleted from."""
        if module_name.startswith("tensorflow.contrib."):
            module.remove_undocumented(module_name, *args, **kwargs)

    return {"remove_undocumented": remove_undocumented}


@replaces("tf1.examples.tutorials.mnist.input_data:read_data_sets")
def _read_data_sets(read, train_dir, *args, **kwargs):
    """Draws batches from numpy's own random state, seeded from tf.set_random_seed, as TensorFlow 1 did.

    The files that the program's directory has are read whatever they are; else MNIST is read from MNIST_DATA, or
    downloaded.
    """
    from tf1 import view
    from tf1.examples.tutorials.mnist import input_data

    arguments = inspect.signature(read).bind(train_dir, *args, **kwargs).arguments
    seed = arguments.get("seed")
    graph_seed, op_seed = view.load("tensorflow").get_seed(seed)
    numpy = importlib.import_module("numpy")
    numpy.random.seed(graph_seed if seed is None else op_seed)
    missing = not all(os.path.exists(os.path.join(train_dir, name)) for name in input_data.FILES)
    if missing and os.environ.get("MNIST_DATA"):
        train_dir = os.environ["MNIST_DATA"]
    sets = read(train_dir, *args, random_state=numpy.random, other_images=not missing, **kwargs)
    if not arguments.get("fake_data"):
        for name in input_data.FILES:
            print("Extracting", os.path.join(train_dir, name))
    return sets


# --- numpy


def _itemset(self, *place_and_value):
    """Sets the element at a flat index or a tuple, the only element without one."""
    place = place_and_value[0] if len(place_and_value) > 1 else 0
    (self if isinstance(place, tuple) else self.flat)[place] = place_and_value[-1]


def _restore_array_methods(numpy):
    """Gives arrays the methods that numpy 2 took away; the type is written in C and takes them by its dictionary."""
    methods = gc.get_referents(vars(numpy.ndarray))[0]
    methods["itemset"] = _itemset
    methods["newbyteorder"] = lambda self, new_order="S": self.view(self.dtype.newbyteorder(new_order))
    methods["ptp"] = numpy.ptp
    methods["tostring"] = numpy.ndarray.tobytes
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(numpy.ndarray))


def _of_any_iterable(function):
    """Joins the arrays of a generator or a map, too."""

    @functools.wraps(function)
    def join(arrays, *args, **kwargs):
        return function(arrays if hasattr(arrays, "__getitem__") else list(arrays), *args, **kwargs)

    return join


def _numpy(numpy):
    if numpy.lib.NumpyVersion(numpy.__version__) >= "2.0.0":
        numpy.set_printoptions(legacy="1.25")  # 1.5, not np.float32(1.5)
        _restore_array_methods(numpy)

    if_needed = None if numpy.__version__ >= "2" else False

    def array(object, dtype=None, copy=True, **options):
        options["copy"] = copy or if_needed
        try:
            return numpy.array(object, dtype, **options)
        except NotImplementedError:
            if not isinstance(object, (list, tuple)):
                raise
            tensors = numpy.empty(len(object), builtins.object)
            for index, tensor in enumerate(object):
                tensors[index] = tensor
            return tensors
        except ValueError as error:
            if dtype is not None or "inhomogeneous" not in str(error):
                raise
            return numpy.array(object, dtype=builtins.object, **options)

    def asarray(a, dtype=None, order=None):
        return array(a, dtype, copy=False, order=order)

    def sum(a, *args, **kwargs):
        return numpy.sum(array(a) if isinstance(a, (list, tuple)) else a, *args, **kwargs)

    def fromstring(string, dtype=float, count=-1, sep=""):
        if sep:
            return numpy.fromstring(string, dtype, count, sep=sep)
        return numpy.frombuffer(string, dtype, count).copy()

    def load(file, mmap_mode=None, allow_pickle=True, fix_imports=True, encoding="ASCII"):
        """As numpy before 1.16.3 did: reads the program's own pickled arrays without being asked to."""
        return numpy.load(file, mmap_mode, allow_pickle=allow_pickle, fix_imports=fix_imports, encoding=encoding)

    names = {name: getattr(builtins, name) for name in ("bool", "complex", "float", "int", "object", "str")}
    names.update(long=int, unicode=str, array=array, asarray=asarray, sum=sum, fromstring=fromstring, load=load)
    names.update(NaN=numpy.nan, NAN=numpy.nan, Inf=numpy.inf, infty=numpy.inf, Infinity=numpy.inf, PINF=numpy.inf)
    names.update(NINF=-numpy.inf, float_=numpy.float64, complex_=numpy.complex128, unicode_=numpy.str_)
    names.update(string_=numpy.bytes_, product=numpy.prod, cumproduct=numpy.cumprod, sometrue=numpy.any)
    names.update(alltrue=numpy.all, round_=numpy.round, row_stack=numpy.vstack, rank=numpy.ndim, mat=numpy.asmatrix)
    for name in ("stack", "vstack", "hstack", "dstack", "column_stack"):
        names[name] = _of_any_iterable(getattr(numpy, name))
    names["asscalar"] = lambda a: a.item()
    names["asfarray"] = lambda a, dtype=numpy.float64: numpy.asarray(a, dtype)
    names["in1d"] = lambda ar1, ar2, **options: numpy.isin(numpy.ravel(ar1), ar2, **options)
    names["msort"] = lambda a: numpy.sort(a, axis=0)
    names["trapz"] = getattr(numpy, "trapezoid", None) or numpy.trapz
    return names


# --- Python


def import_module(name, package=None):
    """importlib.import_module of the program: imports as its import statement does."""
    from tf1 import view

    return view.load(importlib.util.resolve_name(name, package) if name.startswith(".") else name)


def _inspect(module):
    specification = collections.namedtuple("ArgSpec", "args varargs keywords defaults")

    def getargspec(func):
        return specification(*inspect.getfullargspec(func)[:4])

    return {"ArgSpec": specification, "getargspec": getargspec}


def _imp(module):
    def load_source(name, pathname, file=None):
        spec = importlib.util.spec_from_file_location(name, pathname)
        sys.modules[name] = loaded = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(loaded)
        return loaded

    return {"load_source": load_source, "new_module": types.ModuleType, "reload": importlib.reload}


# --- matplotlib

_NO_SCREEN = {"agg", "cairo", "pdf", "pgf", "ps", "svg", "template"}
_figures = []


def _matplotlib(module):
    return {"use": lambda backend, *args, **kwargs: _switch_backend(backend)}


def _switch_backend(newbackend):
    pyplot = importlib.import_module("matplotlib.pyplot")
    try:
        pyplot.switch_backend(newbackend)
    except ImportError:  # it needs a screen, or a toolkit that is not installed
        pyplot.switch_backend("agg")


def _pyplot(module):
    def show(*args, **kwargs):
        """Without a screen the figures are saved in the working directory."""
        if module.get_backend().lower() not in _NO_SCREEN:
            return module.show(*args, **kwargs)
        program = os.path.splitext(os.path.basename(sys.argv[0]))[0] or "program"
        for number in module.get_fignums():
            path = os.path.abspath("%s_figure_%d.png" % (program, len(_figures) + 1))
            module.figure(number).savefig(path)
            _figures.append(path)
            sys.stderr.write("tf1: no screen; the figure is saved as %s\n" % path)
        module.close("all")

    return {"show": show, "switch_backend": _switch_backend}


# --- tools

_LINES_OF_A_CHECKPOINT = {
    r"^tensor: (.*) \(\w+\) \[[\d, ]*\]$": r"tensor_name:  \1",
    r"^Tensor (.*) not found in checkpoint$": r"tensor_name:  \1\nKey \1 not found in checkpoint",
}


def _inspect_checkpoint(module):
    def print_tensors_in_checkpoint_file(file_name, tensor_name, all_tensors, *args, **kwargs):
        """Prints the names and values in a checkpoint, in the lines of 1.15.5."""
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            module.print_tensors_in_checkpoint_file(file_name, tensor_name, all_tensors, *args, **kwargs)
        text = printed.getvalue()
        for line, before in _LINES_OF_A_CHECKPOINT.items():
            text = re.sub(line, before, text, flags=re.MULTILINE)
        sys.stdout.write(text)

    return {"print_tensors_in_checkpoint_file": print_tensors_in_checkpoint_file}


def _pillow(module):
    return {"ANTIALIAS": module.LANCZOS, "CUBIC": module.BICUBIC, "LINEAR": module.BILINEAR}


# module -> function(the real module) -> {name: value} for the program
MODULES = {
    "PIL": lambda module: {},
    "PIL.Image": _pillow,
    "collections": lambda module: {name: getattr(module.abc, name) for name in module.abc.__all__},
    "fractions": lambda module: {"gcd": math.gcd},
    "imp": _imp,
    "importlib": lambda module: {"import_module": import_module},
    "inspect": _inspect,
    "matplotlib": _matplotlib,
    "matplotlib.pylab": _pyplot,
    "matplotlib.pyplot": _pyplot,
    "numpy": _numpy,
    "pylab": _pyplot,
    "tensorflow.keras": lambda module: {"__version__": "2.2.4-tf"},
    "tensorflow.python.framework.common_shapes": lambda module: {"call_cpp_shape_fn": None},  # is always called
    "tensorflow.python.framework.device": lambda module: {"DeviceSpec": module.device_spec.DeviceSpecV1},
    "tensorflow.python.framework.op_def_registry": _op_def_registry,
    "tensorflow.python.framework.ops": _ops,
    "tensorflow.python.platform.flags": _flags,
    "tensorflow.python.tools.inspect_checkpoint": _inspect_checkpoint,
    "tensorflow.python.util.all_util": _all_util,
    "time": lambda module: {"clock": time.process_time},
}

# --- Python 2

_PYTHON_2 = ("xrange", "unicode", "raw_input", "basestring", "unichr", "reduce", "cPickle", "urllib2", "ConfigParser")
_PYTHON_2 += ("Queue", "StringIO", "cStringIO", "iteritems", "itervalues", "iterkeys", "has_key", "execfile", "reload")
_PYTHON_2_SYNTAX = ("Missing parentheses in call to", "multiple exception types must be parenthesized")
_PYTHON_2_SYNTAX += ("leading zeros in decimal integer", "invalid hexadecimal literal", "inconsistent use of tabs")


def python_2(error):
    """The sentence for an error that a program written for Python 2 ends with, None for other errors."""
    lines = [line for _, line in traceback.walk_tb(error.__traceback__)] or [None]
    text = str(error)
    name = getattr(error, "name", None) or (text.split("'")[-2] if text.count("'") > 1 else "")
    if isinstance(error, SyntaxError):
        is_python_2 = text.startswith(_PYTHON_2_SYNTAX)
        lines.append(error.lineno)
    else:
        is_python_2 = isinstance(error, (NameError, ImportError, AttributeError)) and name in _PYTHON_2
    if is_python_2:
        return "line %s is Python 2; '2to3 -w' of Python 3.12 and older converts the program" % lines[-1]
    return None
