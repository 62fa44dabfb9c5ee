"""A model for the tests of tf.contrib.learn: a straight line, by gradient descent."""

import os
import sys

import numpy as np
import pytest

import tf1 as tf

learn = tf.contrib.learn


REAL_TF1 = tf.__version__.startswith("1.")


ours_only = pytest.mark.skipif(REAL_TF1, reason="TensorFlow 1.15.5's own contrib differs here")
X = np.arange(10, dtype=np.float32).reshape(10, 1)
Y = (2 * X + 1).astype(np.float32)


def line(X, y, learning_rate=0.01):
    """A straight line through the data, by gradient descent."""
    slope = tf.get_variable("slope", [], initializer=tf.constant_initializer(0.5))
    shift = tf.get_variable("shift", [], initializer=tf.constant_initializer(-0.25))
    predictions = slope * X[:, 0] + shift
    loss = tf.losses.mean_squared_error(y, predictions)
    optimizer = tf.train.GradientDescentOptimizer(learning_rate)
    return predictions, loss, optimizer.minimize(loss, tf.train.get_global_step())


def line_for_serving(features, labels, mode):
    """``line`` with a dict of predictions, and without labels where there are none."""
    X = features["x"] if isinstance(features, dict) else features
    slope = tf.get_variable("slope", [], initializer=tf.constant_initializer(0.5))
    predictions = {"value": slope * X[:, 0], "twice": 2 * slope * X}
    if mode == learn.ModeKeys.INFER:
        return learn.ModelFnOps(mode, predictions)
    loss = tf.losses.mean_squared_error(labels, predictions["value"])
    train_op = tf.train.GradientDescentOptimizer(0.01).minimize(loss, tf.train.get_global_step())
    return learn.ModelFnOps(mode, predictions, loss, train_op)


class Watch(tf.train.SessionRunHook):
    """Keeps the feed and the loss of every step; requests a stop after ``stop_after`` steps."""

    def __init__(self, stop_after=None):
        self.fed, self.labels, self.losses, self.events = [], [], [], []
        self.stop_after = stop_after

    def begin(self):
        graph = tf.get_default_graph()
        self.tensors = [graph.get_tensor_by_name("input:0"), graph.get_tensor_by_name("output:0")]
        self.tensors.append(tf.losses.get_losses()[0])
        self.events.append("begin")

    def after_create_session(self, session, coord):
        with session.graph.as_default():
            self.start = session.run(tf.train.get_global_step())
            self.slope = session.run("slope:0")
        self.events.append("created")

    def before_run(self, run_context):
        return tf.train.SessionRunArgs(self.tensors)

    def after_run(self, run_context, run_values):
        features, labels, loss = run_values.results
        self.fed.append(features[:, 0].tolist())
        self.labels.append(labels.tolist())
        self.losses.append(loss)
        if len(self.losses) == self.stop_after:
            run_context.request_stop()

    def end(self, session):
        self.events.append("end")


def new(directory, model_fn=line, **kwargs):
    return learn.Estimator(model_fn=model_fn, model_dir=str(directory), **kwargs)


def checkpoints(directory):
    return sorted(int(name[11:-6]) for name in os.listdir(str(directory)) if name.endswith(".index"))


def summaries(directory):
    """[(step, tag, value)] of the scalars in the event files of ``directory``."""
    found = []
    for name in sorted(os.listdir(str(directory))):
        if name.startswith("events"):
            for event in tf.train.summary_iterator(os.path.join(str(directory), name)):
                found += [(event.step, v.tag, v.simple_value) for v in event.summary.value if not v.HasField("tensor")]
    return found


@pytest.fixture
def logged(monkeypatch):
    """The warnings logged by tf.logging during a test."""
    messages = []
    module = sys.modules.get("tensorflow.python.platform.tf_logging")

    def note(message, *arguments):
        messages.append(message % arguments if arguments else message)

    for place in (tf.logging, module):
        for name in ("warning", "warn"):
            monkeypatch.setattr(place, name, note)
    return messages
