"""Executes a script, and presses Ctrl-C at an import: presses_ctrl_c.py COUNT SCRIPT ARGUMENTS.

The imports are counted from the one on that comes after the script has taken Ctrl-C over from Python.
"""

import os
import runpy
import signal
import sys


class Finder:
    left = int(sys.argv[1])

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
            cls.left -= 1
            if cls.left == 0:
                os.kill(os.getpid(), signal.SIGINT)


sys.meta_path.insert(0, Finder)
del sys.argv[:2]
runpy.run_path(sys.argv[0], run_name="__main__")
