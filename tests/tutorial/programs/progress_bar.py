"""Moves a progress bar, and writes a line to each stream at every step."""

import sys

from common import console

bar = console.progress(None, "step", total=3)
for step in range(3):
    print("line", step, flush=True)
    bar.n = step
    bar.refresh()
    print("a remark", file=sys.stderr, flush=True)
