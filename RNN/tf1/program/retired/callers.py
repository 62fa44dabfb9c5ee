"""The code that asks: a program's of 2019, or a library's that is written for today's other libraries."""

import functools
import os
import sys
import sysconfig
import types

# libraries that were written for TensorFlow 1 and nothing later, with modules that do not import it
_FOR_TENSORFLOW_1 = {"edward", "keras", "sonnet", "stable_baselines", "tensor2tensor", "tensorlayer", "tflearn"}
_WHEELS = ("tensorflow_core", "tensorflow_estimator", "keras_applications", "keras_preprocessing")
_FOR_TENSORFLOW_1 |= set(_WHEELS)
_HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep
_INSTALLED = {"site-packages", "dist-packages"}
_PYTHON = tuple(
    os.path.abspath(directory) + os.sep
    for directory in (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), os.path.join(__file__, "../.."))
)


def is_old_code(library="<frozen "):
    """Whether the code that looked up the attribute was written in 2019.

    Args:
        library: directory of a library that may have asked for that code.
    """
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(("<frozen ", library, _HERE)):  # or imports
        frame = frame.f_back
    return frame is None or _is_old(frame.f_code.co_filename) or _uses_tensorflow(frame)


_using = {}  # file -> (number of its module's names, whether TensorFlow is among them)


def _uses_tensorflow(frame):
    """Whether a library's module has imported TensorFlow, which is 1.15.5 here, so it is as old."""
    file, names = frame.f_code.co_filename, frame.f_globals
    if _using.get(file, (None, False))[0] != len(names):
        modules = [value.__name__ for value in list(names.values()) if isinstance(value, types.ModuleType)]
        _using[file] = len(names), any(name.partition(".")[0] in ("tensorflow", *_WHEELS) for name in modules)
    return _using[file][1]


@functools.lru_cache(maxsize=None)
def _is_old(file):
    if file.startswith("<"):  # exec, a notebook, an interactive session
        return True
    path = os.path.abspath(file)
    parts = path.split(os.sep)
    if not _FOR_TENSORFLOW_1.isdisjoint(parts):
        return True
    if path.startswith(_PYTHON) or not _INSTALLED.isdisjoint(parts):
        return False
    return not any(path.startswith(os.path.join(entry, "")) and _has_packages(entry) for entry in sys.path if entry)


@functools.lru_cache(maxsize=None)
def _has_packages(directory):
    """Whether pip has installed packages into a directory (pip install --target)."""
    try:
        return any(name.endswith(".dist-info") for name in os.listdir(directory))
    except OSError:
        return False
