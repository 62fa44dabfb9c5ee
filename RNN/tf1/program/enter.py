"""Makes a process one of TensorFlow 1.15.5: ``import tensorflow`` is 1.15.5's package for all code in it.

A program's process and its child processes enter while Python starts, so everything here is loaded when it is needed.
"""

import _signal  # built in
import importlib
import importlib.machinery
import os
import sys
import warnings

# Set to sys.prefix in the environment of a program: its child processes of the same Python enter by tf1.pth.
VARIABLE = "TF1_PROGRAM"
_PACKAGES = ("tensorflow", "tensorflow_core", "tensorflow_estimator", "keras_applications", "keras_preprocessing")
# module -> the module in retired/ with its old names
_RESTORED = {
    **dict.fromkeys(("base64", "collections", "configparser", "fractions", "inspect"), "python"),
    **dict.fromkeys(("random", "threading", "time", "unittest.case"), "python"),
    **dict.fromkeys(("PIL.Image", "gast", "google.protobuf.text_format", "h5py"), "libraries"),
    **dict.fromkeys(("matplotlib", "matplotlib.pyplot"), "libraries"),
    "numpy": "numpy_1",
}


class TooLate(ImportError):
    """TensorFlow 2 is loaded in this process."""


def enter():
    """Enters; later calls do nothing.

    Raises:
        TooLate: TensorFlow 2 has been loaded already; nothing is changed.
    """
    if _Finder in sys.meta_path:
        return
    if "tensorflow" in sys.modules:
        raise TooLate("TensorFlow is already imported")
    os.environ[VARIABLE] = sys.prefix
    if sys.prefix != sys.base_prefix:  # as in an activated environment: `python` in a program is this one
        here, before = os.path.dirname(sys.executable), os.environ.get("PATH", os.defpath)
        if before.partition(os.pathsep)[0] != here:
            os.environ["PATH"] = here + os.pathsep + before
    os.environ.pop("TF2_BEHAVIOR", None)  # a parent process with TensorFlow 2 has set it; 1.15.5 reads it
    os.environ.setdefault("NPY_PROMOTION_STATE", "legacy")  # float + np.float32 is a double, as before numpy 2
    if not sys.warnoptions:
        for category in (DeprecationWarning, SyntaxWarning):  # newer than the program
            warnings.simplefilter("ignore", category)
    if "tf1.installed.startup" in sys.modules:  # a notebook's: `import tf1` restores TensorFlow 1 in another way
        sys.modules["tf1.installed.startup"].stop_watching()
    importlib.import_module("tf1.program.retired.python")  # which imports modules that _Finder has it restore
    sys.meta_path.insert(0, _Finder)
    sys.meta_path.append(_RemovedModules)
    if sys.excepthook is sys.__excepthook__:  # IPython has its own
        sys.excepthook = _report
    for name in _RESTORED:
        if name in sys.modules:
            _restore(sys.modules[name])
    if _signal.getsignal(_signal.SIGINT) == _signal.SIG_DFL:  # whoever loads this while Python starts has set it
        _signal.signal(_signal.SIGINT, _signal.default_int_handler)


class _Finder:
    """Finds TensorFlow 1.15.5, and restores the names that other modules had in 2019."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in _PACKAGES:
            return importlib.import_module("tf1.program.source.finder").find_spec(name, path)
        if name not in _RESTORED and not name.endswith("_pb2"):
            return None
        if name == "numpy":
            warnings.filterwarnings("ignore", "NPY_PROMOTION_STATE")  # numpy 2.2 and newer do not know it
        others = (finder.find_spec(name, path, target) for finder in sys.meta_path if finder is not _Finder)
        spec = next(filter(None, others), None)
        if name not in _RESTORED:
            return importlib.import_module("tf1.program.source.messages").with_old_messages(spec)
        if spec is not None and not isinstance(spec.loader, type):
            execute = spec.loader.exec_module

            def exec_module(module):
                del spec.loader.exec_module
                execute(module)
                _restore(module)

            spec.loader.exec_module = exec_module
        return spec


class _RemovedModules:
    """Finds modules that Python 3.12 removed, where the program has none: ``imp``, and ``distutils`` of setuptools."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "imp":
            return importlib.machinery.PathFinder.find_spec(name, [os.path.join(os.path.dirname(__file__), "retired")])
        if name == "distutils" and importlib.machinery.PathFinder.find_spec("_distutils_hack"):
            return importlib.import_module("_distutils_hack").DistutilsMetaFinder().find_spec(name, path, target)
        return None


def _restore(module):
    room = importlib.import_module("tf1.program.retired." + _RESTORED[module.__name__])
    room.RESTORED[module.__name__](module)


def _report(kind, error, traceback):
    importlib.import_module("tf1.program.report").report(kind, error, traceback)
