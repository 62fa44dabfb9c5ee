"""Metrics of ``evaluate``: the arguments of their functions."""

import inspect

import tensorflow.compat.v1 as tf

LOSS = "loss"
_LABELS = ("label", "labels", "target", "targets")
_PREDICTIONS = ("prediction", "predictions", "logit", "logits")
_WEIGHTS = ("weight", "weights")


class MetricSpec:
    """A metric with the names of the tensors that it is computed from.

    Args:
        metric_fn: a function such as those of tf.metrics, that returns (value, update).
        prediction_key: which of the predictions, where they are a dict.
        label_key: which of the labels, where they are a dict.
        weight_key: which of the features holds the weights; None for none.
    """

    def __init__(self, metric_fn, prediction_key=None, label_key=None, weight_key=None):
        self.metric_fn = metric_fn
        self.prediction_key = prediction_key
        self.label_key = label_key
        self.weight_key = weight_key

    def create_metric_ops(self, inputs, labels, predictions):
        """Calls the metric.

        Args:
            inputs: the features, of which weight_key is read.
            labels, predictions: tensors or dicts of them.

        Returns:
            The result of metric_fn: (value, update).

        Raises:
            ValueError: a key is needed or unknown.
        """
        predictions = _select("prediction_key", predictions, self.prediction_key)
        labels = _select("label_key", labels, self.label_key)
        arguments = list(inspect.signature(self.metric_fn).parameters)
        by_name, by_position = {}, []
        for value, names in ((predictions, _PREDICTIONS), (labels, _LABELS)):
            found = [name for name in arguments if name in names]
            if found:
                by_name[found[0]] = value
            elif names is _PREDICTIONS:
                by_position.append(value)
        if self.weight_key is not None:
            found = [name for name in arguments if name in _WEIGHTS]
            by_name[found[0] if found else "weights"] = _select("weight_key", inputs, self.weight_key)
        if by_position and arguments and arguments[0] in by_name:  # (labels, something): both by position
            by_position.insert(0, by_name.pop(arguments[0]))
        return self.metric_fn(*by_position, **by_name)


def _select(what, tensors, key):
    if not isinstance(tensors, dict):
        if key is not None:
            raise ValueError("MetricSpec: %s is %r, but there is only one tensor" % (what, key))
        return tensors
    if key is None:
        if len(tensors) == 1:
            return next(iter(tensors.values()))
        raise ValueError("MetricSpec: %s must be one of %s" % (what, sorted(tensors)))
    if key not in tensors:
        raise ValueError("MetricSpec: %s is %r, must be one of %s" % (what, key, sorted(tensors)))
    return tensors[key]


def metric_ops(metrics, features, labels, predictions):
    """Calls the metrics given to ``evaluate``.

    Args:
        metrics: {name: MetricSpec}, {name: function(predictions, labels)} or
            {(name, key of the predictions): function(predictions, labels)}.
        features, labels, predictions: tensors or dicts of them.

    Returns:
        {name: what the metric returned}.

    Raises:
        ValueError: a metric does not fit the predictions.
    """
    if isinstance(labels, dict) and len(labels) == 1:
        only_labels = next(iter(labels.values()))
    else:
        only_labels = labels
    result = {}
    for name, metric in sorted(metrics.items(), key=lambda item: str(item[0])):
        if isinstance(metric, MetricSpec):
            result[name] = metric.create_metric_ops(features, labels, predictions)
        elif isinstance(name, tuple):
            if len(name) != 2 or not isinstance(predictions, dict) or name[1] not in predictions:
                raise ValueError("metric %r must name one of the predictions, which are %s" % (name, predictions))
            chosen = labels[name[1]] if isinstance(labels, dict) and name[1] in labels else only_labels
            result[name[0]] = metric(predictions[name[1]], chosen)
        elif isinstance(predictions, dict):
            raise ValueError("metric %r names none of the predictions, which are a dict" % name)
        else:
            result[name] = metric(predictions, only_labels)
    return result


def with_updates(operations):
    """{name: (value, update)} of metrics that may be values alone, which are then read once, at the end."""
    return {
        name: tuple(pair) if isinstance(pair, (tuple, list)) and len(pair) == 2 else (pair, tf.no_op())
        for name, pair in operations.items()
    }


class Metrics(dict):
    """Metrics for tf.estimator, which adds the mean loss and refuses another "loss"; contrib.learn preferred that."""

    def __contains__(self, name):
        return name != LOSS and super().__contains__(name)

    def __setitem__(self, name, metric):
        self.setdefault(name, metric)
