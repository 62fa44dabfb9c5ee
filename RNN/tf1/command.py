"""The entry points of the command ``tf1`` and of the processes of its programs.

The first makes sure that the package ``tf1`` is this one.

The package index has a different ``tf1``, a metric, with a module of the same name. So this file is installed a second
time, as the module ``tf1_runner``, which that package cannot replace. An editable install copies it too.
"""

import _signal  # built in: from here on Ctrl-C ends this process without a traceback

if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)

import os  # noqa: E402
import sys  # noqa: E402

INSTEAD = """\
tf1: error: the package tf1 in %s is a different one, an F1 metric; \
'pip uninstall tf1', then install tf1-runner again\
"""


def main():
    """Runs the command line in sys.argv with the package ``tf1``.

    Raises:
        SystemExit: the program's status; 1 with one line on standard error if ``tf1`` is a different package.
    """
    import importlib.util

    found = importlib.util.find_spec("tf1")
    directory = os.path.dirname(found.origin) if found and found.origin else None
    if directory is not None and not _is_ours(found.origin):
        sys.exit(INSTEAD % directory)
    from tf1.__main__ import main

    main()


def enter():
    """Makes this process one of TensorFlow 1.15.5; tf1.pth calls it when Python starts."""
    from tf1.program import enter

    enter.enter()


def _is_ours(path):
    """Whether a package's __init__.py, read without running it, is that of tf1-runner."""
    with open(path, encoding="utf-8", errors="replace") as file:
        return "def load_ipython_extension(" in file.read()
