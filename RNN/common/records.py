"""Records: the options of a run, its versions and all its numbers, as a JSON file; and how files are written.

A record is a dict with the entries

    script, options, changed, seed    the run; ``changed`` lists the options that are not the defaults, as text
    printed                           the lines on standard output
    losses                            {name: one value per step or epoch, or a list of them per batch; or one number}
    curves                            {name: data of the figure}, see below
    initial_weights                   where training started, of a part that trains
    cluster                           {job: addresses}, of part 7 in a cluster
    versions                          of everything that the numbers may depend on

The curves of a part that predicts a sine are ``predictions``, a list of {"epoch", "y"}, and ``target``, which they are
drawn over. Part 7 has one curve, and the names of the original's legend: ``predicted`` over ``real_sin``. Read
them by the functions ``predictions`` and ``target``, which know both.

A checkpoint holds the entries ENTRIES of a run that is not finished.
"""

import contextlib
import errno
import json
import math
import os
import platform
import re
import sys

from common.errors import RunError, UsageError

from tf1 import files

# entries of a record, and of the state in a checkpoint: the type of each, and that of all values in some of them
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
    """The numbers may depend on these: {"python", "cpu", "system"}, and numpy, tensorflow, matplotlib if loaded."""
    cpu = platform.processor() or "unknown"
    with contextlib.suppress(OSError), open("/proc/cpuinfo") as file:
        cpu = ([line.split(":", 1)[1].strip() for line in file if line.startswith("model name")] + [cpu])[0]
    cpu = "%s (%s)" % (cpu, platform.machine())
    found = {"python": platform.python_version(), "cpu": cpu, "system": platform.system()}
    for name in ("numpy", "tensorflow", "matplotlib"):
        if sys.modules.get(name):
            found[name] = sys.modules[name].__version__
    return found


def predictions(record):
    """{epoch: the predictions drawn after it} of a part that predicts a sine; part 7's has epoch None."""
    curves = record["curves"]
    if "predicted" in curves:
        return {None: curves["predicted"]}
    return {curve["epoch"]: curve["y"] for curve in curves.get("predictions", [])}


def target(record):
    """The points that the predictions of a part are compared with in its figure."""
    return record["curves"].get("real_sin") or record["curves"]["target"]


def add_prediction(curves, epoch, y, points):
    """Adds the predictions after an epoch to the curves of a run, with the target that they are drawn over."""
    curves.setdefault("predictions", []).append({"epoch": epoch, "y": floats(y)})
    curves["target"] = floats(points)


def last_training_loss(record):
    """(the last training loss of a record, what it is the loss of); None without one."""
    for name, what in (("epoch_train_loss", "mean of an epoch"), ("train_loss", "one batch")):
        if record["losses"].get(name):
            return record["losses"][name][-1], what
    return None


def accuracies(record):
    """[(step, accuracy on test images)] of part 6."""
    return list(zip(record["losses"]["accuracy_step"], record["losses"]["accuracy"]))


def logged_by(path):
    """The names of the losses that a script logs: the arguments of its calls of ``run.log``."""
    with open(path, encoding="utf-8") as file:
        return re.findall(r"(\w+)=", " ".join(re.findall(r"run\.log\((.*)\)", file.read())))


def require_state(state, names):
    """Refuses a state that no run has saved; ``names`` are the losses that the run logs.

    A loss has a value, or one for each batch, for every step, an accuracy one for every printed line. A curve has as
    many points as its target. Anything else raises one of npz.DAMAGED.
    """

    def is_list(values, count, kinds=(int, float)):
        return isinstance(values, list) and len(values) == count and all(type(value) in kinds for value in values)

    done, losses, curves, printed = state["done"], state["losses"], state["curves"], state["printed"]
    right = [type(done) is int, is_list(printed, len(printed), [str]), set(losses) == set(names)]
    for name, values in losses.items():
        count = len(printed) if name.startswith("accuracy") else done
        if values and isinstance(values[0], list):
            right += [is_list(values, count, [list])] + [is_list(value, len(values[0])) for value in values]
        else:
            right += [is_list(values, count)]
    target, predictions = curves.get("target", []), curves.get("predictions", [])
    epochs = [curve["epoch"] for curve in predictions]
    right += [
        is_list(target, len(target)),
        is_list(epochs, len(epochs), [int]),
        set(curves) <= {"target", "predictions"},
    ]
    right += [epochs == sorted(set(epochs)) and all(1 <= epoch <= done for epoch in epochs)]
    right += [len(curve) == 2 and is_list(curve["y"], len(target)) for curve in predictions]
    if not all(right):
        raise ValueError("its numbers are not those of %s steps" % done)
