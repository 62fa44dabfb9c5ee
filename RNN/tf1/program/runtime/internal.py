"""``tensorflow.python.pywrap_tensorflow_internal``, 1.15.5's module of C++ functions, put together from the rooms."""

import collections
import functools
import importlib
import pkgutil
import re
import sys
import types

from tf1.program.runtime import extensions

_ROOMS = ("eager", "files", "graphs", "nest", "placement", "profiler", "sessions")
_VALUES = {
    "__version__": "1.15.5",
    "__git_version__": "v1.15.4-39-g3db52be",
    "__compiler_version__": "7.3.1 20180303",
    "__cxx11_abi_flag__": 0,
    "__monolithic_build__": 0,
}

_ATTRIBUTE_KINDS = """TF_ATTR_STRING TF_ATTR_INT TF_ATTR_FLOAT TF_ATTR_BOOL TF_ATTR_TYPE TF_ATTR_SHAPE TF_ATTR_TENSOR
TF_ATTR_PLACEHOLDER TF_ATTR_FUNC""".split()


def _fill(module):
    names = vars(module)
    names.update(extensions.load(), **_VALUES)
    for room in _ROOMS:
        loaded = importlib.import_module("tf1.program.runtime." + room)
        own = {name: value for name, value in vars(loaded).items() if not name.startswith("_")}
        names.update((name, value) for name, value in own.items() if not isinstance(value, types.ModuleType))
    names.update((name, number) for number, name in enumerate(_ATTRIBUTE_KINDS))
    names["InitializePyTrampoline"] = extensions.module("lib.core._pywrap_py_func").initialize_py_trampoline
    names["PyExceptionRegistry"] = types.SimpleNamespace(Init=names["PyExceptionRegistry_Init"])
    names["__all__"] = [name for name in names if not name.startswith("__")]
    names["__getattr__"] = _missing


def _missing(name):
    """A function of 1.15.5 without a counterpart in TensorFlow 2: importing it works, calling it is an error."""
    if name.startswith("__") or not re.search(r"^(def|class) %s\b" % name, _source(), re.MULTILINE):
        raise AttributeError("module 'tensorflow.python.pywrap_tensorflow_internal' has no attribute %r" % name)

    def call(*args, **kwargs):
        raise NotImplementedError("TensorFlow 1.15.5's C++ function %s has no counterpart in TensorFlow 2" % name)

    return call


@functools.lru_cache(maxsize=None)
def _source():
    """1.15.5's module, which knows the names of its functions."""
    return pkgutil.get_data("tensorflow.python", "pywrap_tensorflow_internal.py").decode()


StackFrame = collections.namedtuple("StackFrame", "filename lineno name globals func_start_lineno")


def _extract_stack(limit, mappers, filters):
    """The frames from the caller of the caller up, outermost first; None or a negative limit: all."""
    frames, frame = [], sys._getframe(2)
    left = -1 if limit is None else limit
    moved = mappers[-1].get_effective_source_map() if mappers else None
    hidden = filters[-1].get_filtered_filenames() if filters else ()
    make = StackFrame._make
    while frame is not None and left != 0:
        code = frame.f_code
        file, line, name = code.co_filename, frame.f_lineno, code.co_name
        if moved:
            file, line, name = moved.get((file, line), (file, line, name))
        if not frames or file not in hidden:  # the innermost one is never hidden
            frames.append(make((file, line, name, frame.f_globals, code.co_firstlineno)))
            left -= 1
        frame = frame.f_back
    frames.reverse()
    return frames


def _fill_stack(module):
    module.StackFrame, module.extract_stack = StackFrame, _extract_stack


def _no_tensorrt(module):
    """The same answers as in 1.15.5's wheel for processors."""
    module.is_tensorrt_enabled = lambda: False
    module.get_linked_tensorrt_version = module.get_loaded_tensorrt_version = lambda: (0, 0, 0)


def _absent(module):
    raise ImportError("%s was compiled for Python 3.7" % module.__name__)


def _from_eager(name):
    return lambda module: getattr(importlib.import_module("tf1.program.runtime.eager"), name)(module)


STAND_INS = {
    "tensorflow.python.pywrap_tensorflow_internal": _fill,
    "tensorflow.python._tf_stack": _fill_stack,
    "tensorflow.compiler.tf2tensorrt.wrap_py_utils": _no_tensorrt,
    "tensorflow.python.framework.fast_tensor_util": _absent,  # 1.15.5 has the same in Python
    # operations of a C++ library that its module loads when it is imported
    "tensorflow.lite.experimental.microfrontend.python.ops.audio_microfrontend_op": lambda module: None,
}


def _register_eager_tensor(module):
    """C++ asks for the class under this name, which 1.15.5 does not register."""
    importlib.import_module("tf1.program.runtime.nest").RegisterType("EagerTensor", module.EagerTensor)


# the rooms can be imported only when TensorFlow is being loaded
AFTER_LOADING = {
    "tensorflow.python.pywrap_tensorflow": lambda module: setattr(module, "__getattr__", _missing),
    "tensorflow.python.eager.context": _from_eager("keep_data_for_c"),
    "tensorflow.python.eager.core": _from_eager("take_payloads"),
    "tensorflow.python.framework.ops": _register_eager_tensor,
}
