"""Finds ``tensorflow``: 1.15.5's Python files, TensorFlow 2's extension modules, and their replacements.

C++ code imports Python modules by name (the exceptions, for one), so everything is under 1.15.5's names.
"""

import contextlib
import errno
import hashlib
import importlib.abc
import importlib.machinery
import importlib.util
import marshal
import os
import warnings

from tf1.installed.loading import hold_back_first_log_lines, no_garbage_collection
from tf1.installed.version import NotInstalled, installed_version
from tf1.program.runtime import extensions, internal
from tf1.program.runtime.kernels import AFTER_LOADING as KERNELS
from tf1.program.runtime.kernels import restored
from tf1.program.source import autograph, changes, checkpoints, fetch, messages, tensorflow_0

OLDEST = (2, 15)  # 2.13 makes PyTensor otherwise, 2.14 has not all files of autograph; `import tf1` works with both
# files of TensorFlow 2 that stand in for 1.15.5's, each with its reason
_FROM_TENSORFLOW_2 = {
    "tensorflow.python.autograph": "1.15.5's reads the syntax trees of Python 3.7",
    "tensorflow.python.data.ops.dataset_autograph": "loops of autograph over data sets",
    "tensorflow.python.ops.autograph_ops": "print and sorted of autograph",
    "tensorflow.python.ops.ragged.ragged_autograph": "loops of autograph over ragged tensors",
    "tensorflow.python.util.traceback_utils": "TensorFlow 2's autograph imports it",
    "tensorflow.tsl": "messages that TensorFlow 2's extension modules import",
}
# module -> function(module) that fills it, in place of a file
_STAND_INS = {**internal.STAND_INS, **autograph.STAND_INS}
# module -> function(module), called when 1.15.5's own has loaded; the first table is first
_QUIET = {"tensorflow.python.client.session": lambda module: hold_back_first_log_lines(installed_version())}
_AFTER_LOADING = (_QUIET, changes.AFTER_LOADING, internal.AFTER_LOADING, autograph.AFTER_LOADING)
_AFTER_LOADING += (KERNELS, restored.AFTER_LOADING, checkpoints.AFTER_LOADING, tensorflow_0.AFTER_LOADING)


def find_spec(name, path):
    """The spec of a module of TensorFlow 1.15.5, None if it has none of this name.

    Args:
        name: full name of the module.
        path: the ``__path__`` of its package, None for a package at the top.

    Raises:
        FetchError: 1.15.5's files are not in the cache and cannot be fetched.
        NotInstalled: TensorFlow 2 is not installed, or is too old or too new.
    """
    if name == "tensorflow" and installed_version() < OLDEST:
        raise NotInstalled("programs need TensorFlow %d.%d or newer, not %d.%d" % (OLDEST + installed_version()))
    if name.partition(".")[0] == "tensorflow_core":
        return importlib.machinery.ModuleSpec(name, _Alias(), is_package=True)
    if name in _STAND_INS:
        return importlib.machinery.ModuleSpec(name, _StandIn(), is_package=name in autograph.PACKAGES)
    spec = _in_tensorflow_2(name) if name.startswith("tensorflow.") else None
    spec = spec or _in_wheels(name, path)
    if spec is None and name.startswith("tensorflow.") and extensions.has_any(name):
        return importlib.machinery.ModuleSpec(name, None, is_package=True)  # a directory with an extension module
    return spec


def _in_tensorflow_2(name):
    """The spec of an extension module, or of one of the files that TensorFlow 2 lends."""
    extension = extensions.path(name)
    if extension is not None:
        loader = importlib.machinery.ExtensionFileLoader(name, extension)
        return importlib.util.spec_from_file_location(name, extension, loader=loader)
    if not _is_lent(name):
        return None
    path = os.path.join(extensions.directory(), *name.split(".")[1:])
    package = os.path.isfile(os.path.join(path, "__init__.py"))
    if package or os.path.isfile(path + ".py"):
        file = os.path.join(path, "__init__.py") if package else path + ".py"
        return importlib.util.spec_from_file_location(
            name, file, loader=_Lent(name, file), submodule_search_locations=[path] if package else None
        )
    return importlib.machinery.ModuleSpec(name, None, is_package=True) if os.path.isdir(path) else None


def _is_lent(name):
    return any(name == lent or name.startswith(lent + ".") for lent in _FROM_TENSORFLOW_2)


def _in_wheels(name, path):
    """The spec of a module in the wheels of 2019."""
    sources = fetch.sources()
    if path is None:
        bases = ["tensorflow_core" if name == "tensorflow" else name]
    elif _is_lent(name):  # a module that 1.15.5's package had and TensorFlow 2's, in whose directory it is, has not
        bases = [name.replace("tensorflow", "tensorflow_core", 1).replace(".", "/")]
    else:  # of tensorflow itself it has four directories, from the API of v1, Keras and the estimators
        last = name.rpartition(".")[2]
        inside = [entry for entry in path if entry.startswith(sources.directory)]
        bases = [os.path.relpath(os.path.join(entry, last), sources.directory).replace(os.sep, "/") for entry in inside]
    for base in bases:
        for file, package in ((base + "/__init__.py", True), (base + ".py", False)):
            if file in sources.digests:
                loader = messages.loader(file) if name.endswith("_pb2") else _Loader(name, file)
                origin = os.path.join(sources.directory, *file.split("/"))
                directory = [os.path.dirname(origin)] if package else None
                return importlib.util.spec_from_file_location(
                    name, origin, loader=loader, submodule_search_locations=directory
                )
    return None


class _Alias(importlib.abc.Loader):
    """``tensorflow_core.x`` is the module ``tensorflow.x``."""

    def create_module(self, spec):
        module = importlib.import_module("tensorflow" + spec.name[len("tensorflow_core") :])
        self._spec = module.__spec__  # which the import system is about to replace
        return module

    def exec_module(self, module):
        module.__spec__ = self._spec


class _StandIn(importlib.abc.Loader):
    """Fills a module by a function of ours."""

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        _STAND_INS[module.__name__](module)
        _complete(module)


class _Lent(importlib.machinery.SourceFileLoader):
    """Loads a file of TensorFlow 2."""

    def exec_module(self, module):
        super().exec_module(module)
        _complete(module)


class _Loader(importlib.abc.SourceLoader):
    """Loads a file of the wheels; its bytecode is kept in the cache, under the digest of what it was made from."""

    def __init__(self, name, file):
        self._file = file

    def get_filename(self, fullname):
        return os.path.join(fetch.sources().directory, *self._file.split("/"))

    def get_data(self, path):
        file = os.path.relpath(path, fetch.sources().directory).replace(os.sep, "/")
        if file not in fetch.sources().digests:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return changes.changed(file, fetch.sources().read(file))

    def get_code(self, fullname):
        key = hashlib.sha256(
            ("%s %s %s" % (self._file, fetch.sources().digests[self._file], changes.digest())).encode()
        ).hexdigest()
        stored = fetch.load(key)
        if stored is not None:
            return marshal.loads(stored)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about escapes in strings, written for Python 3.7
            code = self.source_to_code(self.get_data(self.get_filename(fullname)), self.get_filename(fullname))
        fetch.store(key, marshal.dumps(code))
        return code

    def exec_module(self, module):
        with no_garbage_collection() if module.__name__ == "tensorflow" else contextlib.nullcontext():
            super().exec_module(module)
        _complete(module)


def _complete(module):
    for table in _AFTER_LOADING:
        if module.__name__ in table:
            table[module.__name__](module)
