"""tf.contrib.learn: RunConfig, TF_CONFIG, parameters."""

import json

import pytest
from learn_line import learn, line, new, ours_only

import tf1 as tf


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
def test_run_config_reads_a_cluster(monkeypatch, task, environment, master, is_chief):
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
def test_an_invalid_tf_config_is_refused(monkeypatch, settings, message):
    with pytest.raises(ValueError, match=message):
        cluster_config(monkeypatch, settings, model_dir="here")


def test_tf_config_may_set_model_dir(monkeypatch, tmp_path):
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


def test_the_config_may_set_model_dir(tmp_path):
    config = learn.RunConfig(model_dir=str(tmp_path))
    assert learn.Estimator(model_fn=line, config=config).model_dir == str(tmp_path)
    assert new(tmp_path, config=config).model_dir == str(tmp_path)
    with pytest.raises(ValueError):
        new(tmp_path / "other", config=config)


def test_params_are_read_and_set(tmp_path):
    def model(X, y, params):
        return line(X, y, params["rate"])

    estimator = new(tmp_path, model, params={"rate": 0.1})
    assert estimator.get_params() == {"params": {"rate": 0.1}}
    assert estimator.set_params(params={"rate": 0.2}) is estimator
    assert estimator.get_params() == {"params": {"rate": 0.2}}
    with pytest.raises(ValueError):
        estimator.set_params(rate=1)


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
