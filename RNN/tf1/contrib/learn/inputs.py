"""The inputs of an Estimator: which arguments go together; types and shapes compared with those of earlier calls."""

import collections

import tensorflow.compat.v1 as tf


def require_consistent(x, y, input_fn, feed_fn, batch_size):
    """Refuses, with a ValueError, arguments of fit, evaluate and predict that exclude each other."""
    if input_fn is None:
        if x is None:
            raise ValueError("Either x or input_fn must be provided.")
        if tf.is_tensor(x) or tf.is_tensor(y):
            raise ValueError("Inputs cannot be tensors. Please provide input_fn.")
        if feed_fn is not None:
            raise ValueError("Can not provide both feed_fn and x or y.")
    elif x is not None or y is not None:
        raise ValueError("Can not provide both input_fn and x or y.")
    elif batch_size is not None:
        raise ValueError("Can not provide both input_fn and batch_size.")


# type and shape of a tensor; the first dimension, that of the batch, may change. A sparse tensor has no shape.
Signature = collections.namedtuple("Signature", ["dtype", "shape"])


def signatures(tensors):
    """The Signature of a tensor, or {name: Signature} of a dict of them."""
    if isinstance(tensors, dict):
        return {name: signatures(tensor) for name, tensor in tensors.items()}
    if tensors is None:
        return None
    sparse = isinstance(tensors, tf.SparseTensor)
    return Signature(tensors.dtype, None if sparse else tensors.shape)


def is_compatible(tensors, seen):
    """Whether tensors have these signatures."""
    if isinstance(seen, dict):
        return isinstance(tensors, dict) and all(
            name in tensors and is_compatible(tensors[name], seen[name]) for name in seen
        )
    if tensors is None or isinstance(tensors, dict):
        return False
    found = signatures(tensors)
    if found.dtype != seen.dtype or (found.shape is None) != (seen.shape is None):
        return False
    if found.shape is None or found.shape.rank is None or seen.shape.rank is None:
        return True
    return found.shape.rank == seen.shape.rank and found.shape[1:].is_compatible_with(seen.shape[1:])


def placeholders(seen):
    """A placeholder for each signature."""
    if seen is None:
        return None
    if isinstance(seen, dict):
        return {name: placeholders(signature) for name, signature in seen.items()}
    if seen.shape is None:
        return tf.sparse_placeholder(seen.dtype)
    if seen.shape.rank is None:
        return tf.placeholder(seen.dtype)
    return tf.placeholder(seen.dtype, [None] + seen.shape[1:].as_list() if seen.shape.rank else [])
