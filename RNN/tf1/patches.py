"""Replaces functions of TensorFlow in place: whoever holds one calls the new one, for as long as the process lives."""

import functools
import inspect
import itertools
import pkgutil
import types

from tf1 import moved, startup

_replacements = []  # (path, new function)
_numbers = itertools.count()


def replaces(*paths):
    """Marks ``new(original, *args, **kwargs)``, which is called in place of some functions after ``install``.

    Args:
        *paths: the functions, "module:name" or "module:Class.name", with the modules written as in moved.py. " | 2.14"
            behind one: only from this TensorFlow on.
    """

    def add(new):
        _replacements.extend((path, new) for path in paths)
        return new

    return add


def install():
    """Replaces the functions that are marked so far."""
    while _replacements:
        path, new = _replacements.pop(0)
        path, _, first = path.partition(" | ")
        if not first or startup.installed_version() >= tuple(map(int, first.split("."))):
            _replace(pkgutil.resolve_name(moved.place(path)), new)


def _replace(function, new):
    from tensorflow.python.util import tf_decorator

    inner = tf_decorator.unwrap(function)[1]
    original = types.FunctionType(
        inner.__code__, inner.__globals__, inner.__name__, inner.__defaults__, inner.__closure__
    )
    original.__kwdefaults__ = inner.__kwdefaults__
    name = "_tf1_%d" % next(_numbers)
    inner.__signature__ = inspect.signature(inner)
    inner.__globals__[name] = functools.partial(new, original)
    inner.__code__ = _call.__code__.replace(
        co_names=(name,), co_name=inner.__code__.co_name, co_freevars=inner.__code__.co_freevars
    )


def _call(*args, **kwargs):
    return _new(*args, **kwargs)  # noqa: F821, a global of the replaced function's module
