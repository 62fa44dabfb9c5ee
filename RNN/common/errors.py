"""How a part ends when it cannot go on: one line on standard error and a status, never a traceback."""

import _thread
import atexit
import contextlib
import os
import re
import signal
import sys
import threading

REASON_FILE = "RNN_REASON_FILE"  # environment variable

# where the shell has closed a stream, what is written to it goes nowhere
sys.stdout = sys.stdout or open(os.devnull, "w")
sys.stderr = sys.stderr or open(os.devnull, "w")


class UsageError(Exception):
    """The user's input is wrong: an option, or a file that it names. Status 2."""


class RunError(Exception):
    """The run failed: a full disk, a loss that is no longer finite. Status 1."""


class Interrupted(Exception):
    """Ctrl-C was pressed and dealt with; the message says how to go on. Status 130."""


def run(main):
    """Calls ``main()`` and leaves the process with the status that design and shell agree on.

    Args:
        main: a function without arguments that returns None or a status.

    Raises:
        SystemExit: always; 0 after success, 1 after a failed run, 2 after bad input, 130 after Ctrl-C.
    """
    program = _program()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # a path may hold what the terminal cannot show
    try:
        status = main()
        sys.stdout.flush()  # a full disk behind standard output shows only here
    except UsageError as error:
        status = _report(program, "error: %s" % error, 2)
    except RunError as error:
        status = _report(program, "error: %s" % error, 1)
    except Interrupted as interruption:
        status = _report(program, "interrupted: %s" % interruption, 130)
    except KeyboardInterrupt:
        status = _report(program, "interrupted", 130)
    except BrokenPipeError:
        status = _report(program, "error: whoever read the output has gone", 1)
    except OSError as error:
        where = " (%s)" % error.filename if error.filename else ""
        status = _report(program, "error: %s%s" % (error.strerror or error, where), 1)
    except MemoryError as error:
        status = _report(program, "error: out of memory (%s); ask for less data or smaller batches" % error, 1)
    except Exception as error:
        if _pressed:  # a library that Ctrl-C has torn out of its work complains of what it found of itself
            status = _report(program, "interrupted", 130)
        elif any(kind.__name__ == "OpError" for kind in type(error).__mro__):  # TensorFlow's, which need not be here
            status = _report(program, "error: TensorFlow failed: %s" % reason(error), 1)
        else:
            raise
    try:
        sys.stdout.flush()
    except OSError:
        # what could not be written was reported above; Python would report it once more at its exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(status)


def reason(error):
    """What happened, in one line, of an error of TensorFlow: without the graph and the stack around it."""
    text = re.sub(r"^Graph execution error:.*?\nNode: [^\n]*\n", "", str(error), flags=re.DOTALL)
    return text.split("\n")[0]


_pressed = []


def _interrupt(signum, frame):
    """Python's own answer to Ctrl-C, which keeps in mind that it was pressed."""
    _pressed.append(signum)
    raise KeyboardInterrupt


def _program():
    folder, name = os.path.split(os.path.abspath(sys.argv[0]))
    return "python -m " + os.path.basename(folder) if name == "__main__.py" else name


_excepthook_before = sys.excepthook


def _end_without_traceback(kind, error, traceback):
    """For sys.excepthook: what ends a part before ``run`` is reached, while it still imports what it needs."""
    if issubclass(kind, KeyboardInterrupt):
        os._exit(_report(_program(), "interrupted", 130))
    if issubclass(kind, ModuleNotFoundError):
        cure = "'make run' installs all that is needed in .venv, 'pip install -r requirements.txt' for this Python"
        _report(
            _program(), "error: %s, needed here, is not installed for %s; %s" % (error.name, sys.executable, cure), 1
        )
    else:
        _excepthook_before(kind, error, traceback)


def _report(program, text, status):
    """Writes one line, whatever line breaks the text holds, and returns the status.

    ``python -m RNN`` names a file that takes the line as well, for its table: standard error itself stays the
    terminal's, progress bars and all.
    """
    text = " ".join(str(text).split())
    with contextlib.suppress(OSError):  # nobody can be told; the status still says it
        sys.stderr.write("%s: %s\n" % (program, text))
        sys.stderr.flush()
    if REASON_FILE in os.environ:
        with open(os.environ[REASON_FILE], "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    return status


def _press_once_more(unraisable):
    """For sys.unraisablehook: a Ctrl-C that fell into a callback of the garbage collector, where Python drops it."""
    if unraisable.exc_type is not None and issubclass(unraisable.exc_type, KeyboardInterrupt):
        threading.Timer(0.05, _thread.interrupt_main).start()  # by then the callback is over, or this is called again
    else:
        sys.__unraisablehook__(unraisable)


sys.excepthook = _end_without_traceback
sys.unraisablehook = _press_once_more  # Python 3.8 and newer
atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)  # then all is done, but for Python's own end
