"""Loading TensorFlow: quietly, and without garbage collection."""

import contextlib
import functools
import gc
import os
import sys
import tempfile
import warnings


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
        except Exception:  # not the SystemExit of a signal
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


@contextlib.contextmanager
def no_garbage_collection():
    """For code that makes a million permanent objects; later collections skip them."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def hold_back_first_log_lines(version):
    """TensorFlow 2.17 to 2.20 write two lines with the first session, whatever the log level.

    A small session writes them, just after the program's first one was made: that one decides the number of threads,
    and a process that has made none can be forked.
    """
    from tensorflow.python.client.session import BaseSession

    if not (2, 17) <= version <= (2, 20):
        return
    initialize = BaseSession.__init__

    def __init__(self, *args, **kwargs):
        initialize(self, *args, **kwargs)
        if BaseSession.__init__ is __init__:
            import tensorflow.compat.v1 as tf

            BaseSession.__init__ = initialize
            graph = type("Graph", (tf.Graph,), {})()  # whoever counts the program's graphs does not see it
            with quiet(), graph.as_default(), tf.Session() as session:
                session.run(tf.constant(0))

    BaseSession.__init__ = functools.wraps(initialize)(__init__)
