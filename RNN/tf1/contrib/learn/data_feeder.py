"""Feeds arrays in the order in which TensorFlow 1 fed them."""

import numpy as np
import tensorflow.compat.v1 as tf

_SHUFFLE_SEED = 42  # that of TensorFlow 1.10.1's DataFeeder: every fit starts again from it


class DataFeeder:
    """Cuts arrays into batches; the last batch of an epoch is short.

    Args:
        x: array [n, ...], or {name: array}; [n] is fed as [batch, 1].
        y: array [n, ...], {name: array}, or None; [n, 1, ...] is fed as [batch, ...].
        batch_size: rows per batch; None takes all n.
        shuffle: take the rows in the order of a permutation, a new one for each epoch.
        epochs: epochs until StopIteration; None: no end.

    Raises:
        ValueError: batch_size is below 1, or the arrays differ in length.
        TypeError: x or y is an iterator.
    """

    def __init__(self, x, y, batch_size=None, shuffle=False, epochs=None):
        self._x = _map(_features, x)
        self._y = None if y is None else _map(_labels, y)
        lengths = {len(array) for array in _arrays(self._x) + _arrays(self._y)}
        if len(lengths) != 1:
            raise ValueError("x and y must have the same number of rows, got %s" % sorted(lengths))
        self._rows = lengths.pop()
        if shuffle and not self._rows:
            raise ValueError("x has no rows")
        if batch_size is not None and batch_size <= 0:
            raise ValueError("Invalid batch_size %d." % batch_size)
        self._batch_size = batch_size or self._rows
        self._random = np.random.RandomState(_SHUFFLE_SEED) if shuffle else None
        self._epochs = epochs
        self._epoch = 0
        self._offset = 0
        self._order = self._new_order()

    def _new_order(self):
        if self._random is None:
            return np.arange(self._rows)
        return self._random.permutation(self._rows)

    def input_fn(self):
        """Makes the placeholders; the names are TensorFlow 1's.

        Returns:
            (features, labels), each a tensor or {name: tensor}; labels is None without y.
        """
        self._features = _placeholders("input", self._x)
        self._labels = None if self._y is None else _placeholders("output", self._y)
        return self._features, self._labels

    def feed_fn(self):
        """The next batch.

        Returns:
            {placeholder: array}.

        Raises:
            StopIteration: after the last epoch.
        """
        if self._epochs is not None and self._epoch >= self._epochs:
            raise StopIteration
        rows = self._order[self._offset : self._offset + self._batch_size]
        feed = {}
        for placeholders, arrays in ((self._features, self._x), (self._labels, self._y)):
            if isinstance(arrays, dict):
                feed.update({placeholders[name]: array[rows] for name, array in arrays.items()})
            elif arrays is not None:
                feed[placeholders] = arrays[rows]
        self._offset += self._batch_size
        if self._offset >= self._rows:
            self._order = self._new_order()
            self._offset = 0
            self._epoch += 1
        return feed


def _map(function, arrays):
    if isinstance(arrays, dict):
        return {name: function(array) for name, array in arrays.items()}
    return function(arrays)


def _arrays(arrays):
    if arrays is None:
        return []
    return list(arrays.values()) if isinstance(arrays, dict) else [arrays]


def _array(data):
    if hasattr(data, "__next__"):
        raise TypeError("x and y must be arrays, not iterators; use an input_fn for a stream of data")
    array = np.asarray(data)
    if array.ndim == 0:
        raise ValueError("x and y must be arrays of rows, got %r" % (data,))
    if array.dtype == np.float64:
        tf.logging.warning("float64 is not supported by many models, consider casting to float32.")
    return array


def _features(data):
    array = _array(data)
    return array.reshape(-1, 1) if array.ndim == 1 else array


def _labels(data):
    array = _array(data)
    return array[:, 0] if array.ndim > 1 and array.shape[1] == 1 else array


def _placeholders(name, arrays):
    if isinstance(arrays, dict):
        return {key: _placeholder("%s_%s" % (name, key), array) for key, array in arrays.items()}
    return _placeholder(name, arrays)


def _placeholder(name, array):
    return tf.placeholder(tf.as_dtype(array.dtype), (None,) + array.shape[1:], name=name)
