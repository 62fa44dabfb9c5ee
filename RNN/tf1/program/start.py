"""Starts a program: the same Python again, in whose environment ``TF1_PROGRAM`` makes it one of TensorFlow 1.15.5.

Python itself executes the program, so that its options, tracebacks, exit status and signals are Python's.
"""

import contextlib
import importlib.machinery
import importlib.util
import os
import site
import subprocess
import sys

from tf1.program.enter import VARIABLE
from tf1.program.source.cache import cache_directory

_WITH_VALUE = ("-W", "-X", "--check-hash-based-pycs")
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_WITHOUT_INSTALLATION = os.path.join(_PACKAGE, "without_installation")


def start(arguments):
    """Replaces this process by Python with these arguments; on Windows, runs Python and ends with its status.

    Args:
        arguments: as Python's own: options, then a program, -m module, -c code or -, then the program's arguments.

    Raises:
        SystemExit: status 2 if the program does not exist, 1 if it is a directory without a __main__.py; the
            program's status on Windows.
    """
    place = _program(arguments)
    if place is not None:
        program = arguments[place]
        if not os.path.exists(program):
            sys.stderr.write("tf1: can't open file %r: No such file or directory\n" % os.path.abspath(program))
            sys.exit(2)
        if os.path.isdir(program) and importlib.machinery.PathFinder.find_spec("__main__", [program]) is None:
            sys.stderr.write("tf1: can't find '__main__' module in %r\n" % program)  # Python looks on all of sys.path
            sys.exit(1)
        if program.endswith(".ipynb"):
            arguments = arguments[:place] + _notebook(program) + arguments[place + 1 :]
    command = [sys.executable] + subprocess._args_from_interpreter_flags() + list(arguments)
    environment = dict(os.environ, **{VARIABLE: sys.prefix})
    with contextlib.suppress(ModuleNotFoundError):  # a program without TensorFlow needs no cache
        environment.setdefault("TF1_CACHE", cache_directory())  # found without a platformdirs.py of the program's own
    if not _is_installed():
        paths = [_WITHOUT_INSTALLATION, os.environ.get("PYTHONPATH")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    if os.name == "nt":
        sys.exit(subprocess.call(command, env=environment))
    os.execve(sys.executable, command, environment)


def _program(arguments):
    """The index of the program's path; None for -m, -c, standard input and an interactive session."""
    place = 0
    while place < len(arguments):
        option = arguments[place]
        if not option.startswith("-"):
            return place
        if option == "-" or option.startswith(("-m", "-c")) and not option.startswith("--"):
            return None
        place += 2 if option in _WITH_VALUE else 1
    return None


def _notebook(path):
    """Arguments by which IPython executes the cells of a notebook."""
    if importlib.util.find_spec("IPython") is None:
        sys.stderr.write(
            "tf1: %s is a notebook: open it in Jupyter and let its first cell be '%%load_ext tf1', "
            "or install IPython to run it here\n" % path
        )
        sys.exit(2)
    return ["-m", "IPython", "--no-banner", "--no-confirm-exit", path]


def _is_installed():
    """Whether this Python executes tf1.pth when it starts."""
    directories = site.getsitepackages() + [site.getusersitepackages()] * bool(site.ENABLE_USER_SITE)
    return any(os.path.exists(os.path.join(directory, "tf1.pth")) for directory in directories)
