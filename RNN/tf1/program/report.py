"""The report of a program that ends with an error: Python's traceback without frames of tf1, and a sentence."""

import contextlib
import os
import sys
import traceback

from tf1.installed.version import NotInstalled

_OURS = (os.path.dirname(os.path.abspath(__file__)) + os.sep, "<frozen importlib")
_PYTHON_2 = ("xrange", "unicode", "raw_input", "basestring", "unichr", "reduce", "cPickle", "urllib2", "ConfigParser")
_PYTHON_2 += ("Queue", "StringIO", "cStringIO", "iteritems", "itervalues", "iterkeys", "has_key", "execfile", "reload")
_PYTHON_2_SYNTAX = ("Missing parentheses in call to", "multiple exception types must be parenthesized")
_PYTHON_2_SYNTAX += ("leading zeros in decimal integer", "invalid hexadecimal literal", "inconsistent use of tabs")


def report(kind, error, trace):
    """sys.excepthook of a program.

    Args:
        kind, error, trace: of the exception that nothing has caught.
    """
    if isinstance(error, NotInstalled) or kind.__name__ in ("FetchError", "TensorFlowChanged"):
        sys.stderr.write("tf1: error: %s\n" % error)
        return
    sys.__excepthook__(kind, error, without_our_frames(error))
    if issubclass(kind, KeyboardInterrupt):
        with contextlib.suppress(KeyboardInterrupt):
            exec("raise KeyboardInterrupt")  # Python ends by SIGINT if this was the last that it executed from source
    write_sentence(error)


def write_sentence(error):
    """Writes a line to standard error for an error that shows Python 2, or a Keras of TensorFlow 2."""
    with contextlib.suppress(Exception):  # the program's class may have a __str__ that fails
        sentence = _python_2(error) or _keras(error)
        if sentence:
            sys.stderr.write("tf1: %s\n" % sentence)


def without_our_frames(error):
    """Removes the frames of tf1 and of the import system from the tracebacks of an error and of its causes.

    Returns:
        The error's traceback, None if nothing is left.
    """
    seen = set()
    causes = [error]
    while causes:
        cause = causes.pop()
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        causes += [cause.__cause__, cause.__context__]
        kept = None
        for entry in reversed(list(_entries(cause.__traceback__))):
            if not entry.tb_frame.f_code.co_filename.startswith(_OURS):
                entry.tb_next = kept
                kept = entry
        cause.__traceback__ = kept
    return error.__traceback__


def _entries(trace):
    while trace is not None:
        yield trace
        trace = trace.tb_next


def _python_2(error):
    lines = [line for _, line in traceback.walk_tb(error.__traceback__)] or [None]
    text = str(error)
    name = getattr(error, "name", None) or (text.split("'")[-2] if text.count("'") > 1 else "")
    if isinstance(error, SyntaxError):
        is_python_2 = text.startswith(_PYTHON_2_SYNTAX)
        lines.append(error.lineno)
    else:
        is_python_2 = isinstance(error, (NameError, ImportError, AttributeError)) and name in _PYTHON_2
    if is_python_2:
        return "line %s is Python 2; '2to3 -w' of Python 3.12 and older converts the program" % lines[-1]
    return None


def _keras(error):
    modules = [frame.f_globals.get("__name__", "") for frame, _ in traceback.walk_tb(error.__traceback__)]
    if not any(name.partition(".")[0] == "keras" for name in modules) or "keras" in sys.modules:  # it was loaded
        return None
    from importlib import metadata

    return (
        "keras %s is for TensorFlow 2. The program can say `from tensorflow import keras`; for the package of 2019, "
        "'pip install --no-deps --target DIRECTORY keras==2.3.1 pyyaml', and set PYTHONPATH=DIRECTORY"
    ) % metadata.version("keras")
