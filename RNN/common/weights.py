"""Initial weights: one seed gives the same weights on every TensorFlow; or the weights of a file.

A graph seed gives different weights on TensorFlow 1 and 2, which number their operations differently. So every variable
gets an initializer with an op seed of its own, derived from the seed and the variable's name without regard to case:
``RNN/...`` (manual unrolling) and ``rnn/...`` (``dynamic_rnn``) start with the same weights.
"""

import io
import json
import os
import zlib

from common import npz, records
from common.errors import UsageError

import numpy as np

import tf1 as tf

AUTHORS_RUN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "predict_sin_initial_weights.json")


def op_seed(seed, name):
    """The op seed of the variable ``name``: 31 bits of the CRC-32 of both."""
    return zlib.crc32(("%d %s" % (seed, name.lower())).encode("utf-8")) & 0x7FFFFFFF


class InitialWeights:
    """The values that the variables of a graph start from.

    Args:
        seed: for kernels, glorot uniform as in TensorFlow 1; a bias starts as its layer says (zero).
        shapes: {variable name: shape} of given arrays, used instead of the seed.
        read: function(name) that returns one of these arrays.
        source: where the arrays come from, for messages and the record.
    """

    def __init__(self, seed=None, shapes=None, read=None, source=None):
        self.seed = seed
        self.given = None if shapes is None else {name.lower(): (name, shape) for name, shape in shapes.items()}
        self.read = read
        self.source = source or "seed %d" % seed

    def scope(self):
        """The variable scope to build the graph in; it adds nothing to any name."""
        return tf.variable_scope(tf.get_variable_scope(), custom_getter=self._get_variable)

    def _get_variable(self, getter, name, *args, **kwargs):
        initializer = kwargs.get("initializer")
        if self.given is not None:
            spelling, shape = self.given.get(name.lower(), (name, None))
            wanted = kwargs.get("shape")
            # an array that does not fit is reported by check(), and never read
            if shape is not None and wanted is not None and tuple(tf.TensorShape(wanted).as_list()) == shape:
                kwargs["initializer"] = tf.constant_initializer(self.read(spelling))
        elif initializer is None or isinstance(initializer, type(tf.glorot_uniform_initializer())):
            kwargs["initializer"] = tf.glorot_uniform_initializer(seed=op_seed(self.seed, name))
        return getter(name, *args, **kwargs)

    def check(self):
        """Compares the given arrays with the trainable variables of the default graph, once it is built.

        Raises:
            UsageError: arrays are missing, extra or of a different shape; the message lists all of them.
        """
        if self.given is None:
            return
        variables = {v.op.name.lower(): (v.op.name, tuple(v.shape.as_list())) for v in tf.trainable_variables()}
        faults = ["%s is missing" % variables[name][0] for name in sorted(set(variables) - set(self.given))]
        extra = sorted(set(self.given) - set(variables))
        faults += ["%s is not a variable here" % self.given[name][0] for name in extra]
        for name in sorted(set(variables) & set(self.given)):
            found, (variable, expected) = self.given[name][1], variables[name]
            faults += ["%s has shape %s instead of %s" % (variable, found, expected)] if found != expected else []
        if faults:
            raise UsageError("%s does not fit this network: %s" % (self.source, "; ".join(faults)))


def authors_run():
    """The random weights that the author's own run of predict_sin started from: kernel [2, 4] and bias [4]."""
    with open(AUTHORS_RUN, encoding="utf-8") as file:
        arrays = {name: np.array(value, np.float32) for name, value in json.load(file).items() if "/" in name}
    shapes = {name: array.shape for name, array in arrays.items()}
    return InitialWeights(None, shapes, arrays.get, "the author's own run, recovered from the original figure")


def of_file(path):
    """The weights of an .npz file, {variable name: array of finite numbers}, as ``save`` and ``numpy.savez`` write it.

    Raises:
        UsageError: the file is missing, damaged, or holds something other than numbers.
    """
    try:
        file = npz.Npz(path)
    except OSError as error:
        raise UsageError("--initial-weights: cannot read %s: %s" % (path, error.strerror or error)) from error
    except npz.DAMAGED as error:
        raise UsageError("--initial-weights: %s is not an .npz file of plain arrays: %s" % (path, error)) from error
    names = {}
    for name in file.shapes:
        if names.setdefault(name.lower(), name) != name:
            raise UsageError("--initial-weights: %s holds both %s and %s" % (path, names[name.lower()], name))

    def read(name):
        if file.dtypes[name].kind in "fiu":  # a text may be of any length
            try:
                array = file.read(name)
            except (OSError,) + npz.DAMAGED as error:
                raise UsageError("--initial-weights: %s is damaged: %s" % (path, error)) from error
            with np.errstate(over="ignore"):  # of numbers too large for float32
                array = array.astype(np.float32)
            if np.isfinite(array).all():
                return array
        raise UsageError("--initial-weights: %s: the array %s is not made of finite numbers" % (path, name))

    return InitialWeights(None, file.shapes, read, path)


def save(path, session):
    """Writes the trainable variables of a session to an .npz file under their TensorFlow names.

    Raises:
        RunError: the file cannot be written.
    """
    with session.graph.as_default():
        variables = {variable.op.name: variable for variable in tf.trainable_variables()}
    content = io.BytesIO()
    np.savez(content, **session.run(variables))
    records.write_files({path: content.getvalue()})
