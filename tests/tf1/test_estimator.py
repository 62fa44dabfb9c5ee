"""tf.estimator on every TensorFlow. The numbers are those of TensorFlow 1.15.5, on which these tests run as well."""

import os

import numpy as np
import pytest

import tf1 as tf

REAL_TF1 = tf.__version__.startswith("1.")
from_a_package = pytest.mark.skipif(tf.__version__ < "2.16", reason="TensorFlow has tf.estimator itself")

_random = np.random.RandomState(0)
X = _random.rand(200, 4).astype(np.float32)
CLASSES = (X.sum(axis=1) > 2).astype(np.int32)
VALUES = X.dot(np.array([1, 2, 3, 4], np.float32))
LETTERS = np.array(["a", "b", "c"])[_random.randint(0, 3, 200)]


def columns():
    letters = tf.feature_column.categorical_column_with_vocabulary_list("letters", ["a", "b", "c"])
    return [tf.feature_column.numeric_column("x", [4]), letters]


def inputs(labels=None, epochs=None):
    features = {"x": X, "letters": LETTERS}
    return tf.estimator.inputs.numpy_input_fn(features, labels, batch_size=32, num_epochs=epochs, shuffle=False)


# metrics after 30 steps, and the first prediction
READY_MADE = {
    "LinearClassifier": (
        lambda **more: tf.estimator.LinearClassifier(columns(), **more),
        CLASSES,
        {"accuracy": 0.92, "auc": 0.99379, "average_loss": 0.46509, "loss": 13.28837, "prediction/mean": 0.53087},
        ("logits", -0.08113205),
    ),
    "LinearRegressor": (
        lambda **more: tf.estimator.LinearRegressor(columns()[:1], **more),
        VALUES,
        {"average_loss": 1.6382, "loss": 46.80583, "prediction/mean": 4.08198, "label/mean": 4.93004},
        ("predictions", 3.5946083),
    ),
    "BaselineClassifier": (
        lambda **more: tf.estimator.BaselineClassifier(**more),
        CLASSES,
        {"accuracy": 0.515, "auc": 0.5, "average_loss": 0.69287, "loss": 19.79628, "prediction/mean": 0.49429},
        ("logits", -0.02285),
    ),
    "BaselineRegressor": (
        lambda **more: tf.estimator.BaselineRegressor(**more),
        VALUES,
        {"average_loss": 8.73437, "loss": 249.5534, "prediction/mean": 2.50427},
        ("predictions", 2.5042735),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(READY_MADE))
def test_canned_estimators_train_and_predict(tmp_path, name):
    make, labels, metrics, (key, value) = READY_MADE[name]
    estimator = make(model_dir=str(tmp_path))
    assert estimator.train(inputs(labels), steps=30) is estimator
    found = estimator.evaluate(inputs(labels, 1))
    assert found["global_step"] == 30
    assert {metric: found[metric] for metric in metrics} == pytest.approx(metrics, rel=1e-5)
    predictions = list(estimator.predict(inputs(epochs=1)))
    assert len(predictions) == 200
    assert predictions[3][key][0] == pytest.approx(value, rel=1e-5)


def deep_columns():
    x, letters = columns()
    return [x, tf.feature_column.indicator_column(letters), tf.feature_column.embedding_column(letters, 2)]


NETWORKS = {
    "DNNClassifier": lambda **more: tf.estimator.DNNClassifier([16], deep_columns(), **more),
    "DNNRegressor": lambda **more: tf.estimator.DNNRegressor(
        [16], deep_columns(), batch_norm=True, dropout=0.1, **more
    ),
    "DNNLinearCombinedClassifier": lambda **more: tf.estimator.DNNLinearCombinedClassifier(
        linear_feature_columns=columns(),
        dnn_feature_columns=deep_columns(),
        dnn_hidden_units=[16],
        dnn_optimizer=tf.train.AdamOptimizer(0.02),
        **more,
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_canned_networks_learn(tmp_path, name):
    estimator = NETWORKS[name](model_dir=str(tmp_path), config=tf.estimator.RunConfig(tf_random_seed=1))
    labels = VALUES if name == "DNNRegressor" else CLASSES
    before = estimator.train(inputs(labels), steps=1).evaluate(inputs(labels, 1))["loss"]
    assert estimator.train(inputs(labels), steps=100).evaluate(inputs(labels, 1))["loss"] < 0.8 * before


def line(features, labels, mode, params):
    """A straight line through the data, by gradient descent."""
    slope = tf.get_variable("slope", [], initializer=tf.constant_initializer(0.5))
    predictions = slope * features["x"][:, 0]
    if mode == tf.estimator.ModeKeys.PREDICT:
        outputs = {"serving_default": tf.estimator.export.PredictOutput({"value": predictions})}
        return tf.estimator.EstimatorSpec(mode, {"value": predictions}, export_outputs=outputs)
    loss = tf.losses.mean_squared_error(labels, predictions)
    metrics = {"error": tf.metrics.mean_absolute_error(labels, predictions)}
    step = tf.train.GradientDescentOptimizer(params["rate"]).minimize(loss, tf.train.get_global_step())
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=step, eval_metric_ops=metrics)


def serving():
    return tf.estimator.export.ServingInputReceiver(
        {"x": tf.placeholder(tf.float32, [None, 1], "x")}, {"x": tf.get_default_graph().get_tensor_by_name("x:0")}
    )


def rows():
    return tf.data.Dataset.from_tensors(({"x": np.float32([[1], [2], [3]])}, np.float32([2, 4, 6]))).repeat(20)


def test_a_custom_model_trains(tmp_path):
    estimator = tf.estimator.Estimator(line, str(tmp_path), params={"rate": 0.05})
    estimator.train(rows, steps=3)
    slope, losses = 0.5, []
    for _ in range(3):
        losses.append(np.mean([(slope * x - 2 * x) ** 2 for x in (1, 2, 3)]))
        slope -= 0.05 * np.mean([2 * x * (slope * x - 2 * x) for x in (1, 2, 3)])
    assert estimator.get_variable_value("slope") == pytest.approx(slope, rel=1e-6)
    found = estimator.evaluate(rows, steps=2)
    assert found["error"] == pytest.approx(2 * (2 - slope), rel=1e-5)
    assert [row["value"] for row in estimator.predict(rows)][:3] == pytest.approx([slope, 2 * slope, 3 * slope])
    directory = estimator.export_savedmodel(str(tmp_path / "export"), serving)
    with tf.Graph().as_default(), tf.Session() as session:
        loaded = tf.saved_model.loader.load(session, ["serve"], directory.decode())
        signature = loaded.signature_def["serving_default"]
        value = session.run(signature.outputs["value"].name, {signature.inputs["x"].name: [[2.0]]})
    assert value == pytest.approx([2 * slope])


@pytest.mark.slow
def test_train_and_evaluate_runs_exporters(tmp_path):
    config = tf.estimator.RunConfig(model_dir=str(tmp_path), save_checkpoints_steps=5)
    estimator = tf.estimator.Estimator(line, config=config, params={"rate": 0.01})
    best = tf.estimator.BestExporter(serving_input_receiver_fn=serving)
    final = tf.estimator.FinalExporter("final", serving)
    found, exported = tf.estimator.train_and_evaluate(
        estimator,
        tf.estimator.TrainSpec(rows, max_steps=15),
        tf.estimator.EvalSpec(rows, steps=1, exporters=[best, final], start_delay_secs=0, throttle_secs=0),
    )
    assert found["global_step"] == 15
    assert len(exported) == 2
    assert len(os.listdir(str(tmp_path / "export" / "final"))) == 1
    assert os.listdir(str(tmp_path / "export" / "best_exporter"))


def test_early_stopping_and_warm_start_work(tmp_path):
    first = tf.estimator.Estimator(line, str(tmp_path / "first"), params={"rate": 0.05}).train(rows, steps=3)
    warm = tf.estimator.Estimator(line, str(tmp_path / "warm"), params={"rate": 0.0}, warm_start_from=first.model_dir)
    warm.train(rows, steps=1)
    assert warm.get_variable_value("slope") == first.get_variable_value("slope")
    assert tf.estimator.experimental.stop_if_no_decrease_hook(warm, "loss", 10)


@pytest.mark.slow
def test_a_mirrored_strategy_trains(tmp_path):
    config = tf.estimator.RunConfig(train_distribute=tf.distribute.MirroredStrategy(["/cpu:0"]))
    estimator = tf.estimator.Estimator(line, str(tmp_path), config, params={"rate": 0.05})
    other = tf.estimator.Estimator(line, str(tmp_path / "other"), params={"rate": 0.05}).train(rows, steps=3)
    assert estimator.train(rows, steps=3).get_variable_value("slope") == other.get_variable_value("slope")


def test_a_tpu_estimator_runs_on_the_cpu(tmp_path):
    tpu = tf.contrib.tpu if REAL_TF1 else tf.estimator.tpu

    def model(features, labels, mode, params):
        made = line(features, labels, mode, {"rate": 0.05})
        return tpu.TPUEstimatorSpec(mode, loss=made.loss, train_op=made.train_op, predictions=made.predictions)

    config = tpu.RunConfig(model_dir=str(tmp_path))
    estimator = tpu.TPUEstimator(model, config=config, use_tpu=False, train_batch_size=3)
    estimator.train(lambda params: rows(), max_steps=3)
    other = tf.estimator.Estimator(line, str(tmp_path / "other"), params={"rate": 0.05}).train(rows, steps=3)
    assert estimator.get_variable_value("slope") == other.get_variable_value("slope")


@from_a_package
def test_removed_modules_refuse_to_be_called():
    tf.estimator.Estimator  # noqa: B018  loads the package
    from tensorflow.python.tpu import tpu_embedding

    with pytest.raises(
        NotImplementedError, match="TensorFlow 2 has no tensorflow.python.tpu.tpu_embedding.TableConfig"
    ):
        tpu_embedding.TableConfig(1, 2)
    assert not hasattr(tpu_embedding, "__file__")  # inspect, and so IPython's tracebacks, ask every module for it


@from_a_package
def test_a_strategy_in_a_cluster_is_refused(monkeypatch):
    monkeypatch.setenv("TF_CONFIG", '{"cluster": {"chief": ["a:1"], "worker": ["b:1"]}, "task": {"type": "worker"}}')
    with pytest.raises(ValueError, match="on one machine only"):
        tf.estimator.RunConfig(train_distribute=tf.distribute.MirroredStrategy(["/cpu:0"]))
