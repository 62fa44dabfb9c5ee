"""Uses a directory of checkpoints until its standard input ends: holds_lock.py DIRECTORY."""

import sys

from common import checkpoint

with checkpoint.in_use("--model-dir", sys.argv[1]):
    print("locked", flush=True)
    sys.stdin.read()
