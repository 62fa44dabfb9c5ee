"""Records: the options of a run, its versions and all its numbers, as a JSON file; and how files are written."""

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
    """Writes one file atomically; see ``write_together``."""
    write_together({path: content})


def write_together(contents):
    """Writes files atomically: all under temporary names in the same directories, then renamed.

    Every file that a script writes is written here. A reader finds the old or the new file; if the disk is too full for
    one of the files, all old ones stay.

    Args:
        contents: {path: bytes}.

    Raises:
        RunError: a file cannot be written; existing files are unchanged.
    """
    temporaries = {}
    path = None
    try:
        for path, content in contents.items():
            target = os.path.realpath(path)  # a link stays a link
            if os.path.exists(target) and not os.path.isfile(target):
                raise OSError(errno.EEXIST, "it exists and is not a file")
            folder, name = os.path.split(target)
            _remove_leftovers(os.path.join(folder, "." + name))
            # a name that no other writer of the same file has
            temporaries[target] = os.path.join(folder, ".%s.%s.tmp" % (name, os.urandom(8).hex()))
            with open(temporaries[target], "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for target, temporary in temporaries.items():
            os.replace(temporary, target)
    except OSError as error:
        raise RunError(
            "cannot write %s: %s; existing files are unchanged; free some disk space or use a different --out"
            % (path, error.strerror or error)
        ) from error
    finally:
        for temporary in temporaries.values():
            with contextlib.suppress(OSError):
                os.remove(temporary)


def _remove_leftovers(prefix):
    """Removes temporary files that a killed run left more than an hour ago."""
    for leftover in glob.glob(glob.escape(prefix) + ".*.tmp"):
        with contextlib.suppress(OSError):  # a different writer was faster
            if time.time() - os.path.getmtime(leftover) > 3600:
                os.remove(leftover)


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
    """What the numbers may depend on: {"python", "cpu", "system"}, and numpy, tensorflow, matplotlib if loaded."""
    found = {"python": platform.python_version(), "cpu": _cpu(), "system": platform.system()}
    for name in ("numpy", "tensorflow", "matplotlib"):
        if sys.modules.get(name):
            found[name] = sys.modules[name].__version__
    return found


def _cpu():
    """The name of the processor and the kind of machine."""
    name = platform.processor()
    with contextlib.suppress(OSError), open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                name = line.split(":", 1)[1].strip()
                break
    return "%s (%s)" % (name or "unknown", platform.machine())


def write(path, record, figures=None):
    """Writes a record as JSON, one line per entry, so that two of them can be compared with diff.

    Args:
        path: its file.
        record: a dict; see ``read``.
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
            record = parse(file.read())
    except FileNotFoundError:
        raise UsageError("%s: there is no such record" % path) from None
    except OSError as error:
        raise UsageError("%s: cannot be read: %s" % (path, error.strerror or error)) from error
    except (ValueError, RecursionError) as error:
        raise UsageError("%s: is damaged, not the record of a run: %s" % (path, error)) from error
    kinds = {"script": str, "options": dict, "changed": list, "versions": dict, "printed": list, "losses": dict}
    for key, kind in dict(kinds, curves=dict).items():
        if not isinstance(record, dict) or not isinstance(record.get(key), kind):
            raise UsageError("%s: is damaged, not the record of a run: no %r in it" % (path, key))
    for key in ("changed", "printed", "versions"):
        texts = record[key].values() if key == "versions" else record[key]
        if not all(isinstance(text, str) for text in texts):
            raise UsageError("%s: is damaged, not the record of a run: %r holds more than texts" % (path, key))
    return record


def parse(text):
    """The value of a JSON text.

    Raises:
        ValueError: it is not JSON, or holds a number that is not finite.
        RecursionError: it is nested too deeply.
    """
    return json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)


def _refuse_constant(text):
    raise ValueError("%s is not a finite number" % text)


def _finite(text):
    value = float(text)
    return value if math.isfinite(value) else _refuse_constant(text)  # 1e400


def require_finite(value, what):
    """Ends a run in which a number is not finite.

    Args:
        value: the number.
        what: its name and place, as in "training loss, step 9".

    Raises:
        RunError: ``value`` is nan or infinite.
    """
    if not math.isfinite(value):
        raise RunError("%s is %s; try a lower --learning-rate" % (what, value))
