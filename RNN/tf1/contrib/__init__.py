"""``tf.contrib``: the parts of it that the tutorial uses, under the module paths of TensorFlow 1.

Each is loaded at its first use. Programs run with ``tf1 program.py`` have all of TensorFlow 1.15's contrib.
"""

import importlib

from tf1.installed import startup

__all__ = ["framework", "layers", "learn", "rnn"]


def __getattr__(name):
    if name in __all__:
        return importlib.import_module("tf1.contrib." + name)
    raise AttributeError(startup.not_restored("tf.contrib." + name))
