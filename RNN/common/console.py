"""Output besides the original's lines: remarks and a progress bar on standard error; tables."""

import os
import sys

from common import side_by_side
from common.errors import printable


def remark(text):
    """Writes a remark to standard error; standard output carries the original's lines only."""
    sys.stderr.write("%s: %s\n" % (os.path.basename(sys.argv[0]), printable(text)))


def progress(iterable, unit, total=None, initial=0):
    """A tqdm progress bar on standard error, only on a terminal.

    Where ``python -m RNN`` shows the progress, as in "step 1200 of 8000", it is written for it.
    """
    from tqdm import tqdm

    more = {"disable": not sys.stderr.isatty()}
    if side_by_side.PROGRESS in os.environ:
        more = {"bar_format": "{unit} {n_fmt} of {total_fmt}\r", "mininterval": 0.5}
    return tqdm(iterable, unit=unit, total=total, initial=initial, leave=False, file=sys.stderr, **more)


def print_line(line):
    """Prints a line on standard output at once, into a pipe too, clear of a progress bar."""
    tqdm = sys.modules.get("tqdm")  # where a bar may be shown
    if tqdm is None:
        print(line)
    else:
        tqdm.tqdm.write(line, file=sys.stdout)
    sys.stdout.flush()


def table(rows):
    """The rows as text, in aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)
