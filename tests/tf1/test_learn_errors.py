"""tf.contrib.learn: errors, SKCompat, and printed warnings."""

import os
import subprocess
import sys

import numpy as np
import pytest
from conftest import RNN, TF1_PROGRAMS
from learn_line import REAL_TF1, Watch, X, Y, learn, line, new, ours_only

import tf1 as tf


def test_an_unfitted_estimator_is_refused(tmp_path):
    assert issubclass(learn.NotFittedError, ValueError)
    assert issubclass(learn.NotFittedError, AttributeError)
    estimator = new(tmp_path)
    with pytest.raises(learn.NotFittedError):
        estimator.predict(X)  # at the call, before the generator is used
    with pytest.raises(learn.NotFittedError):
        estimator.evaluate(X, Y)
    with pytest.raises(ValueError):
        estimator.get_variable_names()


def test_inconsistent_inputs_are_refused(tmp_path):
    estimator = new(tmp_path).fit(X, Y, steps=1)

    def inputs():
        return tf.constant(X), tf.constant(Y[:, 0])

    wrong = [
        lambda: estimator.fit(X, Y, steps=1, max_steps=1),
        lambda: estimator.fit(steps=1),
        lambda: estimator.fit(X, Y, input_fn=inputs, steps=1),
        lambda: estimator.fit(y=Y, input_fn=inputs, steps=1),
        lambda: estimator.fit(input_fn=inputs, batch_size=4, steps=1),
        lambda: estimator.fit(tf.constant(X), Y, steps=1),
        lambda: estimator.fit(X, tf.constant(Y), steps=1),
        lambda: estimator.fit(X, Y, batch_size=0, steps=1),
        lambda: estimator.evaluate(),
        lambda: estimator.evaluate(X, Y, input_fn=inputs),
        lambda: estimator.evaluate(X, Y, feed_fn=dict),
        lambda: estimator.evaluate(input_fn=inputs, batch_size=2),
        lambda: estimator.evaluate(X, Y, metrics=["loss"]),
        lambda: estimator.predict(),
        lambda: estimator.predict(X, input_fn=inputs),
        lambda: estimator.predict(input_fn=inputs, batch_size=2),
        lambda: estimator.predict(tf.constant(X)),
        lambda: estimator.predict(X, outputs=["value"]),
    ]
    for number, call in enumerate(wrong):
        with pytest.raises(ValueError):
            call()
            pytest.fail("call %d went through" % number)
    assert estimator.get_variable_value("global_step") == 1


def test_a_second_fit_with_different_inputs_is_refused(tmp_path):
    estimator = new(tmp_path).fit(X, Y, steps=1)
    for x, y in [
        (np.hstack([X, X]), Y),
        (X.astype(np.int32), Y),
        (X, Y.astype(np.int32)),
        (X, np.hstack([Y, Y])),
    ]:
        with pytest.raises(ValueError, match="incompatible"):
            estimator.fit(x, y, steps=1)
    estimator.fit(X[:5], Y[:5], steps=1)  # other rows of the same kind
    assert estimator.get_variable_value("global_step") == 2


def test_params_for_a_model_without_params_are_refused(tmp_path):
    with pytest.raises(ValueError):
        new(tmp_path, params={"rate": 1})


def test_invalid_results_of_a_model_are_refused(tmp_path):
    with pytest.raises(ValueError):
        new(tmp_path, lambda X, y: line(X, y)[:2]).fit(X, Y, steps=1)
    if not REAL_TF1:  # a TypeError there
        with pytest.raises(ValueError):
            new(tmp_path, lambda X, y: None).fit(X, Y, steps=1)


@ours_only
def test_a_monitor_that_is_not_a_hook_is_refused(tmp_path):
    with pytest.raises(TypeError):
        new(tmp_path).fit(X, Y, steps=1, monitors=["no hook"])
    assert not os.listdir(str(tmp_path))


@ours_only
def test_invalid_arrays_are_refused(tmp_path):
    with pytest.raises(ValueError, match="same number of rows"):
        new(tmp_path).fit(X, Y[:5], steps=1)
    with pytest.raises(ValueError, match="no rows"):
        new(tmp_path).fit(X[:0], Y[:0], steps=1)
    with pytest.raises(TypeError, match="iterators"):
        new(tmp_path).fit(iter(X), iter(Y), steps=1)


# SKCompat


def test_skcompat_fits_predicts_and_scores(tmp_path):
    compat = learn.SKCompat(new(tmp_path))
    watch = Watch()
    many = np.arange(300, dtype=np.float32).reshape(300, 1) / 300
    assert compat.fit(many, 2 * many + 1, steps=3, monitors=[watch]) is compat
    assert [len(batch) for batch in watch.fed] == [128, 128, 44]
    predictions = compat.predict(many)
    assert isinstance(predictions, np.ndarray)
    assert predictions.shape == (300,)
    errors = (predictions - (2 * many + 1)[:, 0]) ** 2
    found = compat.score(many, 2 * many + 1)
    expected = np.mean([errors[:128].mean(), errors[128:256].mean(), errors[256:].mean()])
    assert found["loss"] == pytest.approx(expected, rel=1e-5)
    assert found["global_step"] == 3
    compat.fit(many, 2 * many + 1, max_steps=5)
    assert compat.score(many, 2 * many + 1, steps=1)["global_step"] == 5


# printed warnings


def test_only_two_warnings_are_printed(tmp_path):
    """Nothing, but for the two warnings that matter: a temporary directory, and a checkpoint that is resumed from."""
    program = os.path.join(TF1_PROGRAMS, "estimators.py")
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join([RNN, os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run([sys.executable, program, str(tmp_path)], env=environment, capture_output=True)
    printed = done.stdout.decode().split()
    assert printed[:3] == ["8", "8", "False"]
    assert os.path.isdir(printed[3])
    os.rmdir(printed[3])
    if REAL_TF1:
        assert done.stderr.decode() == ""
    else:
        assert done.stderr.decode().splitlines() == [
            "WARNING:tensorflow:fit resumes from the checkpoint %s; a changed model needs a different model_dir"
            % (tmp_path / "model.ckpt-101"),
            "WARNING:tensorflow:Using temporary folder as model directory: %s" % printed[3],
        ]


def test_a_metric_that_is_an_array_is_written_as_a_tensor(tmp_path):
    def both(predictions, labels):
        return tf.metrics.mean_tensor(tf.stack([tf.reduce_mean(predictions), tf.reduce_mean(labels)]))

    found = new(tmp_path).fit(X, Y, steps=2).evaluate(X, Y, metrics={"both": both})
    assert found["both"].shape == (2,)
    assert found["both"][1] == pytest.approx(10)
    events = []
    for name in os.listdir(str(tmp_path / "eval")):
        events += tf.train.summary_iterator(str(tmp_path / "eval" / name))
    (written,) = [value.tensor for event in events for value in event.summary.value if value.tag == "both"]
    np.testing.assert_array_equal(tf.make_ndarray(written), found["both"])
