"""Writes a file of 1,600,000 bytes again and again, and prints a line after each time: writes_until_killed.py PATH."""

import sys

from common import records

for number in range(10**6):
    records.write_files({sys.argv[1]: (b"%08d" % number) * 200000})
    print(number, flush=True)
