"""contrib.framework and contrib.input_pipeline: variables that operations change."""

import tensorflow as tf
from tensorflow.python.ops import gen_resource_variable_ops as operations

from .operation import operation


@operation("ZeroInitializer")
def zero_initializer(ref):
    """Sets a variable that is not initialized to zeros of its static shape.

    Raises:
        InvalidArgumentError: when it runs, if the variable is initialized.
    """
    new = tf.Assert(~tf.is_variable_initialized(ref), ["input is already initialized"])
    with tf.control_dependencies([new]):
        return tf.assign(ref, tf.zeros(ref.shape, ref.dtype.base_dtype))


@operation("ZeroVarInitializer")
def zero_var_initializer(var, dtype, shape):
    """``zero_initializer`` for a resource variable, given by its handle; returns the handle."""
    new = tf.Assert(~operations.var_is_initialized_op(var), ["input is already initialized"])
    with tf.control_dependencies([new]):
        assign = operations.assign_variable_op(var, tf.zeros(shape, dtype))
    with tf.control_dependencies([assign]):
        return tf.identity(var)


@operation("ObtainNext", list="string")
def obtain_next(list, counter):
    """Increments the int64 variable counter, modulo the length of the list of strings; returns the string there."""
    return tf.gather(list, tf.assign(counter, (counter + 1) % tf.size(list, out_type=tf.int64)))
