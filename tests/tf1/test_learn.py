"""tf.contrib.learn: the Estimator's promises. On TensorFlow 1.15 they are put to TensorFlow's own."""

import functools
import json
import os
import subprocess
import sys

import numpy as np
import pytest
from conftest import RNN

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
    """Keeps what is fed, and the loss, of every step; asks to stop after ``stop_after`` steps."""

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


def new(folder, model_fn=line, **kwargs):
    return learn.Estimator(model_fn=model_fn, model_dir=str(folder), **kwargs)


def checkpoints(folder):
    return sorted(int(name[11:-6]) for name in os.listdir(str(folder)) if name.endswith(".index"))


def summaries(folder):
    """[(step, tag, value)] of the scalars in the event files of ``folder``."""
    found = []
    for name in sorted(os.listdir(str(folder))):
        if name.startswith("events"):
            for event in tf.train.summary_iterator(os.path.join(str(folder), name)):
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


# feeding


def test_rows_are_fed_in_the_order_of_tensorflow_1(tmp_path):
    watch = Watch()
    new(tmp_path).fit(X, Y, steps=4, batch_size=4, monitors=[watch])
    assert watch.fed == [[8, 1, 5, 0], [7, 2, 9, 4], [3, 6], [0, 1, 8, 5]]
    assert watch.labels == [[2 * x + 1 for x in batch] for batch in watch.fed]


def test_every_fit_starts_the_order_again(tmp_path):
    estimator, watch = new(tmp_path), Watch()
    estimator.fit(X, Y, steps=1, batch_size=4)
    estimator.fit(X, Y, steps=1, batch_size=4, monitors=[watch])
    assert watch.fed == [[8, 1, 5, 0]]


def test_without_batch_size_all_rows_are_one_batch(tmp_path):
    watch = Watch()
    new(tmp_path).fit(X, Y, steps=2, monitors=[watch])
    assert [len(batch) for batch in watch.fed] == [10, 10]
    assert watch.fed[0] == [8, 1, 5, 0, 7, 2, 9, 4, 3, 6]


def test_a_batch_larger_than_the_data_is_the_data(tmp_path):
    watch = Watch()
    new(tmp_path).fit(X, Y, steps=1, batch_size=64, monitors=[watch])
    assert len(watch.fed[0]) == 10


@pytest.mark.parametrize(
    "x_shape, y, fed_x, fed_y, y_dtype",
    [
        ((10,), np.arange(10, dtype=np.int32), [None, 1], [None], tf.int32),
        ((10, 1), np.arange(10, dtype=np.int64).reshape(10, 1), [None, 1], [None], tf.int64),
        ((10, 1, 1), np.ones((10, 2), np.float32), [None, 1, 1], [None, 2], tf.float32),
        ((10, 1), np.ones((10, 1, 3), np.float32), [None, 1], [None, 3], tf.float32),
    ],
)
def test_shapes_and_dtypes_that_reach_the_model(tmp_path, x_shape, y, fed_x, fed_y, y_dtype):
    seen = []

    def model(features, labels):
        seen.append((features.shape.as_list(), labels.shape.as_list(), labels.dtype))
        weight = tf.get_variable("weight", [], initializer=tf.zeros_initializer())
        loss = tf.reduce_mean(tf.square(weight - tf.cast(labels, tf.float32)))
        step = tf.train.GradientDescentOptimizer(0.5).minimize(loss, tf.train.get_global_step())
        return features, loss, step

    estimator = new(tmp_path, model).fit(X.reshape(x_shape), y, steps=1)
    assert seen == [(fed_x, fed_y, y_dtype)]
    # one full step of gradient descent goes to the mean: every label was fed
    assert estimator.get_variable_value("weight") == pytest.approx(np.mean(y))


def test_dicts_of_arrays(tmp_path):
    def model(features, labels, mode):
        return line(features["a"] + features["b"], labels["y"] if labels else None)

    estimator = new(tmp_path, model)
    estimator.fit({"a": X - 1, "b": X - X + 1}, {"y": Y}, steps=5)
    other = new(tmp_path / "other").fit(X, Y, steps=5)
    assert estimator.get_variable_value("slope") == pytest.approx(other.get_variable_value("slope"), abs=1e-6)


def test_one_dimensional_x_is_predicted_row_by_row(tmp_path):
    estimator = new(tmp_path).fit(X, Y, steps=1)
    assert list(estimator.predict(X[:, 0])) == list(estimator.predict(X))


# training


def test_the_losses_are_those_of_gradient_descent(tmp_path):
    watch = Watch()
    estimator = new(tmp_path).fit(X, Y, steps=5, batch_size=4, monitors=[watch])
    slope, shift, expected = 0.5, -0.25, []
    for batch in watch.fed:
        x = np.array(batch)
        error = slope * x + shift - (2 * x + 1)
        expected.append(np.mean(error**2))
        slope, shift = slope - 0.01 * 2 * np.mean(error * x), shift - 0.01 * 2 * np.mean(error)
    np.testing.assert_allclose(watch.losses, expected, rtol=1e-5)
    assert estimator.get_variable_value("slope") == pytest.approx(slope, rel=1e-5)
    assert estimator.get_variable_value("shift") == pytest.approx(shift, rel=1e-5)


def test_steps_count_on_and_max_steps_is_absolute(tmp_path):
    estimator = new(tmp_path)
    assert estimator.fit(X, Y, steps=7) is estimator
    estimator.fit(X, Y, steps=3)
    assert estimator.get_variable_value("global_step") == 10
    slope = estimator.get_variable_value("slope")
    watch = Watch()
    estimator.fit(X, Y, max_steps=10, monitors=[watch])
    assert watch.events == []
    assert estimator.get_variable_value("slope") == slope
    estimator.fit(X, Y, max_steps=12)
    assert estimator.get_variable_value("global_step") == 12
    assert estimator.partial_fit(X, Y) is estimator
    assert estimator.get_variable_value("global_step") == 13


def test_two_fits_are_one_longer_fit(tmp_path):
    twice = new(tmp_path / "a").fit(X, Y, steps=7).fit(X, Y, steps=3)
    once = new(tmp_path / "b").fit(X, Y, steps=10)
    for name in ("slope", "shift"):  # up to the order of the rows in the sums
        assert twice.get_variable_value(name) == pytest.approx(once.get_variable_value(name), rel=1e-5)


def test_checkpoints_at_the_start_and_at_the_end(tmp_path):
    estimator = new(tmp_path).fit(X, Y, steps=7)
    assert checkpoints(tmp_path) == [0, 7]
    assert os.path.basename(tf.train.latest_checkpoint(str(tmp_path))) == "model.ckpt-7"
    estimator.fit(X, Y, steps=3)
    assert checkpoints(tmp_path) == [0, 7, 10]


def test_five_checkpoints_are_kept(tmp_path):
    config = learn.RunConfig(save_checkpoints_steps=2)
    new(tmp_path, config=config).fit(X, Y, steps=14)
    assert len(checkpoints(tmp_path)) == 5
    assert checkpoints(tmp_path)[-1] == 14
    config = learn.RunConfig(save_checkpoints_steps=2, keep_checkpoint_max=2)
    new(tmp_path / "two", config=config).fit(X, Y, steps=14)
    assert len(checkpoints(tmp_path / "two")) == 2


def test_no_checkpoints_where_none_are_wanted(tmp_path):
    config = learn.RunConfig(save_checkpoints_secs=None)
    new(tmp_path, config=config).fit(X, Y, steps=2)
    assert checkpoints(tmp_path) == []


def test_a_hook_may_stop_the_training(tmp_path):
    watch = Watch(stop_after=3)
    estimator = new(tmp_path).fit(X, Y, steps=100, monitors=[watch])
    assert len(watch.losses) == 3
    assert watch.events == ["begin", "created", "end"]
    assert checkpoints(tmp_path) == [0, 3]
    assert estimator.get_variable_value("global_step") == 3


def test_without_steps_only_a_hook_ends_the_training(tmp_path):
    watch = Watch(stop_after=12)
    new(tmp_path).fit(X, Y, batch_size=4, monitors=[watch])
    assert checkpoints(tmp_path) == [0, 12]


def test_after_create_session_comes_after_the_variables_are_there(tmp_path):
    first, second = Watch(), Watch()
    estimator = new(tmp_path).fit(X, Y, steps=4, monitors=[first])
    assert (first.start, first.slope) == (0, 0.5)
    new(tmp_path).fit(X, Y, steps=1, monitors=[second])
    assert second.start == 4
    assert second.slope not in (0.5, estimator.get_variable_value("slope"))


def test_a_loss_that_is_nan_stops_the_training(tmp_path):
    bad = Y.copy()
    bad[3] = np.nan  # in the third batch, as the order of the rows is fixed
    watch = Watch()
    with pytest.raises(tf.train.NanLossDuringTrainingError):
        new(tmp_path).fit(X, bad, steps=100, batch_size=4, monitors=[watch])
    assert np.isfinite(watch.losses).tolist() == [True, True, False]
    assert checkpoints(tmp_path) == [0]


def test_summaries_every_hundred_steps(tmp_path):
    def model(X, y):
        predictions, loss, train_op = line(X, y)
        tf.summary.scalar("error", loss)
        return predictions, loss, train_op

    watch = Watch()
    new(tmp_path, model).fit(X, Y, steps=201, batch_size=4, monitors=[watch])
    written = [(step, value) for step, tag, value in summaries(tmp_path) if tag == "error"]
    # TensorFlow's summary hook reads the global step before or after the update, as it comes
    assert [(step + 1) // 100 for step, _ in written] == [0, 1, 2]
    np.testing.assert_allclose([v for _, v in written], [watch.losses[s - 1] for s, _ in written], rtol=1e-6)
    assert {tag for _, tag, _ in summaries(tmp_path)} == {"error", "global_step/sec"}


def test_the_model_s_own_loss_summary_stays(tmp_path):
    def model(X, y):
        predictions, loss, train_op = line(X, y)
        tf.summary.scalar("loss", loss)
        return predictions, loss, train_op

    new(tmp_path, model).fit(X, Y, steps=2)
    assert [step for step, tag, _ in summaries(tmp_path) if tag == "loss"] == [1]


def test_input_fn_in_place_of_arrays(tmp_path):
    estimator = new(tmp_path / "a").fit(input_fn=lambda: (tf.constant(X), tf.constant(Y[:, 0])), steps=5)
    other = new(tmp_path / "b").fit(X, Y, steps=5)
    assert estimator.get_variable_value("slope") == pytest.approx(other.get_variable_value("slope"), rel=1e-5)
    found = estimator.evaluate(input_fn=lambda: (tf.constant(X), tf.constant(Y[:, 0])), steps=2)
    assert found["loss"] == pytest.approx(other.evaluate(X, Y)["loss"], rel=1e-5)
    predicted = list(estimator.predict(input_fn=lambda: tf.constant(X)))
    np.testing.assert_allclose(predicted, list(other.predict(X)), rtol=1e-5)


def test_hooks_of_the_model_are_called(tmp_path):
    hook, chief = Watch(), Watch()

    def model(X, y, mode):
        predictions, loss, train_op = line(X, y)
        return learn.ModelFnOps(mode, predictions, loss, train_op, training_hooks=[hook], training_chief_hooks=[chief])

    new(tmp_path, model).fit(X, Y, steps=2)
    assert len(hook.losses) == len(chief.losses) == 2


def test_the_seed_of_the_run_config(tmp_path):
    def model(X, y):
        tf.get_variable("noise", [3], initializer=tf.random_uniform_initializer())
        return line(X, y)

    def noise(name, seed):
        config = learn.RunConfig(tf_random_seed=seed)
        return new(tmp_path / name, model, config=config).fit(X, Y, steps=1).get_variable_value("noise").tolist()

    assert noise("a", 1) == noise("b", 1)
    assert noise("c", 2) != noise("a", 1)
    assert noise("d", None) != noise("e", None)


# the model function


def test_what_the_model_function_is_called_with(tmp_path):
    calls = []

    def model(inputs, targets, mode, params, config, model_dir):
        calls.append((mode, params, config.save_summary_steps, model_dir))
        return line(inputs, targets, params["rate"])

    config = learn.RunConfig(save_summary_steps=50)
    estimator = new(tmp_path, model, params={"rate": 0.02}, config=config).fit(X, Y, steps=1)
    estimator.evaluate(X, Y)
    list(estimator.predict(X))
    expected = ({"rate": 0.02}, 50, str(tmp_path))
    assert calls == [("train",) + expected, ("eval",) + expected, ("infer",) + expected]


def test_partial_keywords_are_honoured(tmp_path):
    def model(X, y, mode, params):
        assert mode == "fixed"
        return line(X, y, params["rate"])

    bound = functools.partial(model, mode="fixed")
    estimator = new(tmp_path / "a", bound, params={"rate": 0.02}).fit(X, Y, steps=3)
    other = new(tmp_path / "b", functools.partial(line, learning_rate=0.02)).fit(X, Y, steps=3)
    assert estimator.get_variable_value("slope") == other.get_variable_value("slope")
    with pytest.raises(ValueError):
        new(tmp_path / "c", functools.partial(model, params={}), params={"rate": 1})


def test_labels_at_predict_time(tmp_path):
    seen = []

    def model(X, y, mode):
        seen.append((mode, None if y is None else (y.op.type, y.shape.as_list(), y.dtype)))
        if y is None:
            y = tf.zeros([1])
        return line(X, y)

    estimator = new(tmp_path, model).fit(X, Y, steps=1)
    list(estimator.predict(X))
    list(new(tmp_path, model).predict(X))
    assert seen[1:] == [("infer", ("Placeholder", [None], tf.float32)), ("infer", None)]


def test_feature_engineering_comes_before_the_model(tmp_path):
    estimator = new(tmp_path / "a", feature_engineering_fn=lambda x, y: (x * 2, y)).fit(X, Y, steps=3)
    other = new(tmp_path / "b").fit(X * 2, Y, steps=3)
    assert estimator.get_variable_value("slope") == pytest.approx(other.get_variable_value("slope"), rel=1e-6)


def test_exceptions_of_the_model_function_come_through(tmp_path):
    class Mine(Exception):
        pass

    def model(X, y):
        raise error

    error = Mine("as it was")
    with pytest.raises(Mine) as caught:
        new(tmp_path, model).fit(X, Y, steps=1)
    assert caught.value is error


def test_the_model_fn_property_binds_params(tmp_path):
    def model(X, y, params):
        return line(X, y, params["rate"])

    estimator = new(tmp_path, model, params={"rate": 0.1})
    with tf.Graph().as_default():
        tf.train.create_global_step()
        made = estimator.model_fn(tf.constant(X), tf.constant(Y[:, 0]), learn.ModeKeys.TRAIN, None)
    assert isinstance(made, learn.ModelFnOps)
    assert made.mode == "train"
    assert made.predictions.shape.as_list() == [10]


def test_model_fn_ops_are_checked():
    with tf.Graph().as_default():
        one, many = tf.constant(1.0), tf.constant([1.0, 2.0])
        with pytest.raises(ValueError, match="train_op"):
            learn.ModelFnOps("train", one, one)
        with pytest.raises(ValueError, match="loss"):
            learn.ModelFnOps("eval", one)
        with pytest.raises(ValueError, match="loss"):
            learn.ModelFnOps("train", one, None, one)
        with pytest.raises(ValueError, match="predictions"):
            learn.ModelFnOps("infer")
        with pytest.raises(ValueError, match="predictions"):
            learn.ModelFnOps("eval", None, one)
        with pytest.raises(ValueError, match="scalar"):
            learn.ModelFnOps("eval", one, many)
        with pytest.raises(ValueError, match="mode"):
            learn.ModelFnOps("other", one, one, one)
        with pytest.raises(ValueError):
            learn.ModelFnOps("infer", one, eval_metric_ops=[one])
        with pytest.raises(TypeError):
            learn.ModelFnOps("train", one, one, one, training_hooks=["no hook"])
        made = learn.ModelFnOps("train", {"a": 1.0}, tf.constant([3.0]), one)
        assert made.loss.shape.as_list() == []
        assert made.train_op is one.op
        assert made.predictions["a"].dtype == tf.float32
        assert (made.eval_metric_ops, made.training_hooks, made.scaffold) == ({}, [], None)
    assert (learn.ModeKeys.TRAIN, learn.ModeKeys.EVAL, learn.ModeKeys.INFER) == ("train", "eval", "infer")


# prediction


def test_predict_yields_one_prediction_per_row_in_order(tmp_path):
    estimator = new(tmp_path).fit(X, Y, steps=5)
    slope, shift = (estimator.get_variable_value(name) for name in ("slope", "shift"))
    predictions = estimator.predict(X)
    assert iter(predictions) is predictions
    np.testing.assert_allclose(list(predictions), slope * X[:, 0] + shift, rtol=1e-6)
    np.testing.assert_allclose(list(estimator.predict(X, batch_size=4)), slope * X[:, 0] + shift, rtol=1e-6)
    batches = list(estimator.predict(X, batch_size=4, iterate_batches=True))
    assert [len(batch) for batch in batches] == [4, 4, 2]
    array = estimator.predict(X, as_iterable=False)
    assert isinstance(array, np.ndarray)
    np.testing.assert_allclose(array, slope * X[:, 0] + shift, rtol=1e-6)


def test_predictions_that_are_a_dict(tmp_path):
    estimator = new(tmp_path, line_for_serving).fit(X, Y, steps=2)
    slope = estimator.get_variable_value("slope")
    rows = list(estimator.predict(X))
    assert len(rows) == 10
    assert sorted(rows[3]) == ["twice", "value"]
    assert rows[3]["value"] == pytest.approx(3 * slope)
    assert rows[3]["twice"].tolist() == pytest.approx([6 * slope])
    assert [sorted(row) for row in estimator.predict(X[:2], outputs=["value"])] == [["value"]] * 2
    together = estimator.predict(X, as_iterable=False)
    assert together["twice"].shape == (10, 1)
    with pytest.raises(ValueError):
        estimator.predict(X, outputs=["unknown"])


def test_predict_reads_the_latest_checkpoint(tmp_path):
    estimator, other = new(tmp_path), new(tmp_path, line_for_serving)
    estimator.fit(X, Y, steps=5)
    first = [row["value"] for row in other.predict(X)]
    estimator.fit(X, Y, steps=5)
    second = [row["value"] for row in other.predict(X)]
    assert second[1] == pytest.approx(estimator.get_variable_value("slope"))
    assert first[1] != second[1]


def test_a_generator_left_alone_does_no_harm(tmp_path):
    estimator = new(tmp_path).fit(X, Y, steps=1)
    before = tf.get_default_graph()
    one, two = estimator.predict(X), estimator.predict(X[::-1])
    assert next(one) == pytest.approx(next(iter(estimator.predict(X))))
    assert tf.get_default_graph() is before
    with tf.Graph().as_default():
        pairs = list(zip(estimator.predict(X), two))
    assert len(pairs) == 10
    assert pairs[0][0] == pairs[-1][1]


# evaluation


def test_evaluate_gives_the_mean_over_the_batches(tmp_path):
    estimator = new(tmp_path).fit(X, Y, steps=3)
    errors = (np.array(list(estimator.predict(X))) - Y[:, 0]) ** 2
    found = estimator.evaluate(X, Y, batch_size=4)
    assert sorted(found) == ["global_step", "loss"]
    assert found["global_step"] == 3
    expected = np.mean([np.mean(errors[0:4]), np.mean(errors[4:8]), np.mean(errors[8:10])])
    assert found["loss"] == pytest.approx(expected, rel=1e-5)
    assert estimator.evaluate(X, Y)["loss"] == pytest.approx(np.mean(errors), rel=1e-5)
    first = estimator.evaluate(X, Y, batch_size=4, steps=1)
    assert first["loss"] == pytest.approx(np.mean(errors[:4]), rel=1e-5)
    assert estimator.get_variable_value("global_step") == 3


def test_evaluate_writes_a_summary(tmp_path):
    estimator = new(tmp_path).fit(X, Y, steps=3)
    loss = estimator.evaluate(X, Y)["loss"]
    named = estimator.evaluate(X[:5], Y[:5], name="half")["loss"]
    assert (3, "loss", pytest.approx(loss)) in summaries(tmp_path / "eval")
    assert (3, "loss", pytest.approx(named)) in summaries(tmp_path / "eval_half")
    assert named != loss


def test_metrics_of_evaluate(tmp_path):
    def absolute(predictions, labels):
        return tf.metrics.mean_absolute_error(labels, predictions)

    estimator = new(tmp_path).fit(X, Y, steps=3)
    errors = np.array(list(estimator.predict(X))) - Y[:, 0]
    found = estimator.evaluate(X, Y, batch_size=4, metrics={"absolute": absolute})
    assert found["absolute"] == pytest.approx(np.mean(np.abs(errors)), rel=1e-5)
    assert sorted(found) == ["absolute", "global_step", "loss"]
    spec = learn.MetricSpec(tf.metrics.mean_absolute_error)
    found = estimator.evaluate(X, Y, batch_size=4, metrics={"loss": spec})
    assert found["loss"] == pytest.approx(np.mean(np.abs(errors)), rel=1e-5)
    assert found["global_step"] == 3


def test_metrics_of_predictions_that_are_a_dict(tmp_path):
    def model(features, labels, mode):
        made = line_for_serving(features, labels, mode)
        if mode == learn.ModeKeys.EVAL:
            made.eval_metric_ops["biggest"] = tf.metrics.mean(tf.reduce_max(made.predictions["value"]))
            made.eval_metric_ops["same"] = tf.metrics.mean(labels)
        return made

    estimator = new(tmp_path, model).fit(X, Y, steps=3)
    values = [row["value"] for row in estimator.predict(X)]
    keyed = learn.MetricSpec(tf.metrics.mean_absolute_error, prediction_key="value")
    total = {
        "same": keyed,
        ("tuple", "value"): lambda predictions, labels: tf.metrics.mean(predictions),
    }
    if REAL_TF1:
        del total[("tuple", "value")]  # it cannot sort these names on Python 3
    found = estimator.evaluate(X, Y, metrics=total)
    assert found["biggest"] == pytest.approx(max(values), rel=1e-5)
    assert found["same"] == pytest.approx(np.mean(np.abs(values - Y[:, 0])), rel=1e-5)
    if not REAL_TF1:
        assert found["tuple"] == pytest.approx(np.mean(values), rel=1e-5)
    with pytest.raises(ValueError):
        estimator.evaluate(X, Y, metrics={"no key": lambda predictions, labels: tf.metrics.mean(labels)})


def test_evaluate_an_earlier_checkpoint_with_hooks(tmp_path):
    watch = Watch()
    estimator = new(tmp_path).fit(X, Y, steps=3)
    found = estimator.evaluate(
        input_fn=lambda: (tf.placeholder(tf.float32, [None, 1], "input"), tf.placeholder(tf.float32, [None], "output")),
        feed_fn=functools.partial(next, iter([{"input:0": X, "output:0": Y[:, 0]}] * 2)),
        checkpoint_path=os.path.join(str(tmp_path), "model.ckpt-0"),
        hooks=[watch],
    )
    assert found["global_step"] == 0
    assert found["loss"] == pytest.approx(np.mean((0.5 * X - 0.25 - Y) ** 2), rel=1e-5)
    assert [len(batch) for batch in watch.fed] == [10, 10]


# what is in the folder


def test_variables(tmp_path):
    estimator = new(tmp_path).fit(X, Y, steps=2)
    assert sorted(estimator.get_variable_names()) == ["global_step", "shift", "slope"]
    assert estimator.get_variable_value("slope").dtype == np.float32


def test_a_temporary_folder_is_named(logged):
    estimator = learn.Estimator(model_fn=line)
    assert os.path.isdir(estimator.model_dir)
    assert any(estimator.model_dir in message for message in logged)
    assert estimator.config.model_dir == estimator.model_dir
    os.rmdir(estimator.model_dir)


@ours_only
def test_a_checkpoint_picked_up_is_named(tmp_path, logged):
    estimator = new(tmp_path).fit(X, Y, steps=2)
    estimator.fit(X, Y, steps=1)  # its own: no surprise
    assert not [message for message in logged if "model.ckpt" in message]
    new(tmp_path).fit(X, Y, steps=1)
    (message,) = [message for message in logged if "model.ckpt" in message]
    assert os.path.join(str(tmp_path), "model.ckpt-3") in message


def test_export_savedmodel(tmp_path):
    def serving():
        request = tf.placeholder(tf.float32, [None, 1], "request")
        return learn.InputFnOps({"x": request}, None, {"points": request})

    estimator = new(tmp_path / "model", line_for_serving).fit({"x": X}, Y, steps=3)
    extra = tmp_path / "note.txt"
    extra.write_text("as it was")
    path = estimator.export_savedmodel(str(tmp_path / "export"), serving, assets_extra={"notes/note.txt": str(extra)})
    assert isinstance(path, bytes)
    folder = path.decode()
    assert os.path.dirname(folder) == str(tmp_path / "export")
    assert os.listdir(str(tmp_path / "export")) == [os.path.basename(folder)]
    with open(os.path.join(folder, "assets.extra", "notes", "note.txt")) as file:
        assert file.read() == "as it was"
    with tf.Graph().as_default(), tf.Session() as session:
        loaded = tf.saved_model.loader.load(session, ["serve"], folder)
        assert sorted(loaded.signature_def) == [
            "default_input_alternative:default_output_alternative",
            "serving_default",
        ]
        signature = loaded.signature_def["serving_default"]
        assert sorted(signature.outputs) == ["twice", "value"]
        fed = {signature.inputs["points"].name: X}
        values = session.run(signature.outputs["value"].name, fed)
    np.testing.assert_allclose(values, estimator.get_variable_value("slope") * X[:, 0], rtol=1e-6)


# configuration


def test_run_config_defaults():
    config = learn.RunConfig()
    assert config.tf_random_seed is None
    assert config.save_summary_steps == 100
    assert (config.save_checkpoints_secs, config.save_checkpoints_steps) == (600, None)
    assert config.keep_checkpoint_max == 5
    assert config.keep_checkpoint_every_n_hours == 10000
    assert config.log_step_count_steps == 100
    assert (config.model_dir, config.session_config) == (None, None)
    assert (config.master, config.is_chief, config.num_ps_replicas, config.task_id) == ("", True, 0, 0)
    config = learn.RunConfig(save_checkpoints_steps=7, num_cores=3)
    assert (config.save_checkpoints_secs, config.save_checkpoints_steps) == (None, 7)
    assert config.tf_config.intra_op_parallelism_threads == 3
    assert config.tf_config.inter_op_parallelism_threads == 3
    changed = config.replace(model_dir="there", tf_random_seed=5)
    assert (changed.model_dir, changed.tf_random_seed, changed.save_checkpoints_steps) == ("there", 5, 7)
    assert config.model_dir is None
    with pytest.raises(ValueError):
        config.replace(num_cores=1)


@ours_only
def test_num_cores_reaches_the_session(tmp_path):
    from tf1.contrib.learn.run_config import session_config

    made = session_config(learn.RunConfig(num_cores=2))
    assert (made.intra_op_parallelism_threads, made.inter_op_parallelism_threads) == (2, 2)
    assert made.allow_soft_placement
    own = tf.ConfigProto(intra_op_parallelism_threads=1)
    assert session_config(learn.RunConfig(num_cores=2, session_config=own)) is own


CLUSTER = {"ps": ["one:1", "two:1"], "master": ["three:1"], "worker": ["four:1", "five:1"]}


def cluster_config(monkeypatch, settings, **arguments):
    """The RunConfig where TF_CONFIG is ``settings``."""
    monkeypatch.setenv("TF_CONFIG", settings if isinstance(settings, str) else json.dumps(settings))
    return learn.RunConfig(**arguments)


@pytest.mark.parametrize(
    "task, environment, master, is_chief",
    [
        ({"type": "worker", "index": 0}, None, "grpc://four:1", True),
        ({"type": "worker", "index": 1}, None, "grpc://five:1", False),
        ({"type": "worker", "index": "1"}, None, "grpc://five:1", False),
        ({"type": "master"}, None, "grpc://three:1", False),
        ({"type": "master", "index": 0}, "cloud", "grpc://three:1", True),
        ({"type": "worker", "index": 0}, "cloud", "grpc://four:1", False),
        ({"type": "ps", "index": 1}, "cloud", "grpc://two:1", False),
        ({}, None, "", True),
    ],
)
def test_run_config_in_a_cluster(monkeypatch, task, environment, master, is_chief):
    settings = {"cluster": CLUSTER, "task": task}
    if environment:
        settings["environment"] = environment
    config = cluster_config(monkeypatch, settings)
    assert (config.master, config.is_chief) == (master, is_chief)
    assert (config.task_type, config.task_id) == (task.get("type"), int(task.get("index", 0)))
    assert (config.num_ps_replicas, config.num_worker_replicas) == (2, 3)
    assert config.cluster_spec.as_dict() == CLUSTER
    assert config.environment == environment or environment is None and config.environment == "local"
    assert config.evaluation_master == ""
    assert cluster_config(monkeypatch, settings, master="grpc://six:1").master == "grpc://six:1"
    assert learn.RunConfig(evaluation_master="local").evaluation_master == "local"
    assert learn.RunConfig.get_task_id() == config.task_id


def test_a_cluster_of_one_task_is_this_machine(monkeypatch):
    config = cluster_config(monkeypatch, {"cluster": {"worker": ["one:1"]}, "task": {"type": "ps", "index": 7}})
    assert (config.master, config.num_worker_replicas, config.task_id) == ("", 1, 7)


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"cluster": CLUSTER, "task": {"type": "evaluator", "index": 0}}, "evaluator is not a valid task_type"),
        ({"cluster": CLUSTER, "task": {"type": "worker", "index": 2}}, "2 is not a valid task_id for task_type worker"),
        ({"cluster": CLUSTER, "task": {"type": "worker", "index": -1}}, "-1 is not a valid task_id"),
        ({"model_dir": "there"}, "model_dir"),
        ("{", None),
    ],
)
def test_tf_config_that_does_not_fit(monkeypatch, settings, message):
    with pytest.raises(ValueError, match=message):
        cluster_config(monkeypatch, settings, model_dir="here")


def test_model_dir_of_tf_config(monkeypatch, tmp_path):
    config = cluster_config(monkeypatch, {"model_dir": str(tmp_path)})
    assert learn.Estimator(model_fn=line, config=config).model_dir == str(tmp_path)


def test_config_is_a_deep_copy(tmp_path):
    config = learn.RunConfig(session_config=tf.ConfigProto(intra_op_parallelism_threads=1))
    estimator = new(tmp_path, config=config)
    estimator.config.session_config.intra_op_parallelism_threads = 7
    assert estimator.config.session_config.intra_op_parallelism_threads == 1
    assert estimator.config is not estimator.config
    assert estimator.config.model_dir == estimator.model_dir == str(tmp_path)
    assert config.model_dir is None


def test_model_dir_of_the_config(tmp_path):
    config = learn.RunConfig(model_dir=str(tmp_path))
    assert learn.Estimator(model_fn=line, config=config).model_dir == str(tmp_path)
    assert new(tmp_path, config=config).model_dir == str(tmp_path)
    with pytest.raises(ValueError):
        new(tmp_path / "other", config=config)


def test_get_and_set_params(tmp_path):
    def model(X, y, params):
        return line(X, y, params["rate"])

    estimator = new(tmp_path, model, params={"rate": 0.1})
    assert estimator.get_params() == {"params": {"rate": 0.1}}
    assert estimator.set_params(params={"rate": 0.2}) is estimator
    assert estimator.get_params() == {"params": {"rate": 0.2}}
    with pytest.raises(ValueError):
        estimator.set_params(rate=1)


# errors


def test_not_fitted(tmp_path):
    assert issubclass(learn.NotFittedError, ValueError)
    assert issubclass(learn.NotFittedError, AttributeError)
    estimator = new(tmp_path)
    with pytest.raises(learn.NotFittedError):
        estimator.predict(X)  # at the call: nothing is asked of the generator
    with pytest.raises(learn.NotFittedError):
        estimator.evaluate(X, Y)
    with pytest.raises(ValueError):
        estimator.get_variable_names()


def test_inputs_that_do_not_go_together(tmp_path):
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


def test_a_second_fit_with_other_inputs(tmp_path):
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


def test_params_for_a_model_that_takes_none(tmp_path):
    with pytest.raises(ValueError):
        new(tmp_path, params={"rate": 1})


def test_a_model_that_returns_something_else(tmp_path):
    with pytest.raises(ValueError):
        new(tmp_path, lambda X, y: line(X, y)[:2]).fit(X, Y, steps=1)
    if not REAL_TF1:  # a TypeError there
        with pytest.raises(ValueError):
            new(tmp_path, lambda X, y: None).fit(X, Y, steps=1)


@ours_only
def test_a_monitor_that_is_no_hook(tmp_path):
    with pytest.raises(TypeError):
        new(tmp_path).fit(X, Y, steps=1, monitors=["no hook"])
    assert not os.listdir(str(tmp_path))


@ours_only
def test_arrays_that_cannot_be_fed(tmp_path):
    with pytest.raises(ValueError, match="same number of rows"):
        new(tmp_path).fit(X, Y[:5], steps=1)
    with pytest.raises(ValueError, match="no rows"):
        new(tmp_path).fit(X[:0], Y[:0], steps=1)
    with pytest.raises(TypeError, match="iterators"):
        new(tmp_path).fit(iter(X), iter(Y), steps=1)


# SKCompat


def test_skcompat(tmp_path):
    compat = learn.SKCompat(new(tmp_path))
    watch = Watch()
    many = np.arange(300, dtype=np.float32).reshape(300, 1) / 300
    assert compat.fit(many, 2 * many + 1, steps=3, monitors=[watch]) is compat
    assert [len(batch) for batch in watch.fed] == [128, 128, 44]
    predictions = compat.predict(many)
    assert isinstance(predictions, np.ndarray) and predictions.shape == (300,)
    errors = (predictions - (2 * many + 1)[:, 0]) ** 2
    found = compat.score(many, 2 * many + 1)
    expected = np.mean([errors[:128].mean(), errors[128:256].mean(), errors[256:].mean()])
    assert found["loss"] == pytest.approx(expected, rel=1e-5)
    assert found["global_step"] == 3
    compat.fit(many, 2 * many + 1, max_steps=5)
    assert compat.score(many, 2 * many + 1, steps=1)["global_step"] == 5


# what is printed and what is refused


def test_what_reaches_the_screen(tmp_path):
    """Nothing, but for the two warnings that matter: a temporary folder, and a checkpoint that is resumed from."""
    program = """
import numpy as np
import tf1 as tf
learn = tf.contrib.learn

def model(X, y):
    w = tf.get_variable("w", [1, 1])
    predictions = tf.matmul(X, w)[:, 0]
    loss = tf.losses.mean_squared_error(y, predictions)
    return predictions, loss, tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())

X = np.ones((8, 1), np.float32)
for _ in range(2):
    estimator = learn.Estimator(model_fn=model, model_dir=%r)
    estimator.fit(X, X, steps=101, batch_size=3)
    estimator.evaluate(X, X)
    print(len(list(estimator.predict(X))))
unfinished = estimator.predict(X)  # its session is still open when the program ends
print(next(unfinished) is None)
print(learn.Estimator(model_fn=model).model_dir)
tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell(1), tf.zeros([1, 2, 1]), dtype=tf.float32)
""" % str(tmp_path)
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join([RNN, os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True)
    printed = done.stdout.decode().split()
    assert printed[:3] == ["8", "8", "False"] and os.path.isdir(printed[3])
    os.rmdir(printed[3])
    if REAL_TF1:
        assert done.stderr.decode() == ""
    else:
        assert done.stderr.decode().splitlines() == [
            "WARNING:tensorflow:fit resumes from the checkpoint %s; a changed model needs a different model_dir"
            % (tmp_path / "model.ckpt-101"),
            "WARNING:tensorflow:Using temporary folder as model directory: %s" % printed[3],
        ]


@pytest.mark.parametrize(
    "settings",
    [
        {"tf_random_seed": "x"},
        {"tf_random_seed": 1.5},
        {"save_summary_steps": -1},
        {"save_checkpoints_secs": -1},
        {"save_checkpoints_steps": -1},
        {"keep_checkpoint_max": -1},
        {"keep_checkpoint_every_n_hours": 0},
        {"log_step_count_steps": 0},
        {"session_creation_timeout_secs": 0},
        {"session_config": 3},
    ],
)
def test_settings_out_of_range_are_refused(tmp_path, settings):
    (name,) = settings
    config = learn.RunConfig(**settings)
    with pytest.raises(ValueError, match=name):
        new(tmp_path, config=config)
    with pytest.raises(ValueError, match=name):
        learn.RunConfig().replace(**settings)


def test_a_metric_that_is_an_array_is_written_as_a_tensor(tmp_path):
    def both(predictions, labels):
        return tf.metrics.mean_tensor(tf.stack([tf.reduce_mean(predictions), tf.reduce_mean(labels)]))

    found = new(tmp_path).fit(X, Y, steps=2).evaluate(X, Y, metrics={"both": both})
    assert found["both"].shape == (2,) and found["both"][1] == pytest.approx(10)
    events = []
    for name in os.listdir(str(tmp_path / "eval")):
        events += tf.train.summary_iterator(str(tmp_path / "eval" / name))
    (written,) = [value.tensor for event in events for value in event.summary.value if value.tag == "both"]
    np.testing.assert_array_equal(tf.make_ndarray(written), found["both"])
