"""Presses Ctrl-C between two imports of a program: interrupts_itself.py PROGRAM."""

import os
import signal
import sys

from common import ctrl_c

del sys.argv[0]
ctrl_c.listen()
os.kill(os.getpid(), signal.SIGINT)
