"""Whose code asks: a program, or a library that is written for today's numpy."""

import functools
import os
import sys
import sysconfig

# libraries that were written for TensorFlow 1 and nothing later
_FOR_TENSORFLOW_1 = {"edward", "sonnet", "stable_baselines", "tensor2tensor", "tensorforce", "tensorlayer", "tflearn"}
_WHEELS = ("tensorflow_core", "tensorflow_estimator", "keras_applications", "keras_preprocessing")
_FOR_TENSORFLOW_1 |= set(_WHEELS)
_INSTALLED = {"site-packages", "dist-packages"}
_PYTHON = tuple(
    os.path.abspath(directory) + os.sep
    for directory in (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), os.path.join(__file__, "../.."))
)


def is_old_code():
    """Whether the code that looked up the attribute was written for the numpy of 2019."""
    frame = sys._getframe(2)
    while frame is not None and frame.f_code.co_filename.startswith("<frozen "):  # the import system, for someone
        frame = frame.f_back
    return frame is None or _is_old(frame.f_code.co_filename)


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
