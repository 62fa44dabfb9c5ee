"""TensorFlow 1 on TensorFlow 2: ``import tf1 as tf`` in place of ``import tensorflow as tf``.

Attributes are those of ``tensorflow.compat.v1``, plus ``contrib`` (``rnn``, ``layers``, ``framework``, ``learn``).
TensorFlow is loaded at the first attribute, quietly (set ``TF_CPP_MIN_LOG_LEVEL`` to see its messages) and with
TensorFlow 2 behavior switched off. After ``import tf1``, ``import tensorflow.compat.v1 as tf`` and the module paths
``tensorflow.contrib`` and ``tensorflow.examples.tutorials.mnist`` work as well.

On TensorFlow 1.15, and in a process of ``tf1 program.py``, everything is TensorFlow's own. An unchanged program runs
with ``tf1 program.py``.
"""

import importlib
import os
import sys

_DOORS = {"library": "tf1.installed.startup", "notebook": "tf1.program.notebook"}  # one of them is opened
_MODULES = {"command", "files", "installed", "program"}
# of ours where TensorFlow is not 1.15 with its own
_OF_TENSORFLOW_1 = {"contrib": "tf1.contrib", "estimator": "tf1.installed.estimator"}


def _is_program():
    """Whether this is a process of `tf1 program.py`, whose ``tensorflow`` is TensorFlow 1.15.5."""
    return os.environ.get("TF1_PROGRAM") == sys.prefix


if not _is_program():
    importlib.import_module(_DOORS["library"]).watch_imports()


def __getattr__(name):
    """An attribute of TensorFlow 1.

    Raises:
        ImportError: TensorFlow, or tf-keras where it is needed, is missing; the message has the command to install it.
    """
    if name.startswith("__") and name not in ("__version__", "__all__"):
        raise AttributeError("module 'tf1' has no attribute %r" % name)
    if name in _MODULES or name == "examples" and not _is_program():
        return importlib.import_module("tf1." + name)
    tensorflow = _tensorflow()
    if name in _OF_TENSORFLOW_1 and not tensorflow.__version__.startswith("1."):
        return importlib.import_module(_OF_TENSORFLOW_1[name])
    return __dir__() if name == "__all__" else getattr(tensorflow, name)


def load_ipython_extension(ipython):
    """``%load_ext tf1``: the notebook's next cells are an old program, as ``tf1 program.py`` runs one."""
    importlib.import_module(_DOORS["notebook"]).load(ipython)


def _tensorflow():
    if _is_program():
        return importlib.import_module("tensorflow")
    return importlib.import_module(_DOORS["library"]).load()


def __dir__():
    return [name for name in dir(_tensorflow()) if not name.startswith("_")]
