"""The module ``imp``, which Python 3.12 removed, by importlib."""

import importlib.util
import os
import sys
import types
from importlib import reload

__all__ = ["find_module", "load_module", "load_source", "new_module", "reload"]
PY_SOURCE, PY_COMPILED, C_EXTENSION, PKG_DIRECTORY = 1, 2, 3, 5
new_module = types.ModuleType


def load_source(name, pathname, file=None):
    """Executes the file as the module ``name``, and adds it to sys.modules."""
    spec = importlib.util.spec_from_file_location(name, pathname)
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def find_module(name, path=None):
    """Finds a module in the directories of ``path``.

    Returns:
        (open file or None for a package, path, (suffix, mode, type)).

    Raises:
        ImportError: there is none.
    """
    spec = importlib.machinery.PathFinder.find_spec(name, path)
    if spec is None or spec.origin is None:
        raise ImportError("No module named %r" % name, name=name)
    if spec.submodule_search_locations:
        return None, os.path.dirname(spec.origin), ("", "", PKG_DIRECTORY)
    suffix = os.path.splitext(spec.origin)[1]
    if suffix == ".py":
        return open(spec.origin, encoding="utf-8"), spec.origin, (suffix, "r", PY_SOURCE)
    return open(spec.origin, "rb"), spec.origin, (suffix, "rb", C_EXTENSION)


def load_module(name, file, filename, details):
    """Loads what find_module has found."""
    return load_source(name, os.path.join(filename, "__init__.py") if details[2] == PKG_DIRECTORY else filename)
