"""Records: the options of a run, its versions and all its numbers, as a JSON file; and how files are written."""

import contextlib
import errno
import json
import math
import os
import platform
import sys

from common import side_by_side
from common.errors import RunError, UsageError

from tf1 import files

# what a record, and the state in a checkpoint, hold: the type of each entry, and that of all values in some of them
ENTRIES = {"options": dict, "printed": list, "losses": dict, "curves": dict}
RECORD = dict(ENTRIES, script=str, changed=list, versions=dict)
_VALUES = {"printed": str, "changed": str, "versions": str, "losses": (int, float), "curves": (int, float)}


def write_files(contents):
    """Writes files, {path: bytes}, atomically; every file that a script writes is written here. See tf1.files.write.

    Raises:
        RunError: a file cannot be written; existing files are unchanged.
    """
    try:
        files.write(contents)
    except OSError as error:
        raise RunError(
            "cannot write %s: %s; existing files are unchanged; free some disk space or use a different --out"
            % (error.filename, error.strerror or error)
        ) from error


def write(path, record, figures=None):
    """Writes a record as JSON, one line per entry, so that two of them can be compared with diff.

    ``figures`` are {path: bytes} of the pictures drawn from it, which are written together with it.

    Raises:
        RunError: it cannot be written, or holds a number that is not finite.
    """
    try:
        text = _lines(record, depth=2) + "\n"
    except ValueError:
        raise RunError("%s: the results hold a number that is not finite; nothing was written" % path) from None
    write_files(dict(figures or {}, **{path: text.encode("utf-8")}))


def _lines(value, depth):
    """JSON with a line per key down to ``depth`` levels of dicts, everything deeper on one line."""
    if not isinstance(value, dict) or depth == 0 or not value:
        return json.dumps(value, allow_nan=False)
    indent = " " * (3 - depth)
    items = ["%s%s: %s" % (indent, json.dumps(key), _lines(value[key], depth - 1)) for key in value]
    return "{\n" + ",\n".join(items) + "\n" + indent[1:] + "}"


def read(path):
    """Reads a record.

    Returns:
        A dict with at least the entries of RECORD and "seed".

    Raises:
        UsageError: it is missing, cannot be read, or is not the record of a run; the message names the file.
    """
    try:
        return parse(read_text(path), RECORD)
    except FileNotFoundError:
        raise UsageError("%s: there is no such record" % path) from None
    except OSError as error:
        raise UsageError("%s: cannot be read: %s" % (path, error.strerror or error)) from error
    except (ValueError, RecursionError) as error:
        raise UsageError("%s: is damaged, not the record of a run: %s" % (path, error)) from error


def read_text(path):
    """The text of a file that anyone may have made; an OSError for a fifo or a device, a ValueError if not UTF-8."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise OSError(errno.EINVAL, "it is not a file")
    with open(path, encoding="utf-8") as file:
        return file.read()


def parse(text, entries):
    """The dict of a JSON text that anyone may have written; it must have the entries {key: type of the value}.

    Raises:
        ValueError: it is not JSON, lacks an entry, or holds a number that is not finite or a value of a different type.
        RecursionError: it is nested too deeply.
    """
    record = json.loads(text, parse_constant=_number, parse_float=_number, parse_int=_number)
    if not isinstance(record, dict):
        raise ValueError("no entries in it")
    for key, kind in entries.items():
        if not isinstance(record.get(key), kind):
            raise ValueError("no %r in it" % key)
        if not all(isinstance(value, _VALUES.get(key, object)) for value in _flat(record[key])):
            raise ValueError("%r holds more than %s" % (key, "texts" if _VALUES[key] is str else "numbers"))
    return record


def _number(text):
    value = float(text)
    if not math.isfinite(value):  # NaN, 1e400
        raise ValueError("%s is not a finite number" % text)
    return int(text) if text.lstrip("-").isdigit() else value


def _flat(value):
    """The values in nested lists and dicts."""
    if not isinstance(value, (list, dict)):
        yield value
        return
    for item in value.values() if isinstance(value, dict) else value:
        yield from _flat(item)


def floats(array):
    """The numbers of arrays as nested lists that JSON writes short and float32 reads back exactly.

    An array of any shape, or a list or dict of them. Nine significant digits tell any two float32 numbers apart.
    """
    if hasattr(array, "tolist"):
        array = array.tolist()
    if isinstance(array, dict):
        return {name: floats(item) for name, item in array.items()}
    if isinstance(array, (list, tuple)):
        return [floats(item) for item in array]
    return float("%.9g" % array)


def require_finite(value, what):
    """Ends a run in which a number is not finite; ``what`` is its name and place, as in "training loss, step 9".

    Raises:
        RunError: it is nan or infinite.
    """
    if not math.isfinite(value):
        raise RunError("%s is %s; try a lower --learning-rate" % (what, value))


def versions():
    """What the numbers may depend on: {"python", "cpu", "system"}, and numpy, tensorflow, matplotlib if loaded."""
    cpu = platform.processor() or "unknown"
    with contextlib.suppress(OSError), open("/proc/cpuinfo") as file:
        cpu = ([line.split(":", 1)[1].strip() for line in file if line.startswith("model name")] + [cpu])[0]
    cpu = "%s (%s)" % (cpu, platform.machine())
    found = {"python": platform.python_version(), "cpu": cpu, "system": platform.system()}
    for name in ("numpy", "tensorflow", "matplotlib"):
        if sys.modules.get(name):
            found[name] = sys.modules[name].__version__
    return found


def progress(iterable, unit, total=None, initial=0):
    """A tqdm progress bar on standard error, only on a terminal.

    Where ``python -m RNN`` shows the progress, as in "step 1200 of 8000", it is written for it.
    """
    from tqdm import tqdm

    more = {"disable": not sys.stderr.isatty()}
    if side_by_side.PROGRESS in os.environ:
        more = {"bar_format": "{unit} {n_fmt} of {total_fmt}\r", "mininterval": 0.5}
    return tqdm(iterable, unit=unit, total=total, initial=initial, leave=False, file=sys.stderr, **more)


def table(rows):
    """The rows as text, in aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)
