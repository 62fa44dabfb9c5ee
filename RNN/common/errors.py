"""How a program of this project ends: one line on standard error and a status, no traceback."""

import contextlib
import os
import re
import signal
import sys

from common import ctrl_c


class Unfailing:
    """A stream whose errors do not end a run: once it cannot be written to (a full disk), its output is dropped."""

    def __init__(self, stream):
        self._stream = stream

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def write(self, text):
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):  # else Python would report it again at its exit
                os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
                self._stream.flush()
        return len(text)


class UsageError(Exception):
    """An option, or a file that it names, is wrong. Status 2."""


class RunError(Exception):
    """The run failed: the disk is full, a loss is not finite. Status 1."""


class Interrupted(Exception):
    """The run was stopped by Ctrl-C; the message says how to resume it. Status 130."""


def run(main):
    """Calls ``main()``, which returns None or a status, and ends the process with it.

    Raises:
        SystemExit: always; 0 after success, 1 after a failed run, 2 after invalid input, 130 after Ctrl-C.
    """
    before = ctrl_c.listen()
    ctrl_c.started = True
    ending = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]  # Windows has no SIGHUP
    ending = [number for number in ending if signal.getsignal(number) == signal.SIG_DFL]
    for number in ending:
        signal.signal(number, _terminate)
    sys.stdout = sys.stdout or open(os.devnull, "w")  # the shell has closed it
    stderr, sys.stderr = sys.stderr, Unfailing(sys.stderr or open(os.devnull, "w"))
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # a path may hold characters that the locale cannot show
    try:
        status = _run(main)
    finally:
        # at the end of a program only Python's own shutdown is left to interrupt
        signal.signal(signal.SIGINT, signal.SIG_IGN if before is ctrl_c.on_ctrl_c else before)
        for number in ending:
            signal.signal(number, signal.SIG_DFL)
        sys.stderr = stderr
    raise SystemExit(status)


_terminated = []  # the status of a signal that ends the program


def _terminate(signum, frame):
    """Ends the program as the signal would, but after temporary directories are removed."""
    _terminated.append(128 + signum)
    ctrl_c.ignore_unfinished_objects()
    raise SystemExit(128 + signum)


def _run(main):
    try:
        status = main()
        sys.stdout.flush()  # a full disk shows only here
        return status
    except UsageError as error:
        return report("error: %s" % error, 2)
    except RunError as error:
        return report("error: %s" % error, 1)
    except Interrupted as error:
        return report("interrupted: %s" % error, 130)
    except KeyboardInterrupt:
        return report("interrupted", 130)
    except OSError as error:
        Unfailing(sys.stdout).write("")
        if isinstance(error, BrokenPipeError):
            return report("error: broken pipe on standard output", 1)
        return report("error: %s%s" % (error.strerror or error, " (%s)" % error.filename if error.filename else ""), 1)
    except MemoryError as error:
        return report("error: out of memory (%s); use less data or smaller batches" % error, 1)
    except Exception as error:
        if _terminated:  # C++ has made this error of the SystemExit that the signal raised in a callback
            return _terminated[0]
        kinds = [kind.__name__ for kind in type(error).__mro__]
        if isinstance(error, ModuleNotFoundError) and "." not in str(error.name):
            return report(not_installed(error.name), 1)
        if "NotInstalled" in kinds:  # tf1's
            return report("error: %s" % error, 1)
        if "OpError" in kinds:
            return report("error: TensorFlow failed: %s" % reason(error), 1)
        raise


def report(text, status):
    """Writes one line to standard error, whatever the text holds, and returns the status."""
    Unfailing(sys.stderr).write("%s: %s\n" % (ctrl_c.program(), printable(text)))
    return status


def printable(text, longest=2000):
    """A text from anywhere as one line: control characters are escaped, the middle of a long one is left out."""
    text = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in " ".join(str(text).split()))
    return text if len(text) <= longest else "%s ... %s" % (text[: longest // 2], text[-longest // 2 :])


def reason(error):
    """The cause of a TensorFlow error in one line, without the graph and the stack around it."""
    text = re.sub(r"^Graph execution error:.*?\nNode: [^\n]*\n", "", str(error), flags=re.DOTALL)
    return text.split("\n")[0]


def not_installed(name):
    """The message on a missing package."""
    cure = "'make run' installs everything in .venv, 'pip install -r requirements.txt' for this Python"
    return "error: required package %s is not installed for %s; %s" % (name, sys.executable, cure)
