"""Shared by the scripts, and not part of any lesson. A script uses it through ``run.Run``.

A script imports this package first: from then on Ctrl-C, and a missing numpy, end it in one line, while numpy is still
being imported too. In a program outside this directory the import has no such effect.
"""

import os
import sys

from common import ctrl_c

_program = os.path.abspath(getattr(sys.modules["__main__"], "__file__", None) or os.sep)
if _program.startswith(os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep):
    ctrl_c.listen()
    import importlib.util

    from common import errors

    if importlib.util.find_spec("numpy") is None:
        sys.exit(errors.report(errors.not_installed("numpy"), 1))
