"""tf.contrib.learn: feeding and training."""

import os

import numpy as np
import pytest
from learn_line import Watch, X, Y, checkpoints, learn, line, new, summaries

import tf1 as tf


def test_rows_are_fed_in_the_order_of_tensorflow_1(tmp_path):
    watch = Watch()
    new(tmp_path).fit(X, Y, steps=4, batch_size=4, monitors=[watch])
    assert watch.fed == [[8, 1, 5, 0], [7, 2, 9, 4], [3, 6], [0, 1, 8, 5]]
    assert watch.labels == [[2 * x + 1 for x in batch] for batch in watch.fed]


def test_every_fit_restarts_the_order(tmp_path):
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
def test_the_model_gets_the_shapes_and_dtypes_of_tensorflow_1(tmp_path, x_shape, y, fed_x, fed_y, y_dtype):
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


def test_dicts_of_arrays_are_fed(tmp_path):
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


def test_steps_are_relative_and_max_steps_is_absolute(tmp_path):
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


def test_checkpoints_are_saved_at_the_start_and_at_the_end(tmp_path):
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


def test_checkpoints_can_be_disabled(tmp_path):
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


def test_after_create_session_follows_the_initialization(tmp_path):
    first, second = Watch(), Watch()
    estimator = new(tmp_path).fit(X, Y, steps=4, monitors=[first])
    assert (first.start, first.slope) == (0, 0.5)
    new(tmp_path).fit(X, Y, steps=1, monitors=[second])
    assert second.start == 4
    assert second.slope not in (0.5, estimator.get_variable_value("slope"))


def test_a_nan_loss_stops_the_training(tmp_path):
    bad = Y.copy()
    bad[3] = np.nan  # in the third batch, as the order of the rows is fixed
    watch = Watch()
    with pytest.raises(tf.train.NanLossDuringTrainingError):
        new(tmp_path).fit(X, bad, steps=100, batch_size=4, monitors=[watch])
    assert np.isfinite(watch.losses).tolist() == [True, True, False]
    assert checkpoints(tmp_path) == [0]


def test_summaries_are_written_every_hundred_steps(tmp_path):
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


def test_the_models_own_loss_summary_is_kept(tmp_path):
    def model(X, y):
        predictions, loss, train_op = line(X, y)
        tf.summary.scalar("loss", loss)
        return predictions, loss, train_op

    new(tmp_path, model).fit(X, Y, steps=2)
    assert [step for step, tag, _ in summaries(tmp_path) if tag == "loss"] == [1]


def test_an_input_fn_replaces_arrays(tmp_path):
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


def test_the_seed_of_the_run_config_is_used(tmp_path):
    def model(X, y):
        tf.get_variable("noise", [3], initializer=tf.random_uniform_initializer())
        return line(X, y)

    def noise(name, seed):
        config = learn.RunConfig(tf_random_seed=seed)
        return new(tmp_path / name, model, config=config).fit(X, Y, steps=1).get_variable_value("noise").tolist()

    assert noise("a", 1) == noise("b", 1)
    assert noise("c", 2) != noise("a", 1)
    assert noise("d", None) != noise("e", None)
