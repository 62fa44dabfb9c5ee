"""Initial weights: one seed, one set of weights, on every TensorFlow; or the weights of a file.

A graph seed does not give the same weights on TensorFlow 1 and 2, which number their ops differently. So every variable
gets an initializer with an op seed of its own, made from the seed and the variable's name. A variable's name is taken
without regard to case, so that ``RNN/...`` (unrolled by hand) and ``rnn/...`` (``dynamic_rnn``) start alike.
"""

import io
import json
import lzma
import os
import zipfile
import zlib

import numpy as np
import tensorflow.compat.v1 as tf

from common import records
from common.errors import UsageError

AUTHORS_RUN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "predict_sin_initial_weights.json")


def op_seed(seed, name):
    """The op seed of the variable ``name``: an int of 31 bits from the CRC-32 of both."""
    return zlib.crc32(("%d %s" % (seed, name.lower())).encode("utf-8")) & 0x7FFFFFFF


class InitialWeights:
    """What the variables of a graph start from.

    Args:
        seed: draws each kernel glorot uniform, TensorFlow 1's default; a bias starts where its layer says (zero).
        arrays: {variable name: array} to start from instead.
        source: where the arrays come from, for messages and for the record.
    """

    def __init__(self, seed=None, arrays=None, source=None):
        self.seed = seed
        self.arrays = None if arrays is None else {name.lower(): (name, value) for name, value in arrays.items()}
        self.source = source or "seed %d" % seed

    def scope(self):
        """The variable scope to build the graph in: ``with weights.scope():``. It adds nothing to any name."""
        return tf.variable_scope(tf.get_variable_scope(), custom_getter=self._get_variable)

    def _get_variable(self, getter, name, *args, **kwargs):
        """The custom getter: gives the variable its initializer and leaves the rest to TensorFlow."""
        if self.arrays is not None:
            _, value = self.arrays.get(name.lower(), (name, None))
            shape = tuple(tf.TensorShape(kwargs.get("shape")).as_list()) if kwargs.get("shape") is not None else None
            if value is not None and value.shape == shape:  # what does not fit is reported by check()
                kwargs["initializer"] = tf.constant_initializer(value)
        elif kwargs.get("initializer") is None or isinstance(kwargs["initializer"], _GLOROT_UNIFORM):
            kwargs["initializer"] = tf.glorot_uniform_initializer(seed=op_seed(self.seed, name))
        return getter(name, *args, **kwargs)

    def check(self):
        """Compares the file's arrays with the trainable variables of the default graph, once it is built.

        Raises:
            UsageError: arrays are missing, extra or of another shape; the message lists all of them.
        """
        if self.arrays is None:
            return
        variables = {v.op.name.lower(): (v.op.name, tuple(v.shape.as_list())) for v in tf.trainable_variables()}
        faults = ["%s is missing" % variables[name][0] for name in sorted(set(variables) - set(self.arrays))]
        faults += [
            "%s is not a variable here" % self.arrays[name][0] for name in sorted(set(self.arrays) - set(variables))
        ]
        for name in sorted(set(variables) & set(self.arrays)):
            found, expected = self.arrays[name][1].shape, variables[name][1]
            if found != expected:
                faults.append("%s has shape %s instead of %s" % (variables[name][0], found, expected))
        if faults:
            raise UsageError("%s does not fit this network: %s" % (self.source, "; ".join(faults)))


_GLOROT_UNIFORM = type(tf.glorot_uniform_initializer())


def choose(options):
    """The initial weights that the command line asks for.

    ``--initial-weights`` first, else ``--seed``; without a seed those of the author's own run of predict_sin, recovered
    from the figure of the original README.

    Raises:
        UsageError: the file cannot be read.
    """
    if options.initial_weights:
        return InitialWeights(arrays=load(options.initial_weights), source=options.initial_weights)
    if options.seed is not None:
        return InitialWeights(seed=options.seed)
    return authors_run()


def authors_run():
    """The random weights that the author's own run of predict_sin began with: kernel [2, 4] and bias [4]."""
    with open(AUTHORS_RUN, encoding="utf-8") as file:
        entries = json.load(file)
    arrays = {name: np.array(value, np.float32) for name, value in entries.items() if "/" in name}
    return InitialWeights(arrays=arrays, source="the author's own run, recovered from the original figure")


# what numpy and zipfile raise for a file that is no .npz, or a damaged one
_DAMAGED = (
    ValueError,
    EOFError,
    KeyError,
    AttributeError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
)


def _read(path):
    """{name: array} of an .npz file; raises an OSError or one of _DAMAGED."""
    with open(path, "rb") as content:
        if content.read(2) == b"PK":
            zipfile.ZipFile(content)  # where numpy 1.18 finds the damage itself, it leaves a traceback behind
        content.seek(0)
        file = np.load(content, allow_pickle=False)
        if not hasattr(file, "files"):
            raise ValueError("it holds a single array")
        with file:
            arrays = {name: file[name] for name in file.files}
    for name, value in arrays.items():
        if not isinstance(value, np.ndarray):  # a zip file holds anything
            raise ValueError("%s in it is none" % name)
    return arrays


def load(path):
    """Reads {variable name: float32 array} from an .npz file, as ``save`` and ``numpy.savez`` write it; no pickles.

    Raises:
        UsageError: the file is missing, damaged, or holds something other than finite numbers.
    """
    try:
        arrays = _read(path)
    except OSError as error:
        raise UsageError("--initial-weights: cannot read %s: %s" % (path, error.strerror or error)) from error
    except _DAMAGED as error:
        raise UsageError("--initial-weights: %s is not an .npz file of plain arrays: %s" % (path, error)) from error
    names = {}
    for name, value in arrays.items():
        if names.setdefault(name.lower(), name) != name:
            raise UsageError("--initial-weights: %s holds both %s and %s" % (path, names[name.lower()], name))
        with np.errstate(over="ignore"):  # of what is too large for float32
            numbers = value.astype(np.float32) if value.dtype.kind in "fiu" else np.array(np.nan)
        if not np.isfinite(numbers).all():
            raise UsageError("--initial-weights: %s: the array %s is not made of finite numbers" % (path, name))
        arrays[name] = numbers
    return arrays


def save(path, session):
    """Writes the trainable variables' present values to an .npz file under their TensorFlow names.

    Raises:
        RunError: the file cannot be written.
    """
    variables = {variable.op.name: variable for variable in tf.trainable_variables()}
    content = io.BytesIO()
    np.savez(content, **session.run(variables))
    records.write_whole(path, content.getvalue())
