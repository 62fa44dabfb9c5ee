"""Makes a function that builds several operations look like one operation of TensorFlow 1.15.5."""

import functools
import inspect


def operation(op_name, count=1, **inputs):
    """Decorator: the operations that a function builds get the name of one, and count as one.

    The results are named as the outputs of the operation were, so that "decoder/GatherTree:0" can be fetched from a
    graph. The seed of a later operation comes from the number of operations of the graph, without graph._not_counted.

    Args:
        op_name: name of the operation; the function gets a parameter ``name`` that replaces it.
        count: number of operations that the built operations count as.
        **inputs: the function's tensor parameters and their dtypes, None for any; converted first, as a generated
            function does.

    Returns:
        A decorator for a function that returns a tensor, a tuple of tensors or an operation.
    """

    def decorate(build):
        signature = inspect.signature(build)

        @functools.wraps(build)
        def kernel(*args, **kwargs):
            import tensorflow as tf

            name = kwargs.pop("name", None)
            bound = signature.bind(*args, **kwargs)
            values = bound.arguments
            with tf.name_scope(name, op_name, [values[key] for key in inputs]) as scope:
                for key, dtype in inputs.items():
                    values[key] = tf.convert_to_tensor(values[key], dtype, name=key)
                if tf.executing_eagerly():
                    return build(*bound.args, **bound.kwargs)
                graph = tf.get_default_graph()
                first, not_counted = graph._next_id_counter, getattr(graph, "_not_counted", 0)
                results = _named(tf, build(*bound.args, **bound.kwargs), scope)
                graph._not_counted = not_counted + graph._next_id_counter - first - count
            return results

        return kernel

    return decorate


def _named(tf, results, scope):
    """The results again, as outputs of an operation that has the name of the scope."""
    if isinstance(results, tf.Operation):
        return tf.group(results, name=scope)
    if isinstance(results, tf.Tensor):
        return tf.identity(results, name=scope)
    return tuple(tf.identity_n(list(results), name=scope))


def require_rank(tensor, rank, at_least=False):
    """Raises ValueError, with TensorFlow's text, if the rank of a tensor is known and another one."""
    known = tensor.shape.ndims
    if known is not None and (known < rank if at_least else known != rank):
        kind = "at least rank" if at_least else "rank"
        raise ValueError("Shape must be %s %d but is rank %d" % (kind, rank, known))
