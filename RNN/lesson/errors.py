"""How a part ends when it cannot go on: one line on standard error and a status, never a traceback."""

import atexit
import os
import signal
import sys

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
    try:
        sys.stdout.flush()
    except OSError:
        # what could not be written was reported above; Python would report it once more at its exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(status)


def _program():
    return os.path.basename(sys.argv[0]) or "python"


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


sys.excepthook = _end_without_traceback
atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)  # then all is done, but for Python's own end


def _report(program, text, status):
    """Writes one line, whatever line breaks the text holds, and returns the status.

    ``python -m RNN`` names a file that takes the line as well, for its table: standard error itself stays the
    terminal's, progress bars and all.
    """
    text = " ".join(str(text).split())
    sys.stderr.write("%s: %s\n" % (program, text))
    if REASON_FILE in os.environ:
        with open(os.environ[REASON_FILE], "w", encoding="utf-8") as file:
            file.write(text)
    return status
