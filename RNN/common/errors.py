"""How a program of this project ends: one line on standard error and a status, no traceback."""

import contextlib
import os
import re
import signal
import sys

from common import ctrl_c


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
    ending = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]  # Windows has no SIGHUP
    ending = [number for number in ending if signal.getsignal(number) == signal.SIG_DFL]
    for number in ending:
        signal.signal(number, _terminate)
    sys.stdout = sys.stdout or open(os.devnull, "w")  # the shell has closed it
    sys.stderr = sys.stderr or open(os.devnull, "w")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # a path may hold characters that the locale cannot show
    try:
        status = _run(main)
    finally:
        # at the end of a program only Python's own shutdown is left to interrupt
        signal.signal(signal.SIGINT, signal.SIG_IGN if before is ctrl_c.on_ctrl_c else before)
        for number in ending:
            signal.signal(number, signal.SIG_DFL)
    raise SystemExit(status)


def _terminate(signum, frame):
    """Ends the program as the signal would, but after temporary directories are removed."""
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
        _discard_output()
        if isinstance(error, BrokenPipeError):
            return report("error: broken pipe on standard output", 1)
        return report("error: %s%s" % (error.strerror or error, " (%s)" % error.filename if error.filename else ""), 1)
    except MemoryError as error:
        return report("error: out of memory (%s); use less data or smaller batches" % error, 1)
    except Exception as error:
        kinds = [kind.__name__ for kind in type(error).__mro__]
        if isinstance(error, ModuleNotFoundError) and "." not in str(error.name):
            return report(not_installed(error.name), 1)
        if "NotInstalled" in kinds:  # tf1's
            return report("error: %s" % error, 1)
        if "OpError" in kinds:
            return report("error: TensorFlow failed: %s" % reason(error), 1)
        raise


def _discard_output():
    """Python would report at its exit again that standard output cannot be written."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        return
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def report(text, status):
    """Writes one line to standard error, whatever line breaks the text holds, and returns the status."""
    directory, name = os.path.split(os.path.abspath(sys.argv[0]))
    program = "python -m " + os.path.basename(directory) if name == "__main__.py" else name
    with contextlib.suppress(OSError):
        sys.stderr.write("%s: %s\n" % (program, " ".join(str(text).split())))
        sys.stderr.flush()
    return status


def reason(error):
    """The cause of a TensorFlow error in one line, without the graph and the stack around it."""
    text = re.sub(r"^Graph execution error:.*?\nNode: [^\n]*\n", "", str(error), flags=re.DOTALL)
    return text.split("\n")[0]


def not_installed(name):
    """The message on a missing package."""
    cure = "'make run' installs everything in .venv, 'pip install -r requirements.txt' for this Python"
    return "error: required package %s is not installed for %s; %s" % (name, sys.executable, cure)
