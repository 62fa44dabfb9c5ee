"""Modules as an old program sees them: ``tensorflow`` is 1.15.5, and numpy and Python have their retired names.

The program, the modules beside it and TensorFlow 1.15.5's contrib are executed with an ``__import__`` of their own, in
the ``__builtins__`` of each module. It hands out views: modules that look a name up among what was set on them, then
in the tables of moved.py, then in the real modules. Libraries import as always and get the real modules.
"""

import builtins
import functools
import importlib
import importlib.machinery
import importlib.util
import os
import sys
import sysconfig
import types
import warnings

from tf1 import changed, estimator, kernels, moved, patches, retired, startup, wheel

_INNER = tuple(
    "tensorflow." + name for name in ("python", "core", "compiler", "contrib", "estimator", "examples", "tools")
)
_FROM_WHEEL = ("tensorflow.contrib.", "tensorflow.examples.")
_FROM_WHEEL += ("tensorflow.python.ops.distributions.transformed_distribution",)
_OURS = ("tensorflow.examples.tutorials", "tensorflow.examples.tutorials.mnist")
_OURS += ("tensorflow.examples.tutorials.mnist.input_data",)
_views = {}
also_the_program = set()  # names of library modules that are executed as the program is
# libraries that were written for TensorFlow 1 and nothing later
_FOR_TENSORFLOW_1 = {"edward", "sonnet", "stable_baselines", "tensor2tensor", "tensorforce", "tensorlayer", "tflearn"}


class View(types.ModuleType):
    """A module of TensorFlow 1.15.5, or another one with names restored, over the modules that have its names now.

    Args:
        name: its name in the program.
        *modules: real modules, the first of which that has an attribute is asked for it.
    """

    def __init__(self, name, *modules):
        super().__init__(name, modules[0].__doc__ if modules else None)
        self.__path__ = []
        self._modules = modules
        if name in retired.MODULES:
            vars(self).update(retired.MODULES[name](modules[0]))

    def __getattr__(self, name):
        if name == "__all__":
            return [name for name in dir(self) if not name.startswith("_") and name != "tf"]  # Keras's own import
        path = self.__name__ + "." + name
        value = self._find(path, name)
        if path.startswith("tensorflow."):
            value = changed.restored("tf" + path[len("tensorflow") :], value, self)
        if isinstance(value, types.ModuleType):
            value = _view_of(value, path)
        vars(self)[name] = value
        return value

    def __setattr__(self, name, value):
        """What the program sets in a module of TensorFlow is set for TensorFlow too; np.bool = bool is its own."""
        vars(self)[name] = value
        for module in vars(self).get("_modules", ()):
            if name in vars(module) and self.__name__.startswith("tensorflow"):
                setattr(module, name, value)

    def _find(self, path, name):
        for module in self._modules:
            try:
                return getattr(module, name)
            except AttributeError:
                pass
        new = moved.new_name(path) or retired.replacement(path)
        if new:
            module, _, name = new.rpartition(".")
            return getattr(load(module), name)
        if path.startswith(_INNER) and not name.startswith("__"):
            try:
                return load(path)
            except ModuleNotFoundError as error:
                if error.name != path:
                    raise
        _missing(self.__name__, name)

    def __dir__(self):
        names = {name for name in vars(self) if not name.startswith("_")}
        return sorted(names.union(*(dir(module) for module in self._modules)))


def _view_of(module, path):
    """The view of a module that is the attribute ``path`` of a view; other libraries' stay as they are."""
    if isinstance(module, View):
        return module
    if path == "tensorflow.compat.v1":
        return load("tensorflow")
    name = module.__name__
    keras = moved.keras()
    if name.startswith("tensorflow.python.keras."):
        return module  # TensorFlow's inner copy, as its own modules use it
    if name in retired.MODULES or name.startswith("tensorflow.python."):
        return load(name)
    if name.startswith(keras + ".src."):
        return load("tensorflow.python.keras" + name[len(keras) + 4 :])
    if name.startswith(("tensorflow._api.", "tensorflow_estimator.", keras + ".api.")) or type(module) is not _MODULE:
        _views[path] = View(path, module)
        return _views[path]
    return module


_MODULE = types.ModuleType


def load(name):
    """The module that ``import name`` gives the program: a view, or the real module.

    Raises:
        ImportError: as the import statement raises it.
    """
    head = name.partition(".")[0]
    if head in ("tensorflow_core", "tf1"):
        name = "tensorflow" + name[len(head) :]
    elif head != "tensorflow":
        return _views.get(name) or _load_other(name)
    if name != "tensorflow":
        load("tensorflow")
    if name not in _views and not name.startswith(_FROM_WHEEL):
        _views[name] = _load_tensorflow(name)
    return _views[name] if name in _views else importlib.import_module(name)


def _load_other(name):
    if name.startswith("tensorflow_estimator"):
        estimator.load()
    if name == "imp" and sys.version_info >= (3, 12):
        module = types.ModuleType(name)  # Python has it no more
    else:
        module = importlib.import_module(name)
    if name in retired.MODULES:
        module = _views[name] = View(name, module)
    return module


def _load_tensorflow(name):
    if name == "tensorflow":
        return _root()
    if name.startswith("tensorflow.compat.v1"):
        return load("tensorflow" + name[len("tensorflow.compat.v1") :])
    if kernels.replaces(name):
        return kernels.replacement(name)
    if name.startswith(_INNER):
        return View(name, *_real_modules(name))
    parent, _, child = name.rpartition(".")
    module = getattr(load(parent), child, None)
    if not isinstance(module, types.ModuleType):
        raise ModuleNotFoundError("No module named %r" % name, name=name)
    return module


def _real_modules(name):
    modules = []
    for real in moved.modules(name):
        if real.startswith("tensorflow_estimator."):
            estimator.load()
        try:
            modules.append(importlib.import_module(real))
        except ModuleNotFoundError as error:
            if not (real + ".").startswith(error.name + "."):
                raise
    if not modules:
        raise ModuleNotFoundError("No module named %r" % name, name=name)
    return modules


def _root():
    """The module ``tensorflow`` of the program."""
    root = _views["tensorflow"] = View("tensorflow", startup.load())
    load("numpy")  # arrays are printed as before numpy 2
    for name in ("contrib", "examples"):
        # under this name in sys.modules too, so that the modules below it can be found, by pickle as well
        _views["tensorflow." + name] = sys.modules["tensorflow." + name] = View("tensorflow." + name)
    changed.restore_classes()
    retired.restore_assertions()
    for name in ("tf1.checkpoints", "tf1.keras_models", "tf1.seeds"):
        importlib.import_module(name)
    sys.modules["tf1.keras_models"].restore_methods()
    patches.install()
    return root


class _Loader(importlib.machinery.SourceFileLoader):
    """Executes a module of the program, or of contrib, with the program's ``__import__``."""

    def exec_module(self, module):
        module.__dict__["__builtins__"] = program_builtins()
        super().exec_module(module)
        if module.__name__.startswith(_FROM_WHEEL) and "__getattr__" not in vars(module):
            module.__getattr__ = functools.partial(_moved_or_missing, module.__name__)

    def get_code(self, fullname):
        if not fullname.startswith(_FROM_WHEEL):
            return super().get_code(fullname)
        before = sys.dont_write_bytecode
        sys.dont_write_bytecode = False  # contrib is compiled once: its directory is tf1's own cache
        try:
            return super().get_code(fullname)
        finally:
            sys.dont_write_bytecode = before

    def source_to_code(self, data, path, **options):
        with warnings.catch_warnings():
            if path.startswith(wheel.cache_directory()):
                warnings.simplefilter("ignore")  # about escapes in strings, written for Python 3.7
            return super().source_to_code(data, path, **options)


def _moved_or_missing(module, name):
    """An attribute of contrib that another module has: those of tf.contrib.eager are in tf.contrib.eager.python.tfe."""
    new = moved.new_name(module + "." + name)
    if new is None or name.startswith("__"):
        _missing(module, name)
    return getattr(importlib.import_module(new.rpartition(".")[0]), name)


def _missing(module, name):
    """Raises the AttributeError for a name that a module of TensorFlow does not have."""
    sentence = retired.sentence(module + "." + name)
    raise AttributeError(sentence or "module %r has no attribute %r" % (module, name))


class Finder:
    """Finds the modules that are executed as the program is: those of contrib, and those that are in no library."""

    def find_spec(self, name, path=None, target=None):
        if kernels.replaces(name):
            return importlib.util.spec_from_loader(name, kernels.Loader(), is_package=True)
        if name.startswith(_FROM_WHEEL):
            return self._in_wheel(name)
        head = name.partition(".")[0]
        if head in _VIEWED:
            return None
        installed = name not in also_the_program and head not in _FOR_TENSORFLOW_1
        if path is not None and installed and all(_is_library(entry) for entry in path):
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is None or type(spec.loader) is not importlib.machinery.SourceFileLoader:
            return None
        if installed and _is_library(spec.origin):
            return None
        spec.loader = _Loader(spec.name, spec.origin)
        return spec

    @staticmethod
    def _in_wheel(name):
        if name in _OURS:
            return importlib.util.spec_from_loader(name, startup.Alias(), is_package=True)
        file = os.path.join(wheel.directory(), *name.split(".")[1:])
        package = os.path.isdir(file)
        file = os.path.join(file, "__init__.py") if package else file + ".py"
        if not os.path.isfile(file):
            return None
        return importlib.util.spec_from_file_location(
            name,
            file,
            loader=_Loader(name, file),
            submodule_search_locations=[os.path.dirname(file)] if package else None,
        )


@functools.lru_cache(maxsize=None)
def _is_library(path):
    """Whether a file or directory belongs to Python, an installed package, or tf1."""
    path = os.path.abspath(path)
    return path.startswith(_OWN) or not _INSTALLED.isdisjoint(path.split(os.sep))


_INSTALLED = {"site-packages", "dist-packages"}
_OWN = tuple(
    os.path.abspath(directory) + os.sep
    for directory in (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), os.path.dirname(__file__))
)


@functools.lru_cache(maxsize=1)
def program_builtins():
    """The module that the program's modules have as ``__builtins__``: Python's, with our ``__import__``."""
    module = types.ModuleType("builtins", builtins.__doc__)
    vars(module).update(vars(builtins), __import__=_import)
    return module


def _import(name, globals=None, locals=None, fromlist=(), level=0):
    """``__import__`` of the program."""
    head = name.partition(".")[0]
    if level or (head not in _VIEWED):
        return builtins.__import__(name, globals, locals, fromlist, level)
    for_contrib = (globals or {}).get("__name__", "").startswith(_FROM_WHEEL)
    module = _load_or_replace(name, for_contrib)
    if not fromlist:
        return load(head)
    for item in fromlist:
        if item != "*" and not hasattr(module, item):
            path = name + "." + item
            try:
                _load_or_replace(path, for_contrib)
            except ModuleNotFoundError as error:
                if error.name != path:
                    raise
                sentence = retired.sentence(path)
                if sentence:
                    raise ImportError(sentence, name=name) from None
    return module


def _load_or_replace(name, for_contrib):
    """Loads a module. Contrib gets a replacement for one that TensorFlow no longer has; calling it raises an error."""
    try:
        return load(name)
    except ModuleNotFoundError as error:
        if not for_contrib or name.startswith(_FROM_WHEEL) or not name.startswith(error.name):
            raise
    _views[name] = kernels.replacement(name)
    return _views[name]


_VIEWED = {"tensorflow", "tensorflow_core", "tensorflow_estimator", "tf1"} | {
    name.partition(".")[0] for name in retired.MODULES
}
