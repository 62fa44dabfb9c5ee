"""Names that numpy, Python and TensorFlow have retired, for the program only."""

import collections.abc
import importlib


def sentence(name):
    """What replaced a name of TensorFlow that was gone before 1.15, or None."""
    return None


def _collections(module):
    return {name: getattr(collections.abc, name) for name in collections.abc.__all__}


def _importlib(module):
    def import_module(name, package=None):
        """Imports a module as the program's import statement does."""
        from tf1 import view

        return view.load(importlib.util.resolve_name(name, package) if name.startswith(".") else name)

    return {"import_module": import_module}


# module -> function(the real module) -> {name: value} for the program
MODULES = {"collections": _collections, "importlib": _importlib}
