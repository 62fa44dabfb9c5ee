"""The command line: the parser, the values that options take, and the checks made before any work is done."""

import argparse
import math
import os
import sys
import tempfile

from common.errors import UsageError, printable

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OUTPUT = os.path.join(ROOT, "output")  # what runs write; not tracked
RESULT_PICTURE = os.path.join(ROOT, "result_picture")  # what is published
MY_PICTURE = os.path.join(ROOT, "my_picture")

LARGEST_SEED = 2**31 - 1  # TensorFlow's op seeds are 32-bit signed integers
# the largest value of a constant; 10**7 for others, 10**4 for layer sizes
_LARGEST = {"SEED": LARGEST_SEED, "EPOCH": 10**6, "TIME_STEPS": 1000, "NUM_LAYERS": 100, "HIDDEN_SIZE": 10**4}


class _Parser(argparse.ArgumentParser):
    """An ArgumentParser that raises a UsageError of one line instead of printing its usage."""

    def error(self, message):
        raise UsageError(message + " (--help lists the options)")

    def parse_args(self, *arguments, **more):
        parsed = super().parse_args(*arguments, **more)
        for action in self._actions:
            if getattr(parsed, action.dest, None) == [] != action.default:  # of --option=--, up to Python 3.12
                self.error("argument %s: expected one argument" % "/".join(action.option_strings))
        return parsed


def parser(doc):
    """A parser whose --help shows the docstring of a script."""
    return _Parser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False)


def of_constant(name, default):
    """The type of the option that overrides a constant.

    A whole number is at least 1 (a seed at least 0), a float above 0; a list takes any count of numbers, a tuple as
    many as it has.
    """
    if isinstance(default, list):
        return _numbers(None)
    if isinstance(default, tuple):
        return _numbers(len(default))
    if isinstance(default, float):
        return _type(float, lambda rate: 0 < rate <= 1e38, "a number above 0, at most 1e+38")  # float32 ends there
    return integer(0 if name == "SEED" else 1, _LARGEST.get(name, 10**4 if "UNITS" in name else 10**7))


def integer(low, high):
    """The type of a whole number from ``low`` to ``high`` inclusive."""
    return _type(int, lambda number: low <= number <= high, "a whole number from %d to %d" % (low, high))


def _numbers(count):
    def are_right(numbers):
        return all(map(math.isfinite, numbers)) and count in (None, len(numbers))

    def convert(text):
        return (tuple if count else list)(float(item) for item in text.split(","))

    return _type(convert, are_right, "%snumbers separated by commas" % ("%d " % count if count else ""))


def _type(convert, is_right, description):
    """The type of an option whose text can be converted, and whose value is right."""

    def of_text(text):
        try:
            value = convert(text)
        except ValueError:
            value = None
        if value is None or not is_right(value):
            raise argparse.ArgumentTypeError("must be %s, not %r" % (description, text))
        return value

    return of_text


def path(value):
    """The type of a file or directory name."""
    if not value:
        raise argparse.ArgumentTypeError("must name a file or directory, not ''")
    return value


def tensorflow_path(value):
    """The type of a directory that TensorFlow itself opens; it gives a meaning to some characters."""
    if set("*?[]\\") & set(value) or "://" in value or value != value.encode("utf-8", "ignore").decode("utf-8"):
        raise argparse.ArgumentTypeError(
            "must be a local directory without *, ?, [, ], \\ and :// in its name, not %s" % ascii(value)
        )
    return path(value)


def as_text(value):
    """The value of an option as it is given on the command line."""
    return ",".join("%g" % item for item in value) if isinstance(value, (list, tuple)) else str(value)


def writable_directory(flag, directory, create=True):
    """Creates the directory if it is missing, and makes sure that a file can be written there.

    Raises:
        UsageError: it cannot.
    """
    try:
        if create:
            os.makedirs(directory, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
    except OSError as error:
        why = "is a file" if os.path.isfile(directory) else (error.strerror or str(error)).lower()
        raise UsageError(
            "%s: cannot write to the directory %s: %s; use a different directory" % (flag, directory, why)
        ) from error


def remark(text):
    """Writes a remark to standard error; standard output carries the original's lines only."""
    sys.stderr.write("%s: %s\n" % (os.path.basename(sys.argv[0]), printable(text)))
