"""Writes a file, then writes it again on a disk that has become full: full_disk.py PATH.

The device that is always full stands in for the disk: what is written is redirected to it.
"""

import os
import sys

from common import records

path = sys.argv[1]
records.write_files({path: b"old"})
records.files.fcntl.flock = lambda file, how: os.dup2(os.open("/dev/full", os.O_WRONLY), file.fileno())
try:
    records.write_files({path: b"new"})
except records.RunError as error:
    print(error)
