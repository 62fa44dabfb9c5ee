"""Modules and names inside TensorFlow 1 that TensorFlow 2 has moved, and where they are now.

A line: old | new | first TensorFlow 2 version with the new place, where 2.13 still had the old one. Names are below
``tensorflow.python`` unless they begin with ``KERAS``, which is the package keras up to 2.15 and tf_keras from 2.16 on,
or with ``tensorflow``.
"""

import functools
import importlib

from tf1 import startup

# with all modules below them, unless a longer line says otherwise; several new ones are asked in turn
_MODULES = """
distribute.distribution_strategy_context | distribute.distribute_lib
estimator                                | tensorflow_estimator.python.estimator                  | 2.16
keras                                    | KERAS.api._v1.keras KERAS.src
layers.base                              | KERAS.src.legacy_tf_layers.base
layers.convolutional                     | KERAS.src.legacy_tf_layers.convolutional
layers.core                              | KERAS.src.legacy_tf_layers.core
layers.layers                            | KERAS.api._v1.keras.__internal__.legacy.layers
layers.normalization                     | KERAS.src.legacy_tf_layers.normalization
layers.pooling                           | KERAS.src.legacy_tf_layers.pooling
ops.rnn_cell                             | KERAS.src.layers.rnn.legacy_cells KERAS.src.layers.rnn.legacy_cell_wrappers ops.rnn_cell_impl
ops.rnn_cell_impl                        | KERAS.src.layers.rnn.legacy_cells KERAS.src.layers.rnn.legacy_cell_wrappers ops.rnn_cell_impl
ops.rnn_cell_wrapper_impl                | KERAS.src.layers.rnn.legacy_cell_wrappers
training.tracking                        | trackable
training.training_ops                    | ops.gen_training_ops                                   | 2.16
"""  # noqa: E501

_NAMES = """
framework.ops.IndexedSlices                   | framework.indexed_slices.IndexedSlices
framework.ops.Tensor                          | framework.tensor.Tensor
layers.normalization.BatchNormalization       | KERAS.src.legacy_tf_layers.normalization.BatchNormalization
layers.normalization.batch_normalization      | KERAS.src.legacy_tf_layers.normalization.batch_normalization
ops.array_ops.stack                           | ops.array_ops_stack.stack
ops.array_ops.unstack                         | ops.array_ops_stack.unstack
ops.control_flow_ops.Assert                   | ops.control_flow_assert.Assert
ops.control_flow_ops.case                     | ops.control_flow_case.case
ops.control_flow_ops.cond                     | ops.cond.cond
ops.control_flow_ops.while_loop               | ops.while_loop.while_loop
ops.rnn_cell_impl._linear                     | tensorflow.contrib.rnn.python.ops.core_rnn_cell._linear
ops.variable_scope.disable_resource_variables | ops.resource_variables_toggle.disable_resource_variables | 2.16
ops.variable_scope.enable_resource_variables  | ops.resource_variables_toggle.enable_resource_variables  | 2.16
ops.variable_scope.resource_variables_enabled | ops.resource_variables_toggle.resource_variables_enabled | 2.16
ops.variable_scope.variable                   | ops.variable_v1.VariableV1
ops.variables.VariableV1                      | ops.variable_v1.VariableV1
"""


def _table(text):
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return {"tensorflow.python." + row[0]: row[1].split() for row in rows}


def _new(path):
    if path.startswith("KERAS."):
        return keras() + path[len("KERAS") :]
    return path if path.startswith("tensorflow") else "tensorflow.python." + path


@functools.lru_cache(maxsize=1)
def keras():
    """The package that has the layers and cells of TensorFlow 1."""
    return "keras" if startup.installed_version() < (2, 16) else "tf_keras"


_moved_modules = _table(_MODULES)
_moved_names = _table(_NAMES)


def modules(name):
    """The dotted names of the real modules that together are the module ``name`` of TensorFlow 1."""
    old = name
    while old not in _moved_modules:
        old = old.rpartition(".")[0]
        if not old:
            return [name]
    return [_new(new) + name[len(old) :] for new in _moved_modules[old]]


def new_name(name):
    """The dotted name under which the attribute ``name`` of TensorFlow 1 is now, None if it has not moved."""
    return _new(_moved_names[name][0]) if name in _moved_names else None


def restore():
    """Puts the names back into TensorFlow's own modules, where they are missing: tf-slim reads them there."""
    for old in _moved_names:
        old_module, _, old_name = old.rpartition(".")
        new_module, _, name = new_name(old).rpartition(".")
        module = importlib.import_module(old_module)
        if old_name not in vars(module) and not new_module.startswith("tensorflow.contrib"):
            setattr(module, old_name, getattr(importlib.import_module(new_module), name))
