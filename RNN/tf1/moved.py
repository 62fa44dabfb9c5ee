"""Names of TensorFlow 1's inner modules that TensorFlow 2 has moved, and where they are now."""

import importlib

# tensorflow.python: old module and name -> module and name today
MOVED = {
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


def restore():
    """Puts the names back into TensorFlow's modules, where they are missing."""
    for old, new in MOVED.items():
        (old_path, old_name), (new_path, new_name) = old.split(), new.split()
        old_module = importlib.import_module("tensorflow.python." + old_path)
        if old_name not in vars(old_module):
            new_module = importlib.import_module("tensorflow.python." + new_path)
            setattr(old_module, old_name, getattr(new_module, new_name))
