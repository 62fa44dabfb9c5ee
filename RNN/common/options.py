"""The command line: every constant of a part is an option of the same name in lower case.

A part writes its constants as plain assignments at its top; ``parse`` overrides those very names, so that the code
below them reads as it did in the original.
"""

import argparse
import math
import os
import sys
import tempfile

from common.errors import UsageError

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RESULT_PICTURE = os.path.join(ROOT, "result_picture")
MY_PICTURE = os.path.join(ROOT, "my_picture")

LARGEST_SEED = 2**31 - 1  # TensorFlow's op seeds are 32-bit signed integers

# options that say where a run writes or what it shows, not what it computes
_NOT_OF_THE_RESULT = ("out", "model_dir", "show", "save_initial_weights", "data_dir")


class _Parser(argparse.ArgumentParser):
    """An ArgumentParser whose complaints are UsageErrors: one line, without the usage above it."""

    def error(self, message):
        raise UsageError(message + " (--help lists the options)")

    def parse_args(self, *arguments, **more):
        parsed = super().parse_args(*arguments, **more)
        for action in self._actions:
            if getattr(parsed, action.dest, None) == [] != action.default:  # of --option=--, up to Python 3.12
                self.error("argument %s: expected one argument" % "/".join(action.option_strings))
        return parsed


def integer(low, high, text):
    """A whole number from ``low`` to ``high`` inclusive: a value for ``parse``'s constants."""

    def convert(value):
        try:
            number = int(value)
        except ValueError:
            number = None
        if number is None or not low <= number <= high:
            expected = "%d" % low if low == high else "a whole number from %d to %d" % (low, high)
            raise argparse.ArgumentTypeError("must be %s, not %r" % (expected, value))
        return number

    return convert, text


def number(low, high, text):
    """A finite number above ``low`` and up to ``high``: a value for ``parse``'s constants."""

    def convert(value):
        try:
            result = float(value)
        except ValueError:
            result = math.nan
        if not low < result <= high:  # false for nan
            message = "must be a number above %g, at most %g, not %r" % (low, high, value)
            raise argparse.ArgumentTypeError(message)
        return result

    return convert, text


def numbers(count, text):
    """``count`` finite numbers separated by commas, any number of them if ``count`` is None."""

    def convert(value):
        try:
            result = [float(item) for item in value.split(",")]
        except ValueError:
            result = [math.nan]
        if not all(math.isfinite(item) for item in result) or (count and len(result) != count):
            how_many = "%d numbers" % count if count else "numbers"
            raise argparse.ArgumentTypeError("must be %s separated by commas, not %r" % (how_many, value))
        return result

    return convert, text


def path(value):
    """The name of a file or folder: a type for add_argument."""
    if not value:
        raise argparse.ArgumentTypeError("must name a file or folder, not ''")
    return value


def model_dir(value):
    """The name of a folder in which TensorFlow, which takes it for a pattern, can find checkpoints."""
    if set("*?[]") & set(value):
        raise argparse.ArgumentTypeError("must be a folder without *, ?, [ and ] in its name, not %r" % value)
    return path(value)


def learning_rate():
    """The range that every optimizer's learning rate is held to; float32 holds no number above it."""
    return number(0.0, 1e38, "step size of the optimizer")


def parser(doc):
    """A parser whose --help shows the whole docstring of the script it is made for."""
    return _Parser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False)


def parse(doc, module, constants, seed, trains=True, seed_orders_data=False, more=None, argv=None):
    """Reads the command line and overrides the constants of a part with it.

    Args:
        doc: the part's docstring; ``--help`` shows it.
        module: ``globals()`` of the part.
        constants: {name of a constant: integer(...), number(...) or numbers(...)}.
        seed: the default seed; None where the default run starts from weights of its own.
        trains: whether the part trains, and so takes initial weights from a file.
        seed_orders_data: whether the seed decides about more than the initial weights.
        more: a function that adds the options only this part has to the parser it is given.
        argv: the arguments; those of the process if None.

    Returns:
        A namespace: one attribute per option, plus ``result_options`` (a dict of all that
        decides about the numbers) and ``changed`` (the options among them that differ from the defaults, as given).

    Raises:
        UsageError: an option is unknown or its value outside the permitted range, or a folder cannot be written to.
    """
    line = parser(doc)
    for name, (convert, text) in constants.items():
        flags = ["--" + name.lower().replace("_", "-")]
        if name == "LR":
            flags.insert(0, "--learning-rate")
        default = module[name]
        shown = ",".join("%g" % item for item in default) if isinstance(default, list) else default
        line.add_argument(
            *flags, dest=name, type=convert, default=default, metavar="N", help="%s (default: %s)" % (text, shown)
        )
    if more is not None:
        more(line)
    convert_seed, _ = integer(0, LARGEST_SEED, "")
    line.add_argument(
        "--seed",
        type=convert_seed,
        default=seed,
        metavar="N",
        help="seed of the initial weights (default: %s)" % ("the author's own weights" if seed is None else seed),
    )
    convert_threads, _ = integer(1, 1024, "")
    line.add_argument(
        "--threads", type=convert_threads, default=1, metavar="N", help="threads that TensorFlow uses (default: 1)"
    )
    line.add_argument("--show", action="store_true", help="show the figure in a window")
    line.add_argument(
        "--out", type=path, metavar="DIR", help="folder for the figure and the record (default: result_picture/)"
    )
    line.add_argument(
        "--model-dir",
        type=model_dir,
        metavar="DIR",
        help="folder for checkpoints; a run that finds one there goes on from it",
    )
    if trains:
        line.add_argument(
            "--initial-weights", type=path, metavar="FILE.npz", help="start from the weights in this file"
        )
        line.add_argument(
            "--save-initial-weights",
            type=path,
            metavar="FILE.npz",
            help="write the weights the run starts from to this file",
        )
    options = line.parse_args(argv)

    if trains and options.initial_weights and _given(options.seed, seed) and not seed_orders_data:
        raise UsageError("--seed and --initial-weights exclude each other: the file's weights leave nothing to a seed")
    options.default_out = options.out is None
    options.out = RESULT_PICTURE if options.default_out else options.out
    writable_folder("--out", options.out)
    if not trains and options.default_out:
        writable_folder("--out", MY_PICTURE)
    if options.model_dir:
        writable_folder("--model-dir", options.model_dir)
    if trains and options.save_initial_weights:
        if os.path.isdir(options.save_initial_weights):
            raise UsageError("--save-initial-weights: %s is a folder; name a file" % options.save_initial_weights)
        writable_folder("--save-initial-weights", os.path.dirname(options.save_initial_weights) or ".", create=False)
    if options.show:
        from common import figures

        figures.require_screen()
    else:
        os.environ["MPLBACKEND"] = "agg"  # no window is needed, whatever the environment names

    options.result_options = {}
    options.changed = []
    for name, value in sorted(vars(options).items()):
        flag = name.lower()
        if flag in _NOT_OF_THE_RESULT + ("default_out", "result_options", "changed"):
            continue
        options.result_options[flag] = value
        if value != line.get_default(name):
            options.changed.append("--%s %s" % (flag.replace("_", "-"), _as_given(value)))
    for name in constants:
        module[name] = getattr(options, name)
    return options


def diagram_folder(options):
    """Where the explaining diagrams of parts 1 and 2 go: --out where it was given, else my_picture/."""
    return MY_PICTURE if options.default_out else options.out


def require_windows(time_steps, batch_size, *examples):
    """Makes sure that every series of so many points holds a whole batch of windows.

    Raises:
        UsageError: one is too short; the message names the option and the permitted range.
    """
    windows = min(examples) - time_steps
    if windows < 1:
        raise UsageError("--time-steps must be 1 to %d, less than the points of a series" % (min(examples) - 1))
    if batch_size > windows:
        raise UsageError(
            "--batch-size must be 1 to %d, the windows that the data holds, not %d" % (windows, batch_size)
        )


def _given(value, default):
    return value is not None and value != default


def _as_given(value):
    return ",".join("%g" % item for item in value) if isinstance(value, list) else value


def writable_folder(flag, folder, create=True):
    """Makes the folder where it is missing and proves, before any work is done, that a file can be written there."""
    try:
        if create:
            os.makedirs(folder, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = "is a file" if os.path.isfile(folder) else (error.strerror or str(error)).lower()
        raise UsageError(
            "%s: cannot write to the folder %s: %s; name another folder" % (flag, folder, reason)
        ) from error


def remark(text):
    """A remark for the person at the terminal: standard error, so that standard output stays the original's lines."""
    sys.stderr.write("%s: %s\n" % (os.path.basename(sys.argv[0]), text))
