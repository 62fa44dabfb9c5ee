"""tf1: the old names are back, and optimize_loss does what it did."""

import operator
import os
import subprocess
import sys

import numpy as np
import pytest
from conftest import RNN, TF1_PROGRAMS

import tf1 as tf


def python(*arguments, **environment):
    """Runs a Python of its own, in which RNN/ is importable."""
    settings = dict(os.environ, PYTHONPATH=RNN, **environment)
    return subprocess.run([sys.executable] + list(arguments), env=settings, capture_output=True, text=True)


def test_the_imports_of_2018_work():
    done = python(os.path.join(TF1_PROGRAMS, "imports_of_2018.py"))
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "True True False",
        "optimize_loss get_global_step",
        "read_data_sets ('c', 'h')",
    ]


@pytest.mark.skipif(tf.__version__.startswith("1."), reason="TensorFlow 1.15 has its own modules")
def test_the_old_modules_are_attributes_of_tensorflow():
    import tensorflow
    import tensorflow.contrib.learn
    import tensorflow.examples.tutorials.mnist.input_data

    assert tensorflow.contrib.learn is tf.contrib.learn
    assert tensorflow.examples.tutorials.mnist.input_data.read_data_sets.__module__.endswith("mnist.input_data")


def test_log_level_0_shows_messages_of_tensorflow():
    quiet = python("-c", "import tf1; tf1.Session()")
    assert quiet.stdout == quiet.stderr == ""
    program = "import tf1, tensorflow.compat.v1 as tf; tf.Session()"  # 1.15 has something to say only now
    assert "cpu" in python("-c", program, TF_CPP_MIN_LOG_LEVEL="0").stderr.lower()


def test_import_tf1_loads_nothing_and_changes_nothing():
    done = python(os.path.join(TF1_PROGRAMS, "import_tf1.py"))
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["changed: False", "loaded: []", "Session True True", "of the runner: []"]


def test_a_missing_tensorflow_is_an_import_error():
    done = python("-S", "-c", "import sys; sys.path.insert(0, %r); import tf1; tf1.Session" % RNN)
    assert done.returncode == 1
    assert (
        done.stderr.rstrip()
        .split("\n")[-1]
        .startswith("tf1.installed.version.NotInstalled: TensorFlow is not installed for %s; " % sys.executable)
    )


@pytest.mark.skipif(tf.__version__.startswith("1."), reason="TensorFlow 1.15 has its own contrib")
def test_a_contrib_name_that_is_not_restored_is_refused():
    for name in ("crf", "rnn.LayerNormBasicLSTMCell", "layers.fully_connected", "framework.arg_scope"):
        with pytest.raises(AttributeError, match="`tf1 program.py` has all of contrib"):
            operator.attrgetter("contrib." + name)(tf)
    with pytest.raises(ModuleNotFoundError, match="`tf1 program.py` has all of contrib"):
        import tensorflow.contrib.crf  # noqa: F401


@pytest.mark.skipif(tf.__version__.startswith("1."), reason="TensorFlow 1.15 has tf-slim's code in its own contrib")
def test_the_optimizer_tests_of_tf_slim_pass():
    # `import tf_slim.layers` finds a module in the package's place
    program = (
        "import importlib, tf1, unittest; tf1.contrib.layers;"
        "unittest.main(importlib.import_module('tf_slim.layers.optimizers_test'))"
    )
    done = python("-c", program)
    assert done.returncode == 0, done.stderr
    assert "\nRan 2" in done.stderr
    assert done.stderr.rstrip().split("\n")[-1].startswith("OK")


def one_weight(optimizer, **more):
    """The loss (3 w - 1)^2 at w = 2, and optimize_loss of it."""
    w = tf.get_variable("w", [], initializer=tf.constant_initializer(2.0))
    loss = tf.square(3.0 * w - 1.0)
    step = tf.train.create_global_step()
    return w, tf.contrib.layers.optimize_loss(loss, step, optimizer=optimizer, **more), step


def test_optimize_loss_does_an_adagrad_step():
    with tf.Graph().as_default(), tf.Session() as session:
        w, train_op, step = one_weight("Adagrad", learning_rate=0.1)
        session.run(tf.global_variables_initializer())
        value, accumulator = 2.0, 0.1  # TensorFlow 1's initial accumulator; no epsilon
        for count in range(1, 4):
            loss = (3 * value - 1) ** 2
            gradient = 6 * (3 * value - 1)
            accumulator += gradient**2
            value -= 0.1 * gradient / np.sqrt(accumulator)
            assert session.run(train_op) == pytest.approx(loss, rel=1e-6)
            assert session.run([w, step]) == [pytest.approx(value, rel=1e-6), count]
        names = {variable.op.name for variable in tf.global_variables()}
        assert names == {"w", "global_step", "OptimizeLoss/learning_rate", "OptimizeLoss/w/Adagrad"}
        summaries = {summary.op.name for summary in tf.get_collection(tf.GraphKeys.SUMMARIES)}
        assert summaries == {"OptimizeLoss/loss", "OptimizeLoss/global_norm/gradient_norm"}  # 1.15.5 has the same two


def test_optimize_loss_clips_and_decays():
    with tf.Graph().as_default(), tf.Session() as session:
        w, train_op, _ = one_weight(
            "SGD",
            learning_rate=0.5,
            clip_gradients=2.0,
            learning_rate_decay_fn=lambda rate, step: tf.train.exponential_decay(rate, step, 1, 0.1),
        )
        session.run(tf.global_variables_initializer())
        session.run(train_op)
        assert session.run(w) == pytest.approx(2.0 - 0.5 * 2.0)
        session.run(train_op)
        assert session.run(w) == pytest.approx(1.0 - 0.05 * 2.0)


@pytest.mark.parametrize("optimizer", ["Adagrad", "Adam", "Ftrl", "Momentum", "RMSProp", "SGD"])
def test_optimizers_are_found_by_name(optimizer):
    if optimizer == "Momentum":
        optimizer = lambda rate: tf.train.MomentumOptimizer(rate, 0.9)  # noqa: E731  by name it has no momentum
    with tf.Graph().as_default(), tf.Session() as session:
        w, train_op, _ = one_weight(optimizer, learning_rate=0.01)
        session.run(tf.global_variables_initializer())
        session.run(train_op)
        assert session.run(w) < 2.0


@pytest.mark.parametrize(
    "arguments", [{"learning_rate": 1}, {"learning_rate": -0.1}, {"learning_rate": 0.1, "clip_gradients": "all"}]
)
def test_optimize_loss_refuses_invalid_arguments(arguments):
    with tf.Graph().as_default(), pytest.raises(ValueError):
        one_weight("SGD", **arguments)


def test_an_unknown_optimizer_is_refused():
    with tf.Graph().as_default(), pytest.raises(ValueError):
        one_weight("Steepest", learning_rate=0.1)


def test_get_global_step_returns_the_step_or_none():
    with tf.Graph().as_default():
        assert tf.contrib.framework.get_global_step() is None
        step = tf.train.create_global_step()
        assert tf.contrib.framework.get_global_step() is step
