"""Exercises tf.contrib.learn and prints, as JSON, the rows fed, the losses, the results and the kinds of errors.

The contrib.learn of RNN/tf1 and that of TensorFlow 1.15.5 must print the same: test_learn_probe.py runs this file
with ``import tf1`` and with ``tf1 learn_probe.py``.
"""

import json
import os
import sys
import tempfile

import numpy as np

if "ours" in sys.argv:
    import tf1 as tf
else:
    import tensorflow as tf

learn = tf.contrib.learn
X = np.arange(10, dtype=np.float32).reshape(10, 1)
Y = 2 * X + 1


def line(X, y, mode, params):
    """A straight line through the data, by gradient descent."""
    slope = tf.get_variable("slope", [], initializer=tf.constant_initializer(0.5))
    predictions = slope * X[:, 0]
    loss = tf.losses.mean_squared_error(y, predictions) if y is not None else None
    train_op = None
    if mode == learn.ModeKeys.TRAIN:
        step = tf.train.get_global_step()
        train_op = tf.contrib.layers.optimize_loss(loss, step, params["rate"], "SGD", clip_gradients=3.0)
    metrics = {"own": tf.metrics.mean(predictions)} if mode == learn.ModeKeys.EVAL else None
    if params.get("dict"):
        predictions = {"value": predictions, "twice": 2 * predictions}
    return learn.ModelFnOps(mode, predictions, loss, train_op, metrics)


class Watch(tf.train.SessionRunHook):
    """Keeps the rows and the loss of every step."""

    def __init__(self):
        self.steps = []

    def begin(self):
        graph = tf.get_default_graph()
        self.tensors = [graph.get_tensor_by_name("input:0"), graph.get_tensor_by_name("output:0")]
        self.tensors.append(tf.losses.get_losses()[0])

    def before_run(self, run_context):
        return tf.train.SessionRunArgs(self.tensors)

    def after_run(self, run_context, run_values):
        self.steps.append(run_values.results)


def plain(value):
    """``value`` as JSON has it; float32 by all its digits."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.tolist() if hasattr(value, "tolist") else value


def new(**params):
    return learn.Estimator(line, tempfile.mkdtemp(), params=dict({"rate": 0.01}, **params))


def inputs():
    return tf.constant(X), tf.constant(Y[:, 0])


def error_of(call):
    try:
        call()
    except Exception as error:
        return [
            kind.__name__ for kind in type(error).__mro__ if kind.__module__ in ("builtins", type(error).__module__)
        ]
    return None


def main():
    found = {}
    watch, estimator = Watch(), new()
    estimator.fit(X, Y, steps=7, batch_size=4, monitors=[watch])
    estimator.partial_fit(X, Y, batch_size=4, monitors=[watch])
    estimator.fit(X, Y, max_steps=10, monitors=[watch])
    estimator.fit(X, Y, max_steps=10, monitors=[watch])
    found["fit"] = watch.steps
    found["slope"] = estimator.get_variable_value("slope")
    found["variables"] = sorted(estimator.get_variable_names())
    found["files"] = sorted(name for name in os.listdir(estimator.model_dir) if name.startswith("model.ckpt"))
    found["evaluate"] = estimator.evaluate(X, Y, batch_size=3)
    found["one batch"] = estimator.evaluate(X, Y, batch_size=3, steps=1, name="first")
    mean = learn.MetricSpec(tf.metrics.mean_absolute_error)
    found["metrics"] = estimator.evaluate(X, Y, metrics={"loss": mean, "error": mean, "own": mean})
    found["input_fn"] = estimator.fit(input_fn=inputs, steps=2).evaluate(input_fn=inputs, steps=2)
    found["predict"] = list(estimator.predict(X, batch_size=4))
    found["batches"] = list(estimator.predict(X, batch_size=4, iterate_batches=True))
    found["array"] = estimator.predict(X, as_iterable=False)
    found["predict input_fn"] = list(estimator.predict(input_fn=lambda: tf.constant(X)))
    several = new(dict=True).fit(X, Y, steps=1)
    found["dict"] = list(several.predict(X[:3], outputs=["twice"]))
    compat, watch = learn.SKCompat(new()), Watch()
    many = np.arange(300, dtype=np.float32).reshape(300, 1) / 300
    compat.fit(many, many, steps=3, monitors=[watch])
    found["SKCompat"] = [watch.steps, compat.score(many, many), compat.predict(many)[:5]]
    errors = {
        "not fitted": lambda: new().predict(X),
        "not fitted, evaluate": lambda: new().evaluate(X, Y),
        "steps and max_steps": lambda: estimator.fit(X, Y, steps=1, max_steps=1),
        "no input": lambda: estimator.fit(steps=1),
        "two inputs": lambda: estimator.fit(X, Y, input_fn=inputs, steps=1),
        "batch_size with input_fn": lambda: estimator.fit(input_fn=inputs, batch_size=4, steps=1),
        "a tensor": lambda: estimator.fit(tf.constant(X), Y, steps=1),
        "batch_size of 0": lambda: estimator.fit(X, Y, batch_size=0, steps=1),
        "feed_fn with x": lambda: estimator.evaluate(X, Y, feed_fn=dict),
        "metrics that are no dict": lambda: estimator.evaluate(X, Y, metrics=["loss"]),
        "another shape": lambda: estimator.fit(np.hstack([X, X]), Y, steps=1),
        "another dtype": lambda: estimator.fit(X, Y.astype(np.int32), steps=1),
        "outputs of no dict": lambda: estimator.predict(X, outputs=["value"]),
        "unknown outputs": lambda: several.predict(X, outputs=["other"]),
        "params for nothing": lambda: learn.Estimator(lambda X, y: None, tempfile.mkdtemp(), params={"rate": 1}),
        "two values": lambda: learn.Estimator(lambda X, y: (X, y), tempfile.mkdtemp()).fit(X, Y, steps=1),
        "no loss": lambda: learn.ModelFnOps("train", X, None, None),
        "an unknown mode": lambda: learn.ModelFnOps("other"),
        "two directories": lambda: learn.Estimator(line, "a", learn.RunConfig(model_dir="b"), {"rate": 1}),
        "a seed that is no number": lambda: learn.Estimator(
            line, config=learn.RunConfig(tf_random_seed="x"), params={}
        ),
        "an unknown parameter": lambda: estimator.set_params(rate=1),
        "no serving_input_fn": lambda: estimator.export_savedmodel(tempfile.mkdtemp(), None),
    }
    found["errors"] = {name: error_of(call) for name, call in errors.items()}
    found["module"] = learn.Estimator.__module__
    print(json.dumps(plain(found), sort_keys=True))


if __name__ == "__main__":
    main()
