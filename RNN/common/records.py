"""Records: what a run was asked for, on which versions it ran, and every number it gave; and how files are written."""

import contextlib
import errno
import glob
import json
import math
import os
import platform
import sys
import time

from common.errors import RunError, UsageError


def write_whole(path, content):
    """Writes one file; see ``write_together``."""
    write_together({path: content})


def write_together(contents):
    """Writes files whole or not at all: all under temporary names beside them, then renamed.

    Everything a script writes goes through here. Whoever reads one of them, whenever, finds the old file or the new
    one; and where the disk is too full for one of them, all the old ones stay.

    Args:
        contents: {path: bytes}.

    Raises:
        RunError: one cannot be written; what was there before is still there.
    """
    temporaries = {}
    path = None
    try:
        for path, content in contents.items():
            target = os.path.realpath(path)  # a link stays a link
            if os.path.exists(target) and not os.path.isfile(target):
                raise OSError(errno.EEXIST, "it is there, and is no file")
            folder, name = os.path.split(target)
            for leftover in glob.glob(os.path.join(glob.escape(folder), ".%s.*.tmp" % glob.escape(name))):
                if time.time() - os.path.getmtime(leftover) > 3600:  # of a run that was killed while it wrote
                    os.remove(leftover)
            temporaries[target] = os.path.join(folder, ".%s.%d.tmp" % (name, os.getpid()))
            with open(temporaries[target], "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for target, temporary in temporaries.items():
            os.replace(temporary, target)
    except OSError as error:
        raise RunError(
            "cannot write %s: %s; what was there before is unchanged; make room or name another place"
            % (path, error.strerror or error)
        ) from error
    finally:
        for temporary in temporaries.values():
            with contextlib.suppress(FileNotFoundError):
                os.remove(temporary)


class Transcript:
    """Prints the original's lines to standard output, past any progress bar, and keeps them for the record."""

    def __init__(self):
        self.lines = []

    def say(self, line):
        self.lines.append(line)
        bar = sys.modules.get("tqdm")  # no bar is on the screen where tqdm was never imported
        if bar is None:
            print(line)
        else:
            bar.tqdm.write(line, file=sys.stdout)


def progress(iterable, unit, total=None, initial=0):
    """A tqdm progress bar on standard error, only on a terminal."""
    from tqdm import tqdm

    return tqdm(
        iterable,
        unit=unit,
        total=total,
        initial=initial,
        leave=False,
        file=sys.stderr,
        disable=not sys.stderr.isatty(),
    )


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


def versions():
    """What the numbers may depend on: {"python", "numpy", "cpu", and what of TensorFlow and matplotlib is loaded}."""
    found = {"python": platform.python_version(), "cpu": _cpu(), "system": platform.system()}
    for name in ("numpy", "tensorflow", "matplotlib"):
        if sys.modules.get(name):
            found[name] = sys.modules[name].__version__
    return found


def _cpu():
    """The processor's name as the system tells it, with the machine's kind."""
    name = platform.processor()
    with contextlib.suppress(OSError), open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                name = line.split(":", 1)[1].strip()
                break
    return "%s (%s)" % (name or "unknown", platform.machine())


def make(script, options, transcript, losses, curves, **more):
    """The record of a run as a dict; see ``read`` for what every record holds.

    Args:
        script: the file name of the part.
        options: what ``options.parse`` returned.
        transcript: the Transcript of the printed lines.
        losses: {name: numbers, or nested lists of them}.
        curves: what the figure draws: {name: numbers, or lists}.
        more: whatever else belongs to this part alone.
    """
    record = {
        "script": script,
        "options": options.result_options,
        "changed": options.changed,
        "seed": options.seed,
        "versions": versions(),
        "printed": transcript.lines,
        "losses": losses,
        "curves": curves,
    }
    record.update(more)
    return record


def write(path, record, figures=None):
    """Writes a record as JSON, one line per entry, so that two of them can be compared with diff.

    Args:
        path: its file.
        record: as ``make`` makes it.
        figures: {path: bytes} of the pictures drawn from it, which are written together with it.

    Raises:
        RunError: it cannot be written, or holds a number that is not finite.
    """
    try:
        lines = _lines(record, depth=2)
    except ValueError:
        raise RunError("%s: the results hold a number that is not finite; nothing was written" % path) from None
    write_together(dict(figures or {}, **{path: (lines + "\n").encode("utf-8")}))


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
        A dict with at least "script", "options", "changed", "seed", "versions", "printed", "losses" and "curves".

    Raises:
        UsageError: it is missing, cannot be read, or is not the record of a run; the message names the file.
    """
    try:
        with open(path, encoding="utf-8") as file:
            record = json.load(file, parse_constant=_refuse_constant, parse_float=_finite)
    except FileNotFoundError:
        raise UsageError("%s: there is no such record" % path) from None
    except OSError as error:
        raise UsageError("%s: cannot be read: %s" % (path, error.strerror or error)) from error
    except (ValueError, RecursionError) as error:
        raise UsageError("%s: is damaged, not the record of a run: %s" % (path, error)) from error
    kinds = {
        "script": str,
        "options": dict,
        "changed": list,
        "versions": dict,
        "printed": list,
        "losses": dict,
        "curves": dict,
    }
    for key, kind in kinds.items():
        if not isinstance(record, dict) or not isinstance(record.get(key), kind):
            raise UsageError("%s: is damaged, not the record of a run: no %r in it" % (path, key))
    for key in ("changed", "printed", "versions"):
        texts = record[key].values() if key == "versions" else record[key]
        if not all(isinstance(text, str) for text in texts):
            raise UsageError("%s: is damaged, not the record of a run: %r holds more than texts" % (path, key))
    return record


def _refuse_constant(text):
    raise ValueError("%s is not a finite number" % text)


def _finite(text):
    value = float(text)
    return value if math.isfinite(value) else _refuse_constant(text)  # 1e400


def require_finite(loss, where):
    """Ends a run whose training loss is no longer a number, before anything is drawn from it.

    Raises:
        RunError: ``loss`` is nan or infinite.
    """
    if not math.isfinite(loss):
        raise RunError("the training loss is no longer finite (%s) at %s: lower --learning-rate" % (loss, where))
