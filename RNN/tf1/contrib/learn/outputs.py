"""The predictions of ``Estimator.predict``: selected, by batch, by row, or joined."""

import atexit
import weakref

import numpy as np
import tensorflow.compat.v1 as tf


def one_by_one(batches):
    """Yields the predictions of each row."""
    for batch in batches:
        if not isinstance(batch, dict):
            yield from batch
            continue
        first = next(iter(batch.values()))
        rows = first.dense_shape[0] if isinstance(first, tf.SparseTensorValue) else len(first)
        for row in range(rows):
            yield {name: values[row] for name, values in batch.items()}


def joined(batches):
    """The predictions of all rows, as an array or {name: array}."""
    if isinstance(batches[0], dict):
        return {name: np.concatenate([batch[name] for batch in batches]) for name in batches[0]}
    return np.concatenate(batches)


def select(predictions, outputs):
    """The predictions that are named in outputs; all if it is empty.

    Raises:
        ValueError: outputs do not fit the predictions.
    """
    if not outputs:
        return predictions
    if not isinstance(predictions, dict):
        raise ValueError("outputs can be chosen only where the predictions are a dict.")
    chosen = {name: value for name, value in predictions.items() if name in outputs}
    if not chosen:
        raise ValueError("outputs must name some of %s, got %s" % (sorted(predictions), outputs))
    return chosen


def batches(session, predictions, feed_fn, constant):
    """A generator of the predictions for each batch; its session is closed at the end of the program at the latest."""
    generator = _batches(session, predictions, feed_fn, constant)
    _unfinished.add(generator)
    return generator


def _batches(session, predictions, feed_fn, constant):
    with session:
        while not session.should_stop():
            yield session.run(predictions, feed_fn() if feed_fn else None)
            if constant:
                return


_unfinished = weakref.WeakSet()


@atexit.register
def _close_unfinished():
    """Ends the sessions of generators that were not exhausted, while TensorFlow is still complete."""
    for batches in list(_unfinished):
        batches.close()
