"""Writes a file 60 times, each time next to a leftover of a killed run: writes_over_leftovers.py PATH LETTER."""

import os
import sys

from common import records

path, letter = sys.argv[1:]
directory, name = os.path.split(path)
for number in range(60):
    open(os.path.join(directory, ".%s.%016x.tmp" % (name, number)), "w").close()
    records.write_files({path: letter.encode() * 5000})
