"""Executed when Python starts a program of a ``tf1`` that is not installed: does what tf1.pth does."""

import os
import sys


def _enter(here):
    packages = os.path.dirname(os.path.dirname(os.path.dirname(here)))
    sys.path.insert(0, packages)
    __import__("tf1.command").command.enter()
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
