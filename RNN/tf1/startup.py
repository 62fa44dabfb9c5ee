"""Loads TensorFlow quietly, with the settings that must be made before and right after its import."""

import contextlib
import functools
import gc
import importlib
import importlib.util
import logging
import os
import sys
import tempfile
import warnings

OLDEST, NEWEST = (2, 13), (2, 21)  # the TensorFlow 2 versions that the tests have run with


class NotInstalled(ImportError):
    """A package that tf1 needs is missing; the message has the command to install it."""


def load():
    """Loads TensorFlow if it is not loaded yet.

    Returns:
        The module tensorflow.compat.v1, with contrib.

    Raises:
        NotInstalled: TensorFlow is missing, has an unknown version, or is 2.16 or newer without tf-keras.
    """
    installed_version()
    import tensorflow.compat.v1 as tf

    if _restores_contrib and not hasattr(tf, "contrib"):  # TensorFlow was imported before tf1
        _restore()
        _hush()
    return tf


def watch_imports():
    """Makes every later import of TensorFlow in this process a quiet one that restores TensorFlow 1."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def leave_contrib_to_the_runner():
    """Keeps later imports of TensorFlow from restoring contrib and examples: the runner has the original ones."""
    global _restores_contrib
    _restores_contrib = False


_restores_contrib = True


@functools.lru_cache(maxsize=None)
def installed_version():
    """The installed TensorFlow's (major, minor), without importing it; (1, 15) on Python 3.7.

    Raises:
        NotInstalled: there is none, or one that tf1 cannot work with.
    """
    if "tensorflow" not in sys.modules and importlib.util.find_spec("tensorflow") is None:
        raise NotInstalled(
            "TensorFlow is not installed for %s; 'pip install -r requirements.txt' installs it" % sys.executable
        )
    try:
        from importlib import metadata
    except ImportError:  # Python 3.7, which has TensorFlow 1.15 only
        return (1, 15)
    for name in ("tensorflow", "tensorflow-cpu", "tensorflow-intel", "tensorflow-macos", "tensorflow-rocm"):
        with contextlib.suppress(metadata.PackageNotFoundError):
            version = tuple(int(number) for number in metadata.version(name).split(".")[:2])
            if OLDEST <= version <= NEWEST:
                return version
            raise NotInstalled(
                "tf1 needs TensorFlow 2.13 to 2.21, not %d.%d; 'pip install -r requirements.txt' installs one" % version
            )
    raise NotInstalled("TensorFlow is installed under a name that pip does not know; 'pip install tensorflow'")


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
        if (
            name.startswith(("tensorflow.contrib", "tensorflow.examples"))
            and _restores_contrib
            and not _is_tensorflow_1()
        ):
            return importlib.util.spec_from_loader(name, Alias(), is_package=True)
        return None


class Alias:
    """Loads ``tensorflow.contrib.rnn`` by handing out ``tf1.contrib.rnn``."""

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
    """The sentence on a name of TensorFlow 1's contrib that ``import tf1`` does not have."""
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
        with quiet(), _no_garbage_collection():
            execute(module)
            _restore()
        if (2, 17) <= version <= (2, 20):
            _hold_back_first_log_lines()
        _hush()

    loader.exec_module = exec_module


@contextlib.contextmanager
def _no_garbage_collection():
    """For code that makes a million objects which stay; later collections leave them alone."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


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
    if _restores_contrib and not _is_tensorflow_1():
        tf.contrib = importlib.import_module("tensorflow.contrib")
        importlib.import_module("tensorflow.examples")
        if not hasattr(tf, "estimator"):
            estimator = importlib.import_module("tf1.estimator")  # which is loaded at its first attribute
            tf.estimator = tensorflow.estimator = sys.modules["tensorflow.estimator"] = estimator


def _hold_back_first_log_lines():
    """TensorFlow 2.17 to 2.20 write two lines with the first session, whatever the log level.

    A small session writes them, just after the program's first one was made: that one decides the number of threads,
    and a process that has made none can be forked.
    """
    import tensorflow.compat.v1 as tf
    from tensorflow.python.client.session import BaseSession

    initialize = BaseSession.__init__

    def __init__(self, *args, **kwargs):
        initialize(self, *args, **kwargs)
        if BaseSession.__init__ is __init__:
            BaseSession.__init__ = initialize
            with quiet(), tf.Graph().as_default(), tf.Session() as session:
                session.run(tf.constant(0))

    BaseSession.__init__ = functools.wraps(initialize)(__init__)


@contextlib.contextmanager
def quiet():
    """Holds back what is written to file descriptor 2, and shows it only after an error.

    TensorFlow's libraries write there while they load, before any log level holds. Nothing is held back where
    TF_CPP_MIN_LOG_LEVEL asks for messages.
    """
    wanted = os.environ.get("TF_CPP_MIN_LOG_LEVEL", "3") < "3"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # its kernels round differently from TensorFlow 1's
    try:
        screen = None if wanted else os.dup(2)
    except OSError:  # standard error is closed
        screen = None
    if screen is None:
        yield
        return
    with _temporary_file() as held, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numpy's and protobuf's about TensorFlow's own code
        sys.stderr.flush()
        os.dup2(held.fileno(), 2)
        try:
            yield
        except BaseException:
            held.seek(0)
            os.write(screen, held.read())
            raise
        finally:
            sys.stderr.flush()
            os.dup2(screen, 2)
            os.close(screen)


def _temporary_file():
    try:
        return tempfile.TemporaryFile()
    except OSError:  # the disk is full
        return open(os.devnull, "w+b")


def _hush():
    """Hides TensorFlow's warnings that its functions of 2018 are deprecated.

    Errors and the warnings of other code are still logged; after tf.logging.set_verbosity everything is again.
    """
    import tensorflow.compat.v1 as tf

    tf.logging.set_verbosity(tf.logging.WARN)
    logging.getLogger("tensorflow").addFilter(_is_wanted)
    for younger in (r"`tf\.(nn\.rnn_cell|layers|compat)\.?.*` is deprecated", "The `lr` arg", "`Model.state_updates`"):
        warnings.filterwarnings("ignore", message=younger)


_OURS = os.path.dirname(os.path.abspath(__file__)) + os.sep


def _is_wanted(record):
    if "will share weights" in record.getMessage():  # MultiRNNCell([cell] * n)
        return True
    if record.levelno != logging.WARNING or logging.getLogger("tensorflow").level != logging.WARNING:
        return True
    packages = os.path.dirname(os.path.dirname(os.path.abspath(sys.modules["tensorflow"].__file__))) + os.sep
    path = os.path.abspath(record.pathname)
    return path.startswith(_OURS) or not path.startswith(packages)
