"""Modules and names inside TensorFlow 1 that TensorFlow 2 has moved, and where they are now.

A line: old | new | first TensorFlow 2 version with the new place, where 2.13 still had the old one. Names are below
``tensorflow.python`` unless they begin with ``KERAS``, which is the package keras up to 2.15 and tf_keras from 2.16 on,
or with ``tensorflow``.
"""

import functools
import importlib
import importlib.util

from tf1 import startup

# with all modules below them, unless a longer line says otherwise; several new ones are asked in turn
_MODULES = """
autograph                           | autograph autograph.impl.api autograph.core.converter autograph.lang.directives autograph.lang.special_functions
distribute.distribution_strategy_context | distribute.distribute_lib
estimator                           | tensorflow_estimator.python.estimator | 2.16
framework.graph_util                | framework.graph_util framework.convert_to_constants framework.graph_util_impl
framework.graph_util_impl           | framework.graph_util_impl framework.convert_to_constants
framework.ops                       | framework.ops framework.tensor framework.indexed_slices framework.tensor_conversion_registry framework.tensor_conversion
framework.tensor_util               | framework.tensor_util ops.shape_util
keras                               | KERAS.api._v1.keras KERAS.src
keras.engine.network                | KERAS.src.engine.functional
keras.keras_parameterized           | KERAS.src.testing_infra.test_combinations
keras.layers.advanced_activations   | KERAS.src.layers.activation
keras.layers.convolutional          | KERAS.src.layers.convolutional KERAS.api._v1.keras.layers
keras.layers.convolutional_recurrent | KERAS.src.layers.rnn KERAS.api._v1.keras.layers
keras.layers.core                   | KERAS.src.layers.core KERAS.api._v1.keras.layers
keras.layers.cudnn_recurrent        | KERAS.api._v1.keras.layers
keras.layers.embeddings             | KERAS.src.layers.core.embedding
keras.layers.local                  | KERAS.src.layers.locally_connected
keras.layers.merge                  | KERAS.src.layers.merging
keras.layers.normalization          | KERAS.api._v1.keras.layers KERAS.src.layers.normalization
keras.layers.recurrent              | KERAS.api._v1.keras.layers KERAS.src.layers.rnn
keras.layers.wrappers               | KERAS.api._v1.keras.layers KERAS.src.layers.rnn
keras.testing_utils                 | KERAS.src.testing_infra.test_utils
keras.utils.generic_utils           | KERAS.src.utils.generic_utils KERAS.api._v1.keras.utils
layers.base                         | KERAS.src.legacy_tf_layers.base
layers.convolutional                | KERAS.src.legacy_tf_layers.convolutional
layers.core                         | KERAS.src.legacy_tf_layers.core
layers.layers                       | KERAS.api._v1.keras.__internal__.legacy.layers
layers.normalization                | KERAS.src.legacy_tf_layers.normalization
layers.pooling                      | KERAS.src.legacy_tf_layers.pooling
ops.array_ops                       | ops.array_ops ops.array_ops_stack
ops.control_flow_ops                | ops.control_flow_ops ops.cond ops.while_loop ops.control_flow_case ops.control_flow_assert ops.control_flow_switch_case
ops.rnn_cell                        | KERAS.src.layers.rnn.legacy_cells KERAS.src.layers.rnn.legacy_cell_wrappers ops.rnn_cell_impl
ops.rnn_cell_impl                   | KERAS.src.layers.rnn.legacy_cells KERAS.src.layers.rnn.legacy_cell_wrappers ops.rnn_cell_impl
ops.rnn_cell_wrapper_impl           | KERAS.src.layers.rnn.legacy_cell_wrappers
ops.variable_scope                  | ops.variable_scope ops.resource_variables_toggle
ops.random_ops                      | ops.random_ops ops.random_crop_ops
ops.variables                       | ops.variables ops.variable_v1 ops.ref_variable
pywrap_tensorflow                   | pywrap_tensorflow training.py_checkpoint_reader
tpu.tpu                             | tpu.tpu tpu.tpu_replication
training.tracking                   | trackable
training.tracking.tracking          | trackable.autotrackable trackable.resource trackable.asset
training.tracking.util              | checkpoint.checkpoint
training.training_ops               | ops.gen_training_ops                  | 2.16
tensorflow.estimator                | tensorflow_estimator.python.estimator.api._v1.estimator
"""  # noqa: E501

# a star: every name that the old module does not have itself
_NAMES = """
distribute.parameter_server_strategy.ParameterServerStrategy | distribute.parameter_server_strategy.ParameterServerStrategyV1
data.ops.iterator_ops.IteratorV2         | data.ops.iterator_ops.OwnedIterator
eager.function.defun                     | eager.def_function.function
keras.engine.network.Network             | KERAS.src.engine.training.Model
layers.normalization.BatchNormalization  | KERAS.src.legacy_tf_layers.normalization.BatchNormalization
layers.normalization.batch_normalization | KERAS.src.legacy_tf_layers.normalization.batch_normalization
ops.rnn_cell_impl._linear                | tensorflow.contrib.rnn.python.ops.core_rnn_cell._linear
ops.variable_scope.variable              | ops.variable_v1.VariableV1
ops.nn_impl.l2_normalize_v2              | ops.nn_impl.l2_normalize
tensorflow.contrib.eager.*               | tensorflow.contrib.eager.python.tfe.*
tensorflow.contrib.optimizer_v2.*        | tensorflow.contrib.optimizer_v2.optimizer_v2_symbols.*
tensorflow.contrib.receptive_field.*     | tensorflow.contrib.receptive_field.receptive_field_api.*
tensorflow.contrib.recurrent.*           | tensorflow.contrib.recurrent.python.recurrent_api.*
tensorflow.contrib.remote_fused_graph.*  | tensorflow.contrib.remote_fused_graph.pylib.*
tensorflow.contrib.specs.*               | tensorflow.contrib.specs.python.*
tensorflow.contrib.summary.*             | tensorflow.contrib.summary.summary.*
util.nest.is_sequence                    | util.nest.is_nested
"""  # noqa: E501


def _table(text):
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return {place(row[0]): row[1].split() for row in rows}


def place(path):
    """A path of the tables in full."""
    if path.startswith("KERAS."):
        return keras() + path[len("KERAS") :]
    return path if path.startswith(("tensorflow", "tf1.")) else "tensorflow.python." + path


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
    return [place(new) + name[len(old) :] for new in _moved_modules[old]]


def new_name(name):
    """The dotted name under which the attribute ``name`` of TensorFlow 1 is now, None if it has not moved."""
    if name in _moved_names:
        return place(_moved_names[name][0])
    module, _, attribute = name.rpartition(".")
    return place(_moved_names[module + ".*"][0])[:-1] + attribute if module + ".*" in _moved_names else None


def restore():
    """Puts moved names back into TensorFlow's own modules, where they are missing: tf-slim reads them there."""
    for old, news in _moved_modules.items():
        if place(news[0]) == old:
            module = importlib.import_module(old)
            for new in news[1:]:
                if importlib.util.find_spec(place(new)) is None:
                    continue  # this TensorFlow has not split the module yet
                for name, value in vars(importlib.import_module(place(new))).items():
                    if getattr(value, "__module__", None) == place(new) and name not in vars(module):
                        setattr(module, name, value)
    for old in _moved_names:
        old_module, _, old_name = old.rpartition(".")
        new_module, _, name = new_name(old).rpartition(".")
        if new_module.startswith("tensorflow.contrib"):
            continue
        try:
            module = importlib.import_module(old_module)
        except ModuleNotFoundError:  # the runner alone has it, keras.engine.network
            continue
        if old_name not in vars(module):
            setattr(module, old_name, getattr(importlib.import_module(new_module), name))
