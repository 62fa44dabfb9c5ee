"""Compares the numbers of every part with tests/golden/, or one TensorFlow with another.

    python tests/tools/regression.py check       every part in full, compared with the golden files  (make regression)
    python tests/tools/regression.py rewrite     regenerates the golden files and shows what changed  (make golden)
    python tests/tools/regression.py tf1 PYTHON  every part on that Python's TensorFlow and on this one's  (make tf1)

A golden file is the record of a run with the default options; one file serves every TensorFlow. Each difference is
reported in one line with part, step, expected and found value, tolerance and both versions.
"""

import argparse
import collections
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "RNN"))

from common import errors, records
from common.parts import BY_SCRIPT, PARTS, ROOT

GOLDEN = os.path.join(ROOT, "tests", "golden")
BUILD = os.path.join(ROOT, "build")
DIGITS = BY_SCRIPT["LSTM_for_Mnist.py"]

# absolute; measured between 1.15.5, 2.15.1 and 2.21.0: a loss differs by up to 1.2e-7, a point by up to 7.2e-7
LOSS_TOLERANCE = 1e-6
POINT_TOLERANCE = 5e-6
# MNIST's training is chaotic (see test_reference.py): step by step over 30 steps, relatively (measured: 3.5e-5);
# after that its mean loss over 500 steps within a factor of two (seeds 0 to 5: 1.66), its accuracy within 0.02 (0.014),
# and its printed lines without their numbers
DIGITS_STEPS, DIGITS_TOLERANCE = 30, 3e-4
BAND_STEPS, BAND_FACTOR, BAND_ACCURACY = 500, 2.0, 0.02

# series: its name; where: the first index that differs, or None; expected, found: there; tolerance: as text
Difference = collections.namedtuple("Difference", ["series", "where", "expected", "found", "tolerance"])


def series_of(record):
    """{name: array} of the losses and curves of a record; a loss is [epochs, batches], [epochs] or [steps]."""
    found = {"losses/" + name: np.array(values, np.float64) for name, values in record["losses"].items()}
    for name, values in record["curves"].items():
        if name == "predictions":
            values = list(records.predictions(record).values())
        for variant, curve in values.items() if isinstance(values, dict) else [(None, values)]:  # dict: LSTM.py
            found["/".join(filter(None, ("curves", name, variant)))] = np.array(curve, np.float64)
    return found


def compare(expected, found, first_steps=False):
    """Compares two records of a part.

    Args:
        expected, found: records.
        first_steps: ``found`` is only the beginning of the run: its losses are compared, as many as there are.

    Returns:
        A list of Differences, at most one per series.
    """
    if expected["script"] == DIGITS.script:
        return _compare_digits(expected, found, first_steps)
    differences = []
    ours = series_of(found)
    for name, values in series_of(expected).items():
        is_loss = name.startswith("losses/")
        if not first_steps or (is_loss and values.ndim):  # a single number belongs to a whole run
            tolerance = LOSS_TOLERANCE if is_loss else POINT_TOLERANCE
            differences += _first_difference(name, values, ours.get(name), tolerance, first_steps=first_steps)
    return differences if first_steps else differences + _compare_printed(expected["printed"], found["printed"])


def _first_difference(name, expected, found, tolerance, relative=False, first_steps=False):
    text = "%g %s" % (tolerance, "relative" if relative else "absolute")
    if found is not None and first_steps:
        expected = expected[: len(found)]
    if found is None or found.shape != expected.shape:
        shape = "nothing" if found is None else "shape %s" % (found.shape,)
        return [Difference(name, None, "shape %s" % (expected.shape,), shape, text)]
    wrong = np.argwhere(
        ~(np.abs(found - expected) <= tolerance * (np.abs(expected) if relative else 1))
    )  # nan is wrong
    if not len(wrong):
        return []
    where = tuple(int(i) for i in wrong[0])
    return [Difference(name, where, "%.9g" % expected[where], "%.9g" % found[where], text)]


def _compare_printed(expected, found):
    """Printed lines must be equal; numbers in them may differ by one in the last digit."""
    for number in range(max(len(expected), len(found))):
        one, other = (lines[number] if number < len(lines) else "nothing" for lines in (expected, found))
        if not _nearly_equal(one, other):
            return [Difference("printed", (number,), one, other, "one in the last digit")]
    return []


def _nearly_equal(expected, found):
    number = r"(-?\d+\.\d+)"
    expected, found = re.split(number, expected), re.split(number, found)  # text, number, text, ...
    return expected[::2] == found[::2] and all(
        abs(float(one) - float(other)) < 1.5 * 10 ** -len(one.partition(".")[2])
        for one, other in zip(expected[1::2], found[1::2])
    )


def _compare_digits(expected, found, first_steps):
    theirs, ours = series_of(expected), series_of(found)
    name = "losses/train_loss"
    one, other = theirs[name], ours[name]
    differences = _first_difference(name, one[:DIGITS_STEPS], other[:DIGITS_STEPS], DIGITS_TOLERANCE, True, first_steps)
    if not first_steps and len(other) < len(one):
        differences.append(Difference(name, None, "%d steps" % len(one), "%d steps" % len(other), "0"))
    for first in range(0, min(len(one), len(other)) - BAND_STEPS + 1, BAND_STEPS):
        means = [float(losses[first : first + BAND_STEPS].mean()) for losses in (one, other)]
        if not means[0] / BAND_FACTOR <= means[1] <= means[0] * BAND_FACTOR:
            band = "%s, mean of %d steps" % (name, BAND_STEPS)
            differences.append(
                Difference(band, (first,), "%.9g" % means[0], "%.9g" % means[1], "a factor of %g" % BAND_FACTOR)
            )
            break
    for name, tolerance in (("losses/accuracy_step", 0), ("losses/accuracy", BAND_ACCURACY)):
        differences += _first_difference(name, theirs[name], ours.get(name), tolerance, first_steps=first_steps)
    if not first_steps:
        differences += _compare_printed(
            *([re.sub(r"\d+\.\d+", "#", line) for line in record["printed"]] for record in (expected, found))
        )
    return differences


def describe(script, difference, expected, found):
    """One line: part, step, expected, found, tolerance and both versions."""
    where, series = difference.where, difference.series
    if not where:  # a different shape, or a single number
        place = ""
    elif series == "printed":
        place = ", line %d" % (where[0] + 1)
    elif series == "curves/predictions":
        place = ", epoch %d, point %d" % (list(records.predictions(expected))[where[0]], where[1])
    elif series == "losses/accuracy":
        place = ", step %d" % records.accuracies(expected)[where[0]][0]
    elif len(where) == 2 and series.startswith("losses/"):
        place = ", epoch %d, step %d" % (where[0] + 1, where[1] + 1)
    elif "epoch_" in series:
        place = ", epoch %d" % (where[0] + 1)
    else:
        place = ", %s %s" % ("step" if "loss" in series else "point", ", ".join(map(str, where)))
    return "%s: %s%s: expected %s (%s), found %s (%s), tolerance %s" % (
        script,
        series,
        place,
        difference.expected,
        versions_of(expected),
        difference.found,
        versions_of(found),
        difference.tolerance,
    )


def versions_of(record):
    """ "TensorFlow 2.15.1, numpy 1.26.4, Python 3.11.7, CPU" of a record."""
    versions = record["versions"]
    names = (("TensorFlow", "tensorflow"), ("numpy", "numpy"), ("Python", "python"))
    return ", ".join(["%s %s" % (name, versions[key]) for name, key in names if key in versions] + [versions["cpu"]])


def largest(expected, found, kind):
    """The largest difference between series of two records as text; ``kind`` is "losses/" or "curves/"."""
    theirs, ours = series_of(expected), series_of(found)
    names = [name for name in theirs if name.startswith(kind) and theirs[name].size and name in ours]
    if expected["script"] == DIGITS.script:  # the steps that are compared one by one
        names = [name for name in names if name == "losses/train_loss"]
        theirs, ours = ({name: series[name][:DIGITS_STEPS] for name in names} for series in (theirs, ours))
    return "%.2g" % max(np.abs(theirs[name] - ours[name]).max() for name in names) if names else "none"


def run_part(part, directory, python=sys.executable, arguments=()):
    """Runs a part with its default options.

    Returns:
        Its record.

    Raises:
        RunError: it failed; the message is its own.
    """
    command = [python, os.path.join(ROOT, "RNN", part.script), "--out", directory] + list(arguments)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise errors.RunError(
            "%s ended with status %d: %s" % (part.script, done.returncode, done.stderr.strip()[-500:])
        )
    return records.read(os.path.join(directory, part.record))


def golden(part):
    """The golden record of a part."""
    return records.read(os.path.join(GOLDEN, part.record))


def report(part, expected, found):
    """Prints the differences, and returns whether there are none.

    Raises:
        RunError: the expected record is damaged.
    """
    try:
        differences = compare(expected, found)
    except (LookupError, TypeError, ValueError) as error:
        raise errors.RunError("the record to compare with is damaged (%r); run make golden" % error) from error
    for difference in differences:
        print(describe(part.script, difference, expected, found), flush=True)
    if not differences:
        loss, point = (largest(expected, found, kind) for kind in ("losses/", "curves/"))
        print("%-28s ok: largest difference of a loss %s, of a point %s" % (part.script, loss, point), flush=True)
    return not differences


def directory_for(*names):
    """A directory in build/, created where it is missing."""
    path = os.path.join(BUILD, *names)
    os.makedirs(path, exist_ok=True)
    return path


def check(part):
    """make regression."""
    return report(part, golden(part), run_part(part, directory_for("regression")))


def rewrite(part):
    """make golden."""
    found = run_part(part, directory_for("golden"))
    try:
        before = golden(part)
        report(part, before, found)
        print("%-28s was %s" % (part.script, versions_of(before)))
    except (errors.RunError, errors.UsageError) as error:
        print("%-28s new: %s" % (part.script, error))
    print("%-28s is  %s" % (part.script, versions_of(found)), flush=True)
    os.makedirs(GOLDEN, exist_ok=True)
    records.write(os.path.join(GOLDEN, part.record), found)
    return True


def with_tf1(part, python):
    """make tf1."""
    # two runs on MNIST diverge within 100 steps
    arguments = ["--training-steps", "501"] if part is DIGITS else []
    theirs = run_part(part, directory_for("tf1", "theirs"), python, arguments)
    return report(part, theirs, run_part(part, directory_for("tf1", "ours"), sys.executable, arguments))


def for_each(parts, function):
    """Calls a function for each part, two at a time, the longest first.

    A part that cannot be run or has no golden file does not stop the others.

    Returns:
        The status: 0 if it returned True for all.
    """

    def attempt(part):
        try:
            return function(part)
        except (errors.RunError, errors.UsageError) as error:
            print("%s: %s" % (part.script, error), flush=True)
            return False

    with ThreadPoolExecutor(2) as pool:  # each run is a process of one thread
        good = list(pool.map(attempt, sorted(parts, key=lambda part: part is not DIGITS)))
    return 0 if all(good) else 1


def main():
    """Reads the command line; returns the status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["check", "rewrite", "tf1"])
    parser.add_argument("python", nargs="?", help="the Python with TensorFlow 1.15, for tf1")
    parser.add_argument("--without", choices=list(BY_SCRIPT), action="append", default=[], help="a part to leave out")
    chosen = parser.parse_args()
    for script in chosen.without:
        print("%-28s left out" % script)
    if chosen.command == "tf1" and not chosen.python:
        parser.error("tf1 needs the Python that has TensorFlow 1.15")
    commands = {"check": check, "rewrite": rewrite, "tf1": lambda part: with_tf1(part, chosen.python)}
    return for_each([part for part in PARTS if part.script not in chosen.without], commands[chosen.command])


if __name__ == "__main__":
    errors.run(main)
