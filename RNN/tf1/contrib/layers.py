"""``tf.contrib.layers``: ``optimize_loss``, by tf-slim, the package that ``tf.contrib.layers`` became.

tf-slim 1.1.0 is the last release and reads names from TensorFlow's inner modules that TensorFlow has since moved.
They are put back here, where they are missing, and tf-slim's own implementation is used as it is.
"""

import importlib

import tensorflow.compat.v1 as tf

# inner module of TensorFlow and the name that tf-slim reads there -> where that name lives today
_MOVED = {
    "framework.ops Tensor": "framework.tensor Tensor",
    "framework.ops IndexedSlices": "framework.indexed_slices IndexedSlices",
    "ops.array_ops stack": "ops.array_ops_stack stack",
    "ops.array_ops unstack": "ops.array_ops_stack unstack",
    "ops.control_flow_ops Assert": "ops.control_flow_assert Assert",
    "ops.control_flow_ops case": "ops.control_flow_case case",
    "ops.control_flow_ops cond": "ops.cond cond",
    "ops.control_flow_ops while_loop": "ops.while_loop while_loop",
    "ops.variables VariableV1": "ops.variable_v1 VariableV1",
    "ops.variable_scope variable": "ops.variable_v1 VariableV1",
    "ops.variable_scope disable_resource_variables": "ops.resource_variables_toggle disable_resource_variables",
    "ops.variable_scope enable_resource_variables": "ops.resource_variables_toggle enable_resource_variables",
    "ops.variable_scope resource_variables_enabled": "ops.resource_variables_toggle resource_variables_enabled",
}


def _restore_moved_names():
    """Puts the names of ``_MOVED`` back where tf-slim reads them, leaving alone those that are still there."""
    for old, new in _MOVED.items():
        (old_path, old_name), (new_path, new_name) = old.split(), new.split()
        old_module = importlib.import_module("tensorflow.python." + old_path)
        if old_name not in vars(old_module):
            new_module = importlib.import_module("tensorflow.python." + new_path)
            setattr(old_module, old_name, getattr(new_module, new_name))
    normalization = importlib.import_module("tensorflow.python.layers.normalization")
    if "BatchNormalization" not in vars(normalization):  # its __getattr__ looks for a package that has moved
        normalization.BatchNormalization = tf.layers.BatchNormalization
        normalization.batch_normalization = tf.layers.batch_normalization


_restore_moved_names()

# tf_slim.layers does not export it, and `import tf_slim.layers.optimizers` finds a module in the package's place
_optimizers = importlib.import_module("tf_slim.layers.optimizers")
optimize_loss = _optimizers.optimize_loss
