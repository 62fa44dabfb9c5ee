"""Loads TensorFlow the quiet way, with the settings that must be made before or right after its import."""

import contextlib
import importlib.util
import logging
import os
import signal
import sys
import tempfile
import threading
import warnings


def _flush():
    if sys.stderr is not None:
        sys.stderr.flush()


@contextlib.contextmanager
def ended_by_ctrl_c():
    """While it lasts, Ctrl-C ends the process at once with status 130.

    A KeyboardInterrupt in the middle of TensorFlow's import comes out as a page of traceback, or is swallowed.
    """
    screen = _screen()

    def end(signum, frame):
        if screen is not None:
            os.write(screen, b"interrupted while TensorFlow was loading\n")
        os._exit(130)

    # only the main thread may set a handler, and only it gets the signal
    takes_signals = threading.current_thread() is threading.main_thread()
    takes_signals = takes_signals and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if takes_signals:
        signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        if takes_signals:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if screen is not None:
            os.close(screen)


def _screen():
    """A second file descriptor for standard error, None where the shell has closed it."""
    try:
        return os.dup(2)
    except OSError:
        return None


def _kept():
    """A file to keep what is not to be seen; where no disk has room for one, it is thrown away."""
    try:
        return tempfile.TemporaryFile()
    except OSError:
        return open(os.devnull, "w+b")


@contextlib.contextmanager
def _quiet():
    """Keeps what TensorFlow's libraries write to file descriptor 2 while they load, and shows it only if they fail.

    Their notes on missing GPUs come before any log level holds.
    """
    screen = _screen()
    if screen is None:  # nobody to keep quiet for
        yield
        return
    with _kept() as kept, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numpy's and protobuf's complaints about how TensorFlow itself is written
        _flush()
        os.dup2(kept.fileno(), 2)
        try:
            yield
        except BaseException:
            kept.seek(0)
            os.write(screen, kept.read())
            raise
        finally:
            _flush()
            os.dup2(screen, 2)
            os.close(screen)


class NotInstalled(ImportError):
    """What this package stands on is missing; the message says how to install it.

    Where nobody catches it, the program ends with that line, without the traceback of an import.
    """

    def __init__(self, message):
        super().__init__(message)
        before = sys.excepthook

        def tell(kind, error, traceback):
            if issubclass(kind, NotInstalled):
                sys.stderr.write("%s: error: %s\n" % (os.path.basename(sys.argv[0]) or "python", error))
            else:
                before(kind, error, traceback)

        sys.excepthook = tell


def _not_of_its_age(record):
    """For the logger of TensorFlow: keeps its own warnings back, as long as the verbosity is the one set here."""
    untouched = logging.getLogger("tensorflow").level == logging.WARNING
    ours = os.path.abspath(record.pathname).startswith(os.path.dirname(os.path.abspath(__file__)) + os.sep)
    return record.levelno != logging.WARNING or ours or not untouched


def _installed_version():
    """The installed TensorFlow's (major, minor), told without importing it; (1, 15) on Python 3.7."""
    if importlib.util.find_spec("tensorflow") is None:
        raise NotInstalled(
            "TensorFlow is not installed for this Python, %s; 'make run' installs it in .venv, "
            "'pip install -r requirements.txt' for this one" % sys.executable
        )
    try:
        from importlib import metadata
    except ImportError:  # Python 3.7, which has TensorFlow 1.15 only
        return (1, 15)
    for name in ("tensorflow", "tensorflow-cpu", "tensorflow-intel", "tensorflow-macos", "tensorflow-rocm"):
        try:
            major, minor = metadata.version(name).split(".")[:2]
        except metadata.PackageNotFoundError:
            continue
        return (int(major), int(minor))
    raise NotInstalled("TensorFlow is here under a name that pip does not know; install tensorflow itself")


def import_tensorflow():
    """Imports TensorFlow and chooses the Keras that its version's cells and layers come from.

    Raises:
        NotInstalled: TensorFlow is missing, or is 2.16 or newer without tf-keras.
    """
    wants_notes = os.environ.get("TF_CPP_MIN_LOG_LEVEL", "3") < "3"  # whoever set it so asked to see them
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # its kernels round otherwise than TensorFlow 1's
    version = _installed_version()
    if version >= (2, 16):
        if importlib.util.find_spec("tf_keras") is None:
            raise NotInstalled(
                "TensorFlow {0}.{1} needs tf-keras {0}.{1} for the cells of TensorFlow 1; "
                "'pip install tf-keras~={0}.{1}.0' installs it".format(*version)
            )
        os.environ["TF_USE_LEGACY_KERAS"] = "1"
    else:
        os.environ.pop("TF_USE_LEGACY_KERAS", None)  # up to 2.15 it would ask for a package that is not needed
    with contextlib.ExitStack() as stack:
        if not wants_notes:
            stack.enter_context(_quiet())
        import tensorflow.compat.v1 as tf

        if version >= (2, 0):
            _ = tf.nn.rnn_cell.BasicLSTMCell, tf.layers.dense  # loads Keras now, under the same quiet


def hush(tf):
    """Silences what TensorFlow says of the age of the functions this project is about.

    Errors are still logged, and so are the warnings of this package itself (a checkpoint that is picked up, a temporary
    folder). Whoever sets another verbosity sees everything again.
    """
    tf.logging.set_verbosity(tf.logging.WARN)
    logging.getLogger("tensorflow").addFilter(_not_of_its_age)
    warnings.filterwarnings("ignore", message=r"`tf\.(nn\.rnn_cell|layers|compat)\.?.*` is deprecated")
