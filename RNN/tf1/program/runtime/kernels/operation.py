"""Makes a function that builds several operations one operation of TensorFlow 1.15.5.

The graph of C++ has all operations. 1.15.5's Python graph lists the last one only, an Identity, under the name and type
of the operation that 1.15.5 had, with its inputs: so op seeds, which are numbers of operations, names, listings and
gradients are 1.15.5's.
"""

import copy
import functools
import importlib
import inspect


def operation(op_name, **inputs):
    """Decorator: the operations that a function builds are one.

    Args:
        op_name: the operation's type, and its name; the function gets a parameter ``name`` that replaces the latter.
        **inputs: the function's tensor parameters and their dtypes, None for any; converted first, as a generated
            function does.

    Returns:
        A decorator for a function that returns a tensor, a tuple of tensors or an operation.
    """

    def decorate(build):
        parameters = list(inspect.signature(build).parameters.values())
        place = len(parameters) - (parameters[-1:] != [] and parameters[-1].kind is inspect.Parameter.VAR_KEYWORD)
        parameters.insert(place, inspect.Parameter("name", inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None))
        signature = inspect.Signature(parameters)

        @functools.wraps(build)
        def kernel(*args, **kwargs):
            import tensorflow as tf

            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            values = bound.arguments
            name = values.pop("name")
            with tf.name_scope(name, op_name, [values[key] for key in inputs]) as scope:
                for key, dtype in inputs.items():
                    values[key] = tf.convert_to_tensor(values[key], dtype, name=key)
                if tf.executing_eagerly():
                    return build(*bound.args, **bound.kwargs)
                graph = tf.get_default_graph()
                before = graph._next_id_counter
                results = _named(tf, build(*bound.args, **bound.kwargs), scope)
                last = results if isinstance(results, tf.Operation) else results[0].op
                _hide_all_but(last, before, op_name, values)
            return results[0] if isinstance(results, tuple) and len(results) == 1 else results

        kernel.__signature__ = signature  # which TensorFlow compares with that of a dispatched function
        return kernel

    return decorate


def _named(tf, results, scope):
    """The results again, as an operation, or a tuple of outputs of one, that has the name of the scope."""
    if isinstance(results, tf.Operation):
        return tf.group(results, name=scope)
    if isinstance(results, tf.Tensor):
        return (tf.identity(results, name=scope),)
    # by IdentityN itself: tf.identity_n would have a gradient that asks for more operations
    return tuple(importlib.import_module("tensorflow.python.ops.gen_array_ops").identity_n(list(results), name=scope))


def _hide_all_but(last, before, op_type, arguments):
    """Takes the operations that were built since from the graph's list, and makes the last one of the given type.

    They can still be looked up by name, as those who read a GraphDef do.
    """
    import tensorflow as tf

    graph = last.graph
    for number in range(before + 1, graph._next_id_counter + 1):
        op = graph._nodes_by_id.pop(number)
        if op is not last:
            graph._c_graph.hidden[op.name] = last.name
    last._id_value = graph._next_id_counter = graph._version = before + 1
    graph._nodes_by_id[last._id_value] = last
    last.__class__ = _composed()
    last._composed_type = op_type
    given = tf.nest.flatten(list(arguments.values()))
    last._inputs_val = last._InputList([value for value in given if isinstance(value, tf.Tensor)])
    last._composed_attributes = {
        key: tf.AttrValue(**{"b" if isinstance(value, bool) else "i": value})
        for key, value in arguments.items()
        if isinstance(value, int)
    }


@functools.lru_cache(maxsize=None)
def _composed():
    ops = importlib.import_module("tensorflow.python.framework.ops")

    class Composed(ops.Operation):
        """An operation of several in C++."""

        @property
        def type(self):
            return self._composed_type

        @property
        def node_def(self):
            definition = super().node_def
            definition.op = self._composed_type
            for key, value in self._composed_attributes.items():
                definition.attr[key].CopyFrom(value)
            return definition

        def get_attr(self, name):
            value = self._composed_attributes.get(name)
            return super().get_attr(name) if value is None else getattr(value, value.WhichOneof("value"))

    return Composed


def copy_all_operations(module):
    """Functions capture what they use by copying it: of an operation that is several, all of them."""
    add = module._FuncGraph._add_op_and_parents

    def add_op_and_parents(self, op):
        if isinstance(op, _composed()):
            op = copy.copy(op)
            op.__class__, op._inputs_val = _composed().__base__, None
        return add(self, op)

    module._FuncGraph._add_op_and_parents = add_op_and_parents


def require_rank(tensor, rank, at_least=False):
    """Raises ValueError, with TensorFlow's text, if the rank of a tensor is known and different."""
    known = tensor.shape.ndims
    if known is not None and (known < rank if at_least else known != rank):
        kind = "at least rank" if at_least else "rank"
        raise ValueError("Shape must be %s %d but is rank %d" % (kind, rank, known))
