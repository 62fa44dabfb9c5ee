"""``tf.contrib.layers``: ``optimize_loss``, by tf-slim, the package that ``tf.contrib.layers`` became.

tf-slim 1.1.0 is the last release and reads names from TensorFlow's inner modules that TensorFlow has since moved.
They are restored where they are missing, and tf-slim's own implementation is used unchanged.
"""

import importlib
import importlib.util

from tf1.installed import startup

# module below tensorflow.python -> the modules that some of its names have moved to
_MOVED = {
    "framework.ops": "framework.tensor framework.indexed_slices framework.tensor_conversion_registry "
    "framework.tensor_conversion",
    "framework.tensor_util": "ops.shape_util",
    "ops.array_ops": "ops.array_ops_stack",
    "ops.control_flow_ops": "ops.cond ops.while_loop ops.control_flow_case ops.control_flow_assert "
    "ops.control_flow_switch_case",
    "ops.random_ops": "ops.random_crop_ops",
    "ops.variable_scope": "ops.resource_variables_toggle",
    "ops.variables": "ops.variable_v1 ops.ref_variable",
}


def _restore_moved_names():
    for old, news in _MOVED.items():
        module = importlib.import_module("tensorflow.python." + old)
        for new in ("tensorflow.python." + name for name in news.split()):
            if importlib.util.find_spec(new) is None:
                continue  # this TensorFlow has not split the module yet
            for name, value in vars(importlib.import_module(new)).items():
                if getattr(value, "__module__", None) == new and name not in vars(module):
                    setattr(module, name, value)
    variables = importlib.import_module("tensorflow.python.ops.variables")
    scope = importlib.import_module("tensorflow.python.ops.variable_scope")
    if not hasattr(scope, "variable"):
        scope.variable = variables.VariableV1


_restore_moved_names()

# tf_slim.layers does not export it, and `import tf_slim.layers.optimizers` finds a module in the package's place
optimize_loss = importlib.import_module("tf_slim.layers.optimizers").optimize_loss


def __getattr__(name):
    raise AttributeError(startup.not_restored("tf.contrib.layers." + name))
