"""Loads TensorFlow quietly, with the settings that must be made before and right after its import."""

import importlib
import importlib.util
import logging
import os
import sys
import warnings

from tf1.installed.loading import hold_back_first_log_lines, no_garbage_collection, quiet
from tf1.installed.version import NotInstalled, installed_version


def load():
    """Loads TensorFlow if it is not loaded yet.

    Returns:
        The module tensorflow.compat.v1, with contrib.

    Raises:
        NotInstalled: TensorFlow is missing, has an unknown version, or is 2.16 or newer without tf-keras.
    """
    installed_version()
    import tensorflow.compat.v1 as tf

    if not hasattr(tf, "contrib"):  # TensorFlow was imported before tf1
        _restore()
        _hush()
    return tf


def watch_imports():
    """Makes every later import of TensorFlow in this process a quiet one that restores TensorFlow 1."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def stop_watching():
    """Undoes watch_imports, for a process that becomes one of the runner."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _Finder)]


class _Finder:
    """Finds ``tensorflow`` as Python does, but loads it quietly, and the restored modules under their old names."""

    _searching = False

    def find_spec(self, name, path=None, target=None):
        if name == "tensorflow" and not self._searching:
            self._searching = True
            try:
                spec = importlib.util.find_spec(name)
            finally:
                self._searching = False
            if spec is not None and hasattr(spec.loader, "exec_module"):
                _load_quietly(spec.loader)
            return spec
        if name.startswith(("tensorflow.contrib", "tensorflow.examples")) and not _is_tensorflow_1():
            return importlib.util.spec_from_loader(name, Alias(), is_package=True)
        return None


class Alias:
    """Loads ``tensorflow.contrib.rnn`` as ``tf1.contrib.rnn``."""

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        ours = "tf1" + module.__name__[len("tensorflow") :]
        try:
            sys.modules[module.__name__] = importlib.import_module(ours)
        except ModuleNotFoundError as error:
            if error.name != ours:
                raise
            raise ModuleNotFoundError(not_restored(module.__name__), name=module.__name__) from None


def not_restored(name):
    """The message on a name of TensorFlow 1's contrib that ``import tf1`` does not have."""
    return "%s is not restored by `import tf1`; `tf1 program.py` has all of contrib" % name


def _is_tensorflow_1():
    return sys.modules["tensorflow"].__version__.startswith("1.")


def _load_quietly(loader):
    """Makes a loader of TensorFlow set the environment before, and restore TensorFlow 1 after."""
    execute = loader.exec_module

    def exec_module(module):
        del loader.exec_module
        version = installed_version()
        _choose_keras(version)
        with quiet(), no_garbage_collection():
            execute(module)
            _restore()
        hold_back_first_log_lines(version)
        _hush()

    loader.exec_module = exec_module


def _choose_keras(version):
    """TF_USE_LEGACY_KERAS must be set where the cells and layers live in tf-keras, and must not be set before."""
    if version < (2, 16):
        os.environ.pop("TF_USE_LEGACY_KERAS", None)
        return
    if importlib.util.find_spec("tf_keras") is None:
        raise NotInstalled(
            "TensorFlow {0}.{1} needs tf-keras {0}.{1} for the cells of TensorFlow 1; "
            "'pip install tf-keras~={0}.{1}.0' installs it".format(*version)
        )
    os.environ["TF_USE_LEGACY_KERAS"] = "1"


def _restore():
    """Switches TensorFlow 2 behavior off and puts contrib and examples back."""
    import tensorflow
    import tensorflow.compat.v1 as tf

    tf.disable_v2_behavior()
    if _is_tensorflow_1():
        tf.contrib = tensorflow.contrib  # lazy: loaded when it is first used
    else:
        _ = tf.nn.rnn_cell.BasicLSTMCell, tf.layers.dense  # loads Keras now, quietly
    if not _is_tensorflow_1():
        tf.contrib = importlib.import_module("tensorflow.contrib")
        importlib.import_module("tensorflow.examples")
        if not hasattr(tf, "estimator"):
            estimator = importlib.import_module("tf1.installed.estimator")  # which is loaded at its first attribute
            tf.estimator = tensorflow.estimator = sys.modules["tensorflow.estimator"] = estimator


def _hush():
    """Hides TensorFlow's warnings that its functions of 2018 are deprecated.

    Errors and the warnings of other code are still logged; after tf.logging.set_verbosity everything is again.
    """
    import tensorflow.compat.v1 as tf

    tf.logging.set_verbosity(tf.logging.WARN)
    logging.getLogger("tensorflow").addFilter(_is_wanted)
    for newer in (r"`tf\.(nn\.rnn_cell|layers|compat)\.?.*` is deprecated", "The `lr` arg", "`Model.state_updates`"):
        warnings.filterwarnings("ignore", message=newer)


_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


def _is_wanted(record):
    if "will share weights" in record.getMessage():  # MultiRNNCell([cell] * n)
        return True
    if record.levelno != logging.WARNING or logging.getLogger("tensorflow").level != logging.WARNING:
        return True
    packages = os.path.dirname(os.path.dirname(os.path.abspath(sys.modules["tensorflow"].__file__))) + os.sep
    path = os.path.abspath(record.pathname)
    return path.startswith(_OURS) or not path.startswith(packages)
