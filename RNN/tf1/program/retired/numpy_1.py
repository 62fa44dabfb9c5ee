"""numpy as programs of 2019 know it.

Names that numpy has removed are restored for all code. Names that mean something else today (np.bool, np.array) are
numpy 1.18's for old code and today's for libraries: numpy's ``__getattr__`` asks who wants them, so that they are the
same however the code was loaded. Functions are at module level, so that they can be pickled.
"""

import ast
import builtins
import ctypes
import functools
import gc
import math
import pickle
import warnings

import numpy

from tf1.program.retired.callers import is_old_code

_NUMPY_2 = int(numpy.__version__.split(".")[0]) >= 2
_array, _load, _fromstring, _issubdtype, _histogram = (
    getattr(numpy, name) for name in ("array", "load", "fromstring", "issubdtype", "histogram")
)


def array(object, dtype=None, copy=True, **options):
    """numpy.array, with ``copy=False`` for "if needed" and object arrays of rows of different lengths."""
    if copy is False and _NUMPY_2:
        copy = None
    try:
        made = _array(object, dtype, copy=copy, **options)
    except NotImplementedError:  # tensors
        if not isinstance(object, (list, tuple)):
            raise
        made = numpy.empty(len(object), builtins.object)
        for index, tensor in enumerate(object):
            made[index] = tensor
    except ValueError as error:
        if dtype is not None or "inhomogeneous" not in str(error):
            raise
        made = _array(object, dtype=builtins.object, **options)
    except OverflowError:  # numpy 2: an integer that does not fit its type was wrapped
        if numpy.dtype(dtype).kind not in "iu":
            raise
        made = _array(object).astype(dtype)
    if dtype is None and made.dtype.kind == "U" and isinstance(object, (list, tuple)) and made.size:
        # numbers among strings do not need 21 characters
        return made.astype("U%d" % builtins.max(1, *(len(text) for text in made.flat)))
    return made


def asarray(a, dtype=None, order=None):
    """numpy.asarray by ``array``."""
    return array(a, dtype, copy=False, order=order)


def load(file, mmap_mode=None, allow_pickle=True, **options):
    """numpy.load as before 1.16.3: reads the program's own pickled arrays without being asked to."""
    return _load(file, mmap_mode, allow_pickle=allow_pickle, **options)


def fromstring(string, dtype=float, count=-1, sep=""):
    """numpy.fromstring, of bytes too."""
    if sep:
        return _fromstring(string, dtype, count, sep=sep)
    return numpy.frombuffer(string, dtype, count).copy()


def issubdtype(arg1, arg2):
    """numpy.issubdtype; float stands for all floating types, int for all signed ones."""
    if not (isinstance(arg2, type) and issubclass(arg2, numpy.generic)) and not isinstance(arg2, numpy.dtype):
        arg2 = numpy.dtype(arg2).type.__mro__[1]
    return _issubdtype(arg1, arg2)


def histogram(a, bins=10, range=None, normed=None, weights=None, density=None):
    """numpy.histogram, with ``normed`` for ``density``."""
    return _histogram(a, bins, range, density=density or bool(normed), weights=weights)


def _of_lists(function):
    """Reduces a list with tensors in it, as an array of objects."""

    @functools.wraps(function)
    def reduce(a, *args, **kwargs):
        return function(array(a) if isinstance(a, (list, tuple)) else a, *args, **kwargs)

    return reduce


def _of_iterables(function):
    """Joins the arrays of a generator or a map, too."""

    @functools.wraps(function)
    def join(arrays, *args, **kwargs):
        return function(arrays if hasattr(arrays, "__getitem__") else list(arrays), *args, **kwargs)

    return join


def asscalar(a):
    return a.item()


def asfarray(a, dtype=numpy.float64):
    return numpy.asarray(a, dtype)


def in1d(ar1, ar2, **options):
    return numpy.isin(numpy.ravel(ar1), ar2, **options)


def msort(a):
    return numpy.sort(a, axis=0)


def ndfromtxt(fname, **options):
    return numpy.genfromtxt(fname, **dict(options, usemask=False))


# the same names for old code and for libraries: numpy has removed them
_REMOVED = {
    **{name: getattr(builtins, name) for name in ("complex", "float", "int", "object", "str")},
    **dict.fromkeys(("NaN", "NAN"), numpy.nan),
    **dict.fromkeys(("Inf", "Infinity", "PINF", "infty"), numpy.inf),
    "NINF": -numpy.inf,
    "NZERO": -0.0,
    "PZERO": 0.0,
    "alen": len,
    "alltrue": numpy.all,
    "asfarray": asfarray,
    "asscalar": asscalar,
    "bool8": numpy.bool_,
    "complex_": numpy.complex128,
    "cumproduct": numpy.cumprod,
    "float_": numpy.float64,
    "in1d": in1d,
    "int0": numpy.intp,
    "loads": pickle.loads,
    "longcomplex": numpy.clongdouble,
    "longfloat": numpy.longdouble,
    "mat": numpy.asmatrix,
    "math": math,
    "msort": msort,
    "ndfromtxt": ndfromtxt,
    "product": numpy.prod,
    "rank": numpy.ndim,
    "round_": numpy.round,
    "row_stack": numpy.vstack,
    "safe_eval": ast.literal_eval,
    "singlecomplex": numpy.complex64,
    "sometrue": numpy.any,
    "string_": numpy.bytes_,
    "trapz": getattr(numpy, "trapezoid", None),
    "unicode": str,
    "unicode_": numpy.str_,
    "warnings": warnings,
}
_REDUCTIONS = ("amax", "amin", "max", "mean", "min", "prod", "sum")
_JOINS = ("column_stack", "dstack", "hstack", "stack", "vstack")
# numpy 1.18's for old code, today's for libraries
_CHANGED = {
    "array": array,
    "asarray": asarray,
    "bool": bool,
    "fromstring": fromstring,
    "histogram": histogram,
    "issubdtype": issubdtype,
    "load": load,
    "long": int,
    **{name: _of_lists(getattr(numpy, name)) for name in _REDUCTIONS},
    **{name: _of_iterables(getattr(numpy, name)) for name in _JOINS},
}
for _name in (
    "amax",
    "amin",
    "max",
    "mean",
    "min",
    "prod",
    "sum",
    "column_stack",
    "dstack",
    "hstack",
    "stack",
    "vstack",
):
    globals()[_name] = _CHANGED[_name]
    _CHANGED[_name].__module__ = __name__
_today = {}


def restore(module):
    """Adds the names to numpy, which has just been loaded."""
    for name, value in _REMOVED.items():
        if name not in vars(module) and value is not None:
            setattr(module, name, value)
    for name in _CHANGED:
        if name in vars(module):
            _today[name] = vars(module).pop(name)
    others = vars(module).get("__getattr__")

    def __getattr__(name):
        if name in _CHANGED:
            if is_old_code():
                return _CHANGED[name]
            if name in _today:
                return _today[name]
        return others(name)

    module.__getattr__ = __getattr__
    directory = vars(module).get("__dir__")
    module.__dir__ = lambda: sorted(set(directory() if directory else vars(module)) | set(_today))
    module.lib.__getattr__ = _in_lib
    if hasattr(module, "_set_promotion_state"):  # numpy 2.0 and 2.1
        module._set_promotion_state("legacy")  # for this thread, where numpy was loaded before the notebook entered
    if _NUMPY_2:
        module.set_printoptions(legacy="1.25")  # 1.5, not np.float32(1.5)
        _restore_methods()


def _in_lib(name):
    """numpy 2 has np.pad only, where np.lib.pad was the same."""
    if not name.startswith("__") and hasattr(numpy, name):
        return getattr(numpy, name)
    raise AttributeError("module 'numpy.lib' has no attribute %r" % name)


def _itemset(self, *place_and_value):
    """Sets the element at a flat index or a tuple, the only element without one."""
    place = place_and_value[0] if len(place_and_value) > 1 else 0
    (self if isinstance(place, tuple) else self.flat)[place] = place_and_value[-1]


def _newbyteorder(self, new_order="S"):
    return self.view(self.dtype.newbyteorder(new_order))


def _restore_methods():
    """Gives arrays the methods that numpy 2 removed; the type is written in C and takes them by its dictionary."""
    methods = gc.get_referents(vars(numpy.ndarray))[0]
    methods.update(itemset=_itemset, newbyteorder=_newbyteorder, ptp=numpy.ptp, tostring=numpy.ndarray.tobytes)
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(numpy.ndarray))


RESTORED = {"numpy": restore}
