"""The command line of a part: its constants as options, the values they take, and checks before any work is done."""

import argparse
import collections
import math
import os
import re
import tempfile

from common import figures, parts
from common.errors import UsageError

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
    """The type of a directory that TensorFlow itself opens; it interprets some characters."""
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


# a part's command line. options: the parsed options; results: {name: value} of those that the numbers depend on, as
# the record has them; changed: those that are not the defaults, as text
Chosen = collections.namedtuple("Chosen", ["options", "results", "changed"])


def of_part(part, module, choices=(), extra=(), argv=None):
    """Parses the command line of a part, and sets the constants that it overrides.

    Args:
        part: the Part.
        module: ``globals()`` of its script.
        choices: {NAME: the values that a constant of text may take}.
        extra: {"--flag": arguments of add_argument} of options that are not constants.
        argv: the command line; None takes that of the process.

    Returns:
        A Chosen.

    Raises:
        UsageError: an option is unknown or its value not permitted, or a directory cannot be written to.
    """
    constants = constants_of(module["__file__"])
    of_constants = _parser(part, module, constants, dict(choices), dict(extra))
    chosen = of_constants.parse_args(argv)
    _check(part, chosen, chosen.SEED != of_constants.get_default("SEED") and not hasattr(chosen, "data"))
    of_the_result = list(constants) + ["SEED", "threads", "data"] + ["initial_weights"] * part.trains
    given = {name: getattr(chosen, name) for name in of_the_result if hasattr(chosen, name)}
    changed = [
        "--%s %s" % (name.lower().replace("_", "-"), as_text(value))
        for name, value in sorted(given.items())
        if value != of_constants.get_default(name)
    ]
    module.update({name: given[name] for name in constants})
    results = {name.lower(): list(value) if isinstance(value, tuple) else value for name, value in given.items()}
    return Chosen(chosen, results, changed)


def constants_of(path):
    """{NAME: remark} of the upper-case constants at the top of a script; the remark is the comment behind each."""
    with open(path, encoding="utf-8") as file:
        top = file.read().partition("\ndef ")[0]
    return dict(re.findall(r"^([A-Z][A-Z_0-9]*) = .*  # (.*)$", top, re.MULTILINE))


def _parser(part, module, constants, choices, extra):
    of_part = parser(module["__doc__"])
    add, threads = of_part.add_argument, integer(1, 1024)
    for name, remark in constants.items():
        default = module[name]
        shown = as_text(default)
        more = {"help": "%s (default: %s)" % (remark.replace("%", "%%"), shown) if shown not in remark else remark}
        if name in choices:
            more["choices"] = choices[name]
        else:
            more.update(type=of_constant(name, default), metavar="N")
        flags = ["--learning-rate"] * (name == "LR") + ["--" + name.lower().replace("_", "-")]
        add(*flags, dest=name, default=default, **more)
    for flag, more in extra.items():
        add(flag, **more)
    if "SEED" not in constants:
        seed = of_constant("SEED", 0)
        add("--seed", dest="SEED", type=seed, default=0, metavar="N", help="without effect: nothing is random here")
    add("--threads", type=threads, default=1, metavar="N", help="number of TensorFlow threads (default: 1)")
    add("--show", action="store_true", help="show the figure in a window")
    add("--out", type=path, default=parts.OUTPUT, metavar="DIR",
        help="directory of the figure and the record (default: output/)")  # fmt: skip
    add("--model-dir", type=tensorflow_path, metavar="DIR",
        help="directory of checkpoints; a run resumes from the latest one there" if part.trains
        else "without effect: nothing is trained here")  # fmt: skip
    if part.trains:
        add("--logdir", type=tensorflow_path, metavar="DIR", help="write graph and losses for TensorBoard")
        add("--initial-weights", type=path, metavar="FILE.npz", help="start from these weights")
        add("--save-initial-weights", type=path, metavar="FILE.npz",
            help="write the weights that the run starts from")  # fmt: skip
    else:
        of_part.set_defaults(initial_weights=None)
    return of_part


def _check(part, chosen, seeds_only_weights):
    if part.trains:
        if chosen.initial_weights and seeds_only_weights:
            raise UsageError("--seed cannot be used with --initial-weights, which leaves nothing to a seed")
        if chosen.save_initial_weights:
            if os.path.isdir(chosen.save_initial_weights):
                raise UsageError("--save-initial-weights: %s is a directory" % chosen.save_initial_weights)
            directory = os.path.dirname(chosen.save_initial_weights) or "."
            writable_directory("--save-initial-weights", directory, create=False)
    for name in ("logdir", "model_dir", "out") if part.trains else ("out",):
        if getattr(chosen, name):
            writable_directory("--" + name.replace("_", "-"), getattr(chosen, name))
    if chosen.show:
        figures.require_screen()
    else:
        os.environ["MPLBACKEND"] = "agg"  # no window is needed, even if the environment names a backend with one
