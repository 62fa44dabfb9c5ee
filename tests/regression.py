"""The numbers of every part, held against tests/golden/, or one TensorFlow against another.

    python tests/regression.py check       every part in full, against the golden files  (make regression)
    python tests/regression.py rewrite     makes the golden files anew and shows what changed  (make golden)
    python tests/regression.py tf1 PYTHON  every part on that Python's TensorFlow and on this one's  (make tf1)

A golden file is the record of a run with the default options; one file serves every TensorFlow. Where a run differs, a
line names part, step, expected, found, tolerance and both versions, and a picture of the two curves is left in
build/regression/.
"""

import argparse
import collections
import contextlib
import os
import re
import subprocess
import sys

import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "RNN"))

from common import errors, figures, records  # noqa: E402

GOLDEN = os.path.join(ROOT, "tests", "golden")
BUILD = os.path.join(ROOT, "build")
PARTS = (
    "simple_rnn_forward.py",
    "LSTM.py",
    "predict_sin.py",
    "predict_sin_MultiRnnCell.py",
    "LSTM_for_Mnist.py",
    "tflearn_sin.py",
)
DIGITS = "LSTM_for_Mnist.py"

# absolute; between 1.15.5, 2.15.1 and 2.21.0 a loss was measured to differ by 1.2e-7, a point by 7.2e-7
LOSS_TOLERANCE = 1e-6
POINT_TOLERANCE = 5e-6
# MNIST's training is chaotic (see tests/test_reference.py): step by step over 30 steps, relatively (measured: 3.5e-5),
# after that its mean loss over 500 steps within a factor of two (seeds 0 to 5: 1.66), its accuracy within 0.02 (0.014);
# of its printed lines all but the numbers
DIGITS_STEPS, DIGITS_TOLERANCE = 30, 3e-4
BAND_STEPS, BAND_FACTOR, BAND_ACCURACY = 500, 2.0, 0.02

# series: its name; where: the first step that differs, or None; expected, found: there; measure: "absolute", "relative"
Difference = collections.namedtuple("Difference", ["series", "where", "expected", "found", "tolerance", "measure"])


def series_of(record):
    """{name: array} of the losses and the curves of a record; a loss is [epochs, batches], [epochs] or [steps]."""
    found = {"losses/" + name: np.array(values, np.float64) for name, values in record["losses"].items()}
    for name, values in record["curves"].items():
        if name == "predictions":  # of the sine parts: [{"epoch", "y"}]
            values = [curve["y"] for curve in values]
        if isinstance(values, dict):  # LSTM.py: one curve for each variant
            for variant, curve in values.items():
                found["curves/%s/%s" % (name, variant)] = np.array(curve, np.float64)
        else:
            found["curves/" + name] = np.array(values, np.float64)
    return found


def tolerance_of(name):
    return LOSS_TOLERANCE if name.startswith("losses/") else POINT_TOLERANCE


def compare(expected, found, first_steps=False):
    """Compares two records of a part.

    Args:
        expected, found: records.
        first_steps: ``found`` is the beginning of the run only: what it has of the losses is compared.

    Returns:
        A list of Differences, one for each series that differs, empty if all is well.
    """
    if expected["script"] == DIGITS:
        return _compare_digits(expected, found, first_steps)
    differences = []
    ours = series_of(found)
    for name, values in series_of(expected).items():
        if first_steps and (not name.startswith("losses/") or not values.ndim):  # of a whole run
            continue
        differences += _first_difference(name, values, ours.get(name), tolerance_of(name), "absolute", first_steps)
    if not first_steps:
        differences += _compare_printed(expected["printed"], found["printed"])
    return differences


def _first_difference(name, expected, found, tolerance, measure, first_steps):
    if found is not None and first_steps:
        expected = expected[: len(found)]
    if found is None or found.shape != expected.shape:
        shape = "nothing" if found is None else "shape %s" % (found.shape,)
        return [Difference(name, None, "shape %s" % (expected.shape,), shape, tolerance, measure)]
    scale = np.abs(expected) if measure == "relative" else 1.0
    wrong = np.argwhere(~(np.abs(found - expected) <= tolerance * scale))  # so that nan is wrong
    if not len(wrong):
        return []
    where = tuple(int(i) for i in wrong[0])
    return [Difference(name, where, float(expected[where]), float(found[where]), tolerance, measure)]


def _compare_printed(expected, found):
    """Printed lines must be the same; numbers in them may differ by one in the last digit printed."""
    for number in range(max(len(expected), len(found))):
        pair = [lines[number] if number < len(lines) else "nothing" for lines in (expected, found)]
        if pair[0] != pair[1] and not _alike(*pair):
            return [Difference("printed", (number,), pair[0], pair[1], "one in the last digit", "absolute")]
    return []


def _alike(expected, found):
    expected, found = (line.replace("=", "= ").replace(",", " ,").split() for line in (expected, found))
    if len(expected) != len(found):
        return False
    for one, other in zip(expected, found):
        if one == other:
            continue
        digits = len(one.rpartition(".")[2])
        try:
            if "." not in one or not abs(float(one) - float(other)) < 1.5 * 10**-digits:
                return False
        except ValueError:
            return False
    return True


def _compare_digits(expected, found, first_steps):
    theirs, ours = series_of(expected), series_of(found)
    name = "losses/train_loss"
    start = theirs[name][:DIGITS_STEPS]
    differences = _first_difference(name, start, ours[name][:DIGITS_STEPS], DIGITS_TOLERANCE, "relative", first_steps)
    steps = min(len(theirs[name]), len(ours[name]))
    if not first_steps and steps < len(theirs[name]):
        differences.append(Difference(name, None, "%d steps" % len(theirs[name]), "%d steps" % steps, 0, "absolute"))
    for first in range(0, steps - BAND_STEPS + 1, BAND_STEPS):
        one, other = (float(losses[name][first : first + BAND_STEPS].mean()) for losses in (theirs, ours))
        if not one / BAND_FACTOR <= other <= one * BAND_FACTOR:
            band = name + ", mean of %d steps" % BAND_STEPS
            differences.append(Difference(band, (first,), one, other, "a factor of %g" % BAND_FACTOR, "relative"))
            break
    for name, tolerance in (("losses/accuracy_step", 0), ("losses/accuracy", BAND_ACCURACY)):
        differences += _first_difference(name, theirs[name], ours.get(name), tolerance, "absolute", first_steps)
    if not first_steps:
        lines = ([re.sub(r"\d+\.\d+", "#", line) for line in record["printed"]] for record in (expected, found))
        differences += _compare_printed(*lines)
    return differences


def describe(part, difference, expected, found):
    """One line: part, step, expected, found, tolerance and both versions."""
    where = difference.where
    if not where:  # another shape, or a single number
        place = ""
    elif difference.series == "printed":
        place = ", line %d" % (where[0] + 1)
    elif difference.series == "curves/predictions":
        place = ", epoch %d, point %d" % (expected["curves"]["predictions"][where[0]]["epoch"], where[1])
    elif difference.series == "losses/accuracy":
        place = ", step %d" % expected["losses"]["accuracy_step"][where[0]]
    elif len(where) == 2 and difference.series.startswith("losses/"):
        place = ", epoch %d, step %d" % (where[0] + 1, where[1] + 1)
    else:
        unit = "epoch" if "epoch_" in difference.series else "step" if "loss" in difference.series else "point"
        place = ", %s %s" % (unit, ", ".join("%d" % (i + (unit == "epoch")) for i in where))
    tolerance = difference.tolerance
    if not isinstance(tolerance, str):
        tolerance = "%g %s" % (tolerance, difference.measure)
    return "%s: %s%s: expected %s (%s), found %s (%s), tolerance %s" % (
        part,
        difference.series,
        place,
        _shown(difference.expected),
        versions_of(expected),
        _shown(difference.found),
        versions_of(found),
        tolerance,
    )


def _shown(value):
    return "%.9g" % value if isinstance(value, float) else value


def versions_of(record):
    """ "TensorFlow 2.15.1, numpy 1.26.4, Python 3.11.7, CPU" of a record."""
    versions = record["versions"]
    names = (("TensorFlow", "tensorflow"), ("numpy", "numpy"), ("Python", "python"))
    return ", ".join(["%s %s" % (name, versions[key]) for name, key in names if key in versions] + [versions["cpu"]])


def draw(path, name, expected, found):
    """Draws a series of two records, and their difference, into a PNG."""
    theirs, ours = (series_of(record).get(name, np.zeros(0)).ravel() for record in (expected, found))
    figure = figures.new((8, 6))
    upper, lower = figure.subplots(2, 1)
    marker = "." if len(theirs) < 50 else None  # a single number is a dot
    upper.plot(theirs, marker=marker, label="expected: " + versions_of(expected))
    upper.plot(ours, "--", marker=marker, label="found: " + versions_of(found))
    upper.set_title("%s: %s" % (expected["script"], name))
    upper.legend(fontsize=6)
    count = min(len(theirs), len(ours))
    lower.plot(ours[:count] - theirs[:count], marker=marker)
    lower.set_ylabel("found - expected")
    records.write_whole(path, figures.saved(figure))


def largest(expected, found):
    """(largest difference of any loss, of any point drawn) of two records; None where there is none of a kind."""
    theirs, ours = series_of(expected), series_of(found)
    result = []
    for kind in ("losses/", "curves/"):
        names = [name for name in theirs if name.startswith(kind) and theirs[name].size and name in ours]
        if expected["script"] == DIGITS:
            names = ["losses/train_loss"] if kind == "losses/" else []
        pairs = [(theirs[name], ours[name]) for name in names]
        if expected["script"] == DIGITS:
            pairs = [(one[:DIGITS_STEPS], other[:DIGITS_STEPS]) for one, other in pairs]
        result.append(
            max([float(np.abs(one - other).max()) for one, other in pairs if one.shape == other.shape] or [0])
        )
        if not pairs:
            result[-1] = None
    return tuple(result)


def run_part(part, folder, python=sys.executable, arguments=()):
    """Runs a part with its default options.

    Returns:
        Its record.

    Raises:
        RunError: it failed; the message is its own.
    """
    command = [python, os.path.join(ROOT, "RNN", part), "--out", folder] + list(arguments)
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise errors.RunError("%s ended with status %d: %s" % (part, done.returncode, done.stderr.strip()[-500:]))
    return records.read(os.path.join(folder, part[:-3] + ".json"))


def golden(part):
    """The golden record of a part."""
    return records.read(os.path.join(GOLDEN, part[:-3] + ".json"))


def report(part, expected, found, folder):
    """Prints what differs, draws it, and returns whether nothing did.

    Raises:
        RunError: the expected record is damaged.
    """
    path = os.path.join(folder, part[:-3] + "_difference.png")
    with contextlib.suppress(FileNotFoundError):
        os.remove(path)  # of an earlier run
    try:
        differences = compare(expected, found)
    except (LookupError, TypeError, ValueError) as error:
        raise errors.RunError("the record it is held against is damaged (%r); make golden" % error) from error
    if not differences:
        loss, point = ("none" if value is None else "%.2g" % value for value in largest(expected, found))
        print("%-28s ok: largest difference of a loss %s, of a point %s" % (part, loss, point), flush=True)
        return True
    drawn = False
    for difference in differences:
        print(describe(part, difference, expected, found), flush=True)
        name = difference.series.split(",")[0]
        if not drawn and difference.series != "printed":
            draw(path, name, expected, found)
            print("%s: both curves are drawn in %s" % (part, os.path.relpath(path)))
            drawn = True
    return False


def check(parts):
    """make regression."""
    folder = os.path.join(BUILD, "regression")
    os.makedirs(folder, exist_ok=True)
    return for_each(parts, lambda part: report(part, golden(part), run_part(part, folder), folder))


def for_each(parts, function):
    """Calls a function for each part, also after one that cannot be run or has no golden file.

    Returns:
        The status: 0 if it returned True for all.
    """
    good = []
    for part in parts:
        try:
            good.append(function(part))
        except (errors.RunError, errors.UsageError) as error:
            print("%s: %s" % (part, error), flush=True)
            good.append(False)
    return 0 if all(good) else 1


def rewrite(parts):
    """make golden."""
    folder = os.path.join(BUILD, "golden")
    os.makedirs(folder, exist_ok=True)
    os.makedirs(GOLDEN, exist_ok=True)

    def rewrite_part(part):
        found = run_part(part, folder)
        try:
            before = golden(part)
            report(part, before, found, folder)
            print("%-28s was %s" % ("", versions_of(before)))
        except (errors.RunError, errors.UsageError) as error:
            print("%-28s new: %s" % (part, error))
        print("%-28s is  %s" % ("", versions_of(found)), flush=True)
        records.write(os.path.join(GOLDEN, part[:-3] + ".json"), found)
        return True

    return for_each(parts, rewrite_part)


def against_tf1(parts, python):
    """make tf1."""
    folders = [os.path.join(BUILD, "tf1", name) for name in ("theirs", "ours")]
    for folder in folders:
        os.makedirs(folder, exist_ok=True)
    versions = []

    def compare_part(part):
        # beyond a hundred steps two runs on MNIST have nothing to do with each other, step by step
        arguments = ["--training-steps", "501"] if part == DIGITS else []
        theirs = run_part(part, folders[0], python, arguments)
        ours = run_part(part, folders[1], sys.executable, arguments)
        if "tensorflow" in ours["versions"]:
            versions[:] = versions_of(ours), versions_of(theirs)
        return report(part, theirs, ours, folders[1])

    status = for_each(parts, compare_part)
    print("\nagainst ".join(versions))
    return status


def main():
    """Reads the command line; returns the status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["check", "rewrite", "tf1"])
    parser.add_argument("python", nargs="?", help="the Python with TensorFlow 1.15, for tf1")
    parser.add_argument("--without", choices=PARTS, action="append", default=[], help="a part to leave out")
    chosen = parser.parse_args()
    parts = [part for part in PARTS if part not in chosen.without]
    for part in chosen.without:
        print("%-28s left out" % part)
    if chosen.command == "tf1":
        if not chosen.python:
            parser.error("tf1 needs the Python that has TensorFlow 1.15")
        return against_tf1(parts, chosen.python)
    return check(parts) if chosen.command == "check" else rewrite(parts)


if __name__ == "__main__":
    errors.run(main)
