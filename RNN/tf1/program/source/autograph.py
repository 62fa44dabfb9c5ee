"""TensorFlow 2's autograph under 1.15.5's Python: 1.15.5's own reads the syntax trees of Python 3.7.

Its files are TensorFlow 2's (finder.py lists them); the modules that they import and 1.15.5 has elsewhere are here.
"""

import importlib
import sys

_OPS = "tensorflow.python.ops."
PACKAGES = ("tensorflow.python.types", "tensorflow.python.eager.polymorphic_function")


def _same_as(name):
    """A module with the attributes of 1.15.5's module ``name``, loaded when the first one is wanted."""

    def fill(module):
        module.__getattr__ = lambda attribute: getattr(importlib.import_module(name), attribute)

    return fill


def _tensor(module):
    ops = importlib.import_module("tensorflow.python.framework.ops")
    specs = importlib.import_module("tensorflow.python.framework.tensor_spec")
    module.Tensor, module.TensorSpec = ops.Tensor, specs.TensorSpec


def _tensor_conversion(module):
    ops = importlib.import_module("tensorflow.python.framework.ops")
    module.convert_to_tensor = ops.convert_to_tensor
    module.convert_to_tensor_v2 = module.convert_to_tensor_v2_with_dispatch = ops.convert_to_tensor_v2


def _distributed_types(module):
    """Classes that a loop is compared with; 1.15.5's iterators of a strategy are converted as Python's."""
    module.Iterator, module.Iterable = type("Iterator", (), {}), type("Iterable", (), {})


def _convert_variables_to_tensors(values):
    variable = sys.modules[_OPS + "resource_variable_ops"].BaseResourceVariable
    ops = sys.modules["tensorflow.python.framework.ops"]
    nest = importlib.import_module("tensorflow.python.util.nest")
    return nest.map_structure(lambda v: ops.convert_to_tensor(v) if isinstance(v, variable) else v, values)


def _compiler(module):
    """Source of syntax trees: 1.15.5 wrote it with a library for Python 3.7, TensorFlow 2 has it in two modules."""
    loader = importlib.import_module("tensorflow.python.autograph.pyct.loader")
    module.ast_to_source = importlib.import_module("tensorflow.python.autograph.pyct.parser").unparse
    module.source_to_entity, module.ast_to_object = loader.load_source, loader.load_ast


def _scan_op(module):
    scan = importlib.import_module("tensorflow.python.data.experimental.ops.scan_ops")._ScanDataset
    module._ScanDataset = lambda dataset, state, function, use_default_device=None: scan(dataset, state, function)


STAND_INS = {
    **{name: lambda module: setattr(module, "__path__", []) for name in PACKAGES},
    _OPS + "cond": _same_as(_OPS + "control_flow_ops"),
    _OPS + "while_loop": _same_as(_OPS + "control_flow_ops"),
    _OPS + "control_flow_assert": _same_as(_OPS + "control_flow_ops"),
    "tensorflow.python.autograph.pyct.compiler": _compiler,
    "tensorflow.python.framework.tensor": _tensor,
    "tensorflow.python.framework.tensor_conversion": _tensor_conversion,
    "tensorflow.python.types.distribute": _distributed_types,
    "tensorflow.python.data.ops.scan_op": _scan_op,
    "tensorflow.python.eager.polymorphic_function.tf_method_target": _same_as("tensorflow.python.eager.function"),
    "tensorflow.python.util.variable_utils": lambda module: setattr(
        module, "convert_variables_to_tensors", _convert_variables_to_tensors
    ),
}


def _names_of_1_15(module):
    """Names of 1.15.5's package, and its order of converted_call's parameters."""
    api = importlib.import_module("tensorflow.python.autograph.impl.api")
    converter = importlib.import_module("tensorflow.python.autograph.core.converter")
    for name in ("to_graph", "to_code", "convert", "do_not_convert", "tf_convert"):
        setattr(module, name, getattr(api, name))
    module.ConversionOptions, module.Feature = converter.ConversionOptions, converter.Feature
    module.converted_call = lambda function, options, args, kwargs: api.converted_call(
        function, args, kwargs, options=options
    )


def _is_tf_type(module):
    module.is_tf_type = module.is_tensor


def _outermost_mapper(module):
    """Gives the stack of mappers a first one, whose map is empty: TensorFlow 2's autograph asks each for its parent."""

    class Outermost(module.StackTraceMapper):
        def get_effective_source_map(self):
            return {}

    module._source_mapper_stacks.default_factory = lambda: [Outermost()]


def _register_loops(module):
    """Loops of tf.function over data sets, iterators and ragged tensors; print and sorted of tensors."""
    ops = importlib.import_module("tensorflow.python.framework.ops")
    iterators = importlib.import_module("tensorflow.python.data.ops.iterator_ops")
    loops = importlib.import_module("tensorflow.python.autograph.operators.control_flow")
    importlib.import_module("tensorflow.python.data.ops.dataset_autograph").register_overrides()
    tensor_like = importlib.import_module("tensorflow.python.framework.tensor_like")._TensorLike
    tensor_util = importlib.import_module("tensorflow.python.framework.tensor_util")
    tensor_util.tf_type_classes = (tensor_like,) + ops._TENSOR_LIKE_TYPES
    importlib.import_module("tensorflow.python.ops.autograph_ops")
    importlib.import_module("tensorflow.python.ops.ragged.ragged_autograph")
    iterators.IteratorV2.get_next_as_optional = lambda self: iterators.get_next_as_optional(self)
    loops.for_loop_registry.register(iterators.IteratorV2, loops._tf_iterator_for_stmt)


AFTER_LOADING = {
    "tensorflow.python.autograph": _names_of_1_15,
    "tensorflow.python.util.tf_stack": _outermost_mapper,
    "tensorflow.python.data.experimental": _register_loops,
    "tensorflow.python.framework.tensor_util": _is_tf_type,
}
