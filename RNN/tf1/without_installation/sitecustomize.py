"""Executed when Python starts a program of a ``tf1`` that is not installed: does what tf1.pth does."""

import _signal
import os
import sys


def _enter(here):
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)  # until it has entered: Ctrl-C without a traceback
    packages = os.path.dirname(os.path.dirname(here))
    sys.path.insert(0, packages)
    from tf1.program import enter

    enter.enter()
    sys.path.remove(packages)


def _execute_the_users_own(here):
    sys.path[:] = [path for path in sys.path if os.path.abspath(path) != here]
    ours = sys.modules.pop("sitecustomize")
    try:
        __import__("sitecustomize")
    except ImportError:
        sys.modules["sitecustomize"] = ours


_here = os.path.dirname(os.path.abspath(__file__))
if os.environ.get("TF1_PROGRAM") == sys.prefix:  # not in a child of another Python
    _enter(_here)
_execute_the_users_own(_here)
