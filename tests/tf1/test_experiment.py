"""Experiments of tf.contrib.learn: in a cluster, and each schedule of learn_runner."""

import json
import os
import re
import subprocess
import sys

import pytest
from conftest import TF1_PROGRAMS
from local_tasks import RNN, accepts, address, environment, last_step, learn, own_address

import tf1 as tf

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(tf.__version__.startswith("1."), reason="the cluster is for TensorFlow 2"),
]


def test_an_experiment_trains_in_a_cluster(tmp_path):
    jobs = {"ps": [address()], "master": [address()], "worker": [address()]}
    line = [sys.executable, os.path.join(TF1_PROGRAMS, "experiment.py"), RNN, str(tmp_path / "model")]
    start = lambda job: subprocess.Popen(  # noqa: E731
        line, env=environment(jobs, job, environment="cloud"), stdout=subprocess.PIPE, text=True
    )
    processes = {job: start(job) for job in jobs}
    try:
        printed = processes["master"].communicate(timeout=90)[0]
        assert processes["master"].returncode == 0
        assert processes["ps"].poll() is None
        if own_address() != "127.0.0.1":
            assert not accepts(own_address(), int(jobs["ps"][0].rpartition(":")[2]))
    finally:
        for process in processes.values():
            process.kill()
            process.communicate()
    assert "train /job:ps/task:0" in printed
    assert "\neval \n" in printed
    loss = re.search(r"'loss': (?:np\.float32\()?([-\d.e]+)", printed).group(1)  # numpy 2 shows the type
    assert float(loss) < 1e-3
    assert last_step(tmp_path) in (200, 201)  # the worker may be in a step when the master is done, as in TensorFlow 1


# what TensorFlow 1.15.5 did in each schedule: the modes of the model function's graphs, the last global step, the
# directory of evaluations, and the arguments that the ExportStrategy got
SCHEDULES = [
    (None, {}, "train eval eval", 20, "eval", (None, 20)),
    ("train", {}, "train", 20, None, None),
    ("local_run", {}, "train eval", 20, "eval", (None, 20)),
    ("local_run", {"local_eval_frequency": 4, "check_interval_secs": 0}, "train" + 6 * " eval", 20, "eval", (None, 20)),
    ("train_and_evaluate", {"min_eval_frequency": 0}, "train eval", 20, "eval", (None, 20)),
    ("train_and_evaluate", {"check_interval_secs": 0}, "train" + 6 * " eval", 20, "eval", (None, 20)),
    ("train_and_evaluate", {"checkpoint_and_export": True}, "train" + 5 * " eval", 20, "eval_intermediate_export",
     ("model.ckpt-20", 20)),
    ("continuous_train_and_eval", {"train_steps_per_iteration": 7}, 3 * "train eval ", 21, "eval_one_pass", (None, 21)),
    ("test", {}, "train eval", 1, "eval_one_pass", (None, 1)),
]  # fmt: skip


@pytest.mark.parametrize("schedule, settings, modes, step, evaluations, exported", SCHEDULES)
def test_schedules_train_and_evaluate_as_in_tensorflow_1(
    tmp_path, schedule, settings, modes, step, evaluations, exported
):
    called, exports = [], []

    def model_fn(features, labels, mode):
        called.append(mode)
        slope = tf.get_variable("slope", [], initializer=tf.zeros_initializer())
        loss = tf.reduce_mean((slope * features - labels) ** 2)
        train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
        return learn.ModelFnOps(mode, slope * features, loss, train_op)

    def input_fn():
        return tf.constant([1.0, 2.0]), tf.constant([2.0, 4.0])

    def export(estimator, export_path, checkpoint_path, eval_result):
        exports.append((checkpoint_path and os.path.basename(checkpoint_path), eval_result["global_step"]))
        return export_path

    def experiment_fn(run_config, hparams):
        estimator = learn.Estimator(model_fn, config=run_config)
        strategy = learn.ExportStrategy("best", export)
        return learn.Experiment(
            estimator, input_fn, input_fn, train_steps=20, eval_steps=2, export_strategies=strategy, **settings
        )

    config = learn.RunConfig(model_dir=str(tmp_path / "model"), save_checkpoints_steps=5)
    result = learn.learn_runner.run(experiment_fn, run_config=config, schedule=schedule)
    assert called == modes.split()
    assert last_step(tmp_path) == step
    found = [name for name in os.listdir(str(tmp_path / "model")) if name.startswith("eval")]
    assert found == ([evaluations] if evaluations else [])
    assert exports[-1:] == ([exported] if exported else [])
    if schedule not in ("train", "test"):
        assert result[0]["global_step"] == step
        assert result[1] == [os.fsencode(str(tmp_path / "model/export/best"))]


def test_continuous_eval_ends_with_the_training(tmp_path):
    estimator = learn.Estimator(lambda X, y: constant_model(y), config=learn.RunConfig(model_dir=str(tmp_path)))
    inputs = lambda: (tf.constant([1.0]), tf.constant([2.0]))  # noqa: E731
    experiment = learn.Experiment(
        estimator, inputs, inputs, train_steps=3, eval_steps=1, eval_delay_secs=0, continuous_eval_throttle_secs=0
    )
    seen = []
    experiment.continuous_eval(continuous_eval_predicate_fn=lambda result: seen.append(result) or len(seen) < 3)
    assert seen == [None, {}, {}]  # no checkpoint yet
    experiment.train()
    experiment.continuous_eval()
    experiment.continuous_eval_on_train_data()
    assert {"eval_continuous", "eval_continuous_on_train_data"} <= set(os.listdir(str(tmp_path)))
    with pytest.raises(ValueError, match="callable"):
        experiment.continuous_eval(continuous_eval_predicate_fn=3)


def constant_model(y):
    value = tf.get_variable("value", [], initializer=tf.zeros_initializer())
    loss = tf.reduce_mean((y - value) ** 2)
    return value + y, loss, tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())


def test_learn_runner_refuses_invalid_arguments(tmp_path, monkeypatch):
    run, config = learn.learn_runner.run, learn.RunConfig(model_dir=str(tmp_path))

    def experiment_fn(run_config, hparams=None):
        return learn.Experiment(learn.Estimator(lambda X, y: constant_model(y), config=run_config), None, None)

    for error, match, arguments in [
        (ValueError, "both", {"output_dir": "here", "run_config": config}),
        (ValueError, "Must set value", {}),
        (ValueError, "output directory", {"output_dir": ""}),
        (ValueError, "hparams", {"output_dir": "here", "hparams": 1}),
        (ValueError, "model_dir", {"run_config": learn.RunConfig()}),
        (ValueError, "RunConfig", {"run_config": 3}),
        (ValueError, "non-existent task nothing", {"run_config": config, "schedule": "nothing"}),
        (TypeError, "non-callable member train_steps", {"run_config": config, "schedule": "train_steps"}),
    ]:
        with pytest.raises(error, match=match):
            run(experiment_fn, **arguments)
    with pytest.raises(TypeError, match="not callable"):
        run(3, run_config=config)
    with pytest.raises(TypeError, match="did not return an Experiment"):
        run(lambda run_config, hparams: 3, run_config=config)
    with pytest.raises(RuntimeError, match="run_config"):
        run(lambda run_config, hparams: experiment_fn(run_config.replace(model_dir="there")), run_config=config)
    cluster_spec = {"ps": ["one:1"], "worker": ["two:1"], "other": ["three:1"]}
    for task, match in [
        ({}, "Must specify a schedule"),
        ({"type": "other"}, "No default schedule for task type: other"),
    ]:
        monkeypatch.setenv("TF_CONFIG", json.dumps({"cluster": cluster_spec, "task": task}))
        with pytest.raises(ValueError, match=match):
            run(experiment_fn, run_config=learn.RunConfig(model_dir=str(tmp_path)))
    for arguments in [{"export_strategies": 3}, {"saving_listeners": []}, {"train_steps_per_iteration": 0.5}]:
        with pytest.raises((ValueError, TypeError)):
            learn.Experiment(learn.Estimator(constant_model), None, None, **arguments)
    with pytest.raises(ValueError, match="estimator"):
        learn.Experiment(3, None, None)
