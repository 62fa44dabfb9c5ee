"""tf.contrib.learn: the model function, prediction, evaluation, export."""

import functools
import os

import numpy as np
import pytest
from learn_line import (  # noqa: F401
    REAL_TF1,
    Watch,
    X,
    Y,
    learn,
    line,
    line_for_serving,
    logged,
    new,
    ours_only,
    summaries,
)

import tf1 as tf


def test_the_model_function_gets_the_arguments_that_it_names(tmp_path):
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


def test_keywords_of_a_partial_are_kept(tmp_path):
    def model(X, y, mode, params):
        assert mode == "fixed"
        return line(X, y, params["rate"])

    bound = functools.partial(model, mode="fixed")
    estimator = new(tmp_path / "a", bound, params={"rate": 0.02}).fit(X, Y, steps=3)
    other = new(tmp_path / "b", functools.partial(line, learning_rate=0.02)).fit(X, Y, steps=3)
    assert estimator.get_variable_value("slope") == other.get_variable_value("slope")
    with pytest.raises(ValueError):
        new(tmp_path / "c", functools.partial(model, params={}), params={"rate": 1})


def test_labels_are_placeholders_or_none_when_predicting(tmp_path):
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


def test_exceptions_of_the_model_function_are_not_caught(tmp_path):
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


def test_predictions_may_be_a_dict(tmp_path):
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


def test_an_unfinished_generator_does_no_harm(tmp_path):
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


def test_evaluate_returns_the_mean_over_the_batches(tmp_path):
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


def test_evaluate_computes_metrics(tmp_path):
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


def test_metrics_of_a_dict_of_predictions_are_computed(tmp_path):
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


def test_an_earlier_checkpoint_is_evaluated_with_hooks(tmp_path):
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


# files in model_dir


def test_values_of_variables_are_read(tmp_path):
    estimator = new(tmp_path).fit(X, Y, steps=2)
    assert sorted(estimator.get_variable_names()) == ["global_step", "shift", "slope"]
    assert estimator.get_variable_value("slope").dtype == np.float32


def test_a_temporary_directory_is_logged(logged):
    estimator = learn.Estimator(model_fn=line)
    assert os.path.isdir(estimator.model_dir)
    assert any(estimator.model_dir in message for message in logged)
    assert estimator.config.model_dir == estimator.model_dir
    os.rmdir(estimator.model_dir)


@ours_only
def test_resuming_from_a_checkpoint_is_logged(tmp_path, logged):
    estimator = new(tmp_path).fit(X, Y, steps=2)
    estimator.fit(X, Y, steps=1)  # its own: no surprise
    assert not [message for message in logged if "model.ckpt" in message]
    new(tmp_path).fit(X, Y, steps=1)
    (message,) = [message for message in logged if "model.ckpt" in message]
    assert os.path.join(str(tmp_path), "model.ckpt-3") in message


def test_a_savedmodel_is_exported(tmp_path):
    def serving():
        request = tf.placeholder(tf.float32, [None, 1], "request")
        return learn.InputFnOps({"x": request}, None, {"points": request})

    estimator = new(tmp_path / "model", line_for_serving).fit({"x": X}, Y, steps=3)
    extra = tmp_path / "note.txt"
    extra.write_text("as it was")
    path = estimator.export_savedmodel(str(tmp_path / "export"), serving, assets_extra={"notes/note.txt": str(extra)})
    assert isinstance(path, bytes)
    directory = path.decode()
    assert os.path.dirname(directory) == str(tmp_path / "export")
    assert os.listdir(str(tmp_path / "export")) == [os.path.basename(directory)]
    with open(os.path.join(directory, "assets.extra", "notes", "note.txt")) as file:
        assert file.read() == "as it was"
    with tf.Graph().as_default(), tf.Session() as session:
        loaded = tf.saved_model.loader.load(session, ["serve"], directory)
        assert sorted(loaded.signature_def) == [
            "default_input_alternative:default_output_alternative",
            "serving_default",
        ]
        signature = loaded.signature_def["serving_default"]
        assert sorted(signature.outputs) == ["twice", "value"]
        fed = {signature.inputs["points"].name: X}
        values = session.run(signature.outputs["value"].name, fed)
    np.testing.assert_allclose(values, estimator.get_variable_value("slope") * X[:, 0], rtol=1e-6)
