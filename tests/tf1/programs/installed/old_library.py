"""A library for TensorFlow 1 and the numpy of 2019, where pip has installed it."""
import gast
import numpy as np
import tensorflow as tf


def found():
    values = np.array(np.ones(2), copy=False)
    return [np.bool is bool, np.float(2), values.dtype.name, tf.__version__, hasattr(gast, "Str")]
