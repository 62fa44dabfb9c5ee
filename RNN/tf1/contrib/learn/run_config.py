"""``RunConfig``: how an Estimator runs, as opposed to what it computes."""

import json
import os

import tensorflow.compat.v1 as tf

from tf1.installed import estimator


class ClusterConfig:
    """The task of this process in a cluster, as the environment variable TF_CONFIG has it.

    TF_CONFIG is a JSON object: "cluster" ({job: [address]}), "task" ({"type": job, "index": number}) and
    "environment" ("local" or "cloud"); without it, there is this machine only.

    Args:
        master: address of the session; None takes that of the task.
        evaluation_master: address of the session for evaluation.

    Raises:
        ValueError: TF_CONFIG is not valid JSON, or its task is not in its cluster.
    """

    def __init__(self, master=None, evaluation_master=None):
        settings = _tf_config()
        self._task_type = settings.get("task", {}).get("type")
        self._task_id = self.get_task_id()
        self._cluster_spec = tf.train.ClusterSpec(settings.get("cluster", {}))
        jobs = self._cluster_spec.as_dict()
        self._master = _address(self._cluster_spec, self._task_type, self._task_id) if master is None else master
        self._evaluation_master = evaluation_master or ""
        self._num_ps_replicas = len(jobs.get("ps", []))
        self._num_worker_replicas = len(jobs.get("worker", [])) + len(jobs.get("master", []))
        self._environment = settings.get("environment", "local")
        chief = "master" if self._environment == "cloud" else "worker"
        self._is_chief = self._task_type in (None, chief) and self._task_id == 0

    environment = property(lambda self: self._environment)

    @staticmethod
    def get_task_id():
        """The index of this task in TF_CONFIG, 0 where there is none."""
        return int(_tf_config().get("task", {}).get("index") or 0)


class RunConfig(ClusterConfig, estimator.RunConfig):
    """Settings of a run; each can be read back as an attribute, and ``replace`` makes a changed copy.

    They are checked by the Estimator that gets them.

    Args:
        master, evaluation_master: addresses of sessions; see ClusterConfig.
        num_cores: threads within and between operations; 0 leaves the number to TensorFlow. No effect if a
            session_config is given.
        log_device_placement: log which device each operation runs on. No effect if a session_config is given.
        gpu_memory_fraction: share of each GPU's memory. No effect if a session_config is given.
        tf_random_seed: seed of the graph; None lets TensorFlow draw one for each graph.
        save_summary_steps: steps between two summaries.
        save_checkpoints_secs: seconds between two checkpoints; 600 unless save_checkpoints_steps is given. With both
            None no checkpoint is written.
        save_checkpoints_steps: steps between two checkpoints. Not with save_checkpoints_secs.
        keep_checkpoint_max: how many of the latest checkpoints are kept; None or 0 keeps all.
        keep_checkpoint_every_n_hours: hours between checkpoints that are kept for good.
        log_step_count_steps: steps between two lines of the log; None logs none.
        protocol: protocol of a cluster's servers; None is grpc.
        model_dir: directory of checkpoints and summaries; None takes that of TF_CONFIG, if it has one.
        session_config: tf.ConfigProto of every session.
        session_creation_timeout_secs: how long to wait for a session, in seconds.

    Raises:
        ValueError: TF_CONFIG does not fit (see ClusterConfig), or model_dir differs from TF_CONFIG's.
    """

    _USE_DEFAULT = 0
    # additional settings of tf.estimator
    _train_distribute = _eval_distribute = _experimental_distribute = None
    _device_fn = _experimental_max_worker_delay_secs = _service = None
    _checkpoint_save_graph_def = True

    def __init__(
        self,
        master=None,
        num_cores=0,
        log_device_placement=False,
        gpu_memory_fraction=1,
        tf_random_seed=None,
        save_summary_steps=100,
        save_checkpoints_secs=_USE_DEFAULT,
        save_checkpoints_steps=None,
        keep_checkpoint_max=5,
        keep_checkpoint_every_n_hours=10000,
        log_step_count_steps=100,
        protocol=None,
        evaluation_master="",
        model_dir=None,
        session_config=None,
        session_creation_timeout_secs=7200,
    ):
        directory = _tf_config().get("model_dir")
        if model_dir is not None and directory not in (None, model_dir):
            raise ValueError("model_dir is %s in RunConfig, but %s in TF_CONFIG" % (model_dir, directory))
        if save_checkpoints_secs == RunConfig._USE_DEFAULT:
            save_checkpoints_secs = 600 if save_checkpoints_steps is None else None
        ClusterConfig.__init__(self, master, evaluation_master)  # not tf.estimator's, which reads another TF_CONFIG
        self.tf_config = tf.ConfigProto(
            log_device_placement=log_device_placement,
            inter_op_parallelism_threads=num_cores,
            intra_op_parallelism_threads=num_cores,
            gpu_options=tf.GPUOptions(per_process_gpu_memory_fraction=gpu_memory_fraction),
        )
        self._tf_random_seed = tf_random_seed
        self._save_summary_steps = save_summary_steps
        self._save_checkpoints_secs = save_checkpoints_secs
        self._save_checkpoints_steps = save_checkpoints_steps
        self._keep_checkpoint_max = keep_checkpoint_max
        self._keep_checkpoint_every_n_hours = keep_checkpoint_every_n_hours
        self._log_step_count_steps = log_step_count_steps
        self._protocol = protocol
        self._model_dir = model_dir or directory
        self._session_config = session_config
        self._session_creation_timeout_secs = session_creation_timeout_secs

    def uid(self, whitelist=None):
        """A text that identifies these settings.

        Args:
            whitelist: names of the settings that are left out; None leaves out those that a program may change.
        """
        left_out = {"_" + name for name in (_MAY_CHANGE if whitelist is None else whitelist)}
        return ", ".join("%s=%r" % item for item in sorted(vars(self).items()) if item[0] not in left_out)


_MAY_CHANGE = (
    "tf_random_seed", "save_summary_steps", "save_checkpoints_steps", "save_checkpoints_secs", "session_config",
    "keep_checkpoint_max", "keep_checkpoint_every_n_hours", "log_step_count_steps",
)  # fmt: skip


def session_config(config):
    """The tf.ConfigProto that sessions run with: what ``config`` gives, and operations may fall back on the CPU."""
    if config.session_config is not None:
        return config.session_config
    proto = tf.ConfigProto()
    if isinstance(config, RunConfig):
        proto.CopyFrom(config.tf_config)
    proto.allow_soft_placement = True
    return proto


def training_session_config(config):
    """session_config for training, which in a cluster needs the parameter servers and its own task only.

    So the death of another worker does not keep it waiting.
    """
    proto = session_config(config)
    if config.session_config is None and config.master and config.task_type:
        proto.device_filters.extend(["/job:ps", "/job:%s/task:%d" % (config.task_type, config.task_id)])
    return proto


def _tf_config():
    return json.loads(os.environ.get("TF_CONFIG") or "{}")


def _address(cluster, task_type, task_id):
    """The address of the session of a task; "" for one machine."""
    if len(cluster.as_dict()) <= 1 and sum(map(len, cluster.as_dict().values())) <= 1 or not task_type:
        return ""
    if task_type not in cluster.jobs:
        raise ValueError("%s is not a valid task_type in the cluster of TF_CONFIG, %s" % (task_type, cluster))
    tasks = cluster.job_tasks(task_type)
    if not 0 <= task_id < len(tasks):
        raise ValueError(
            "%d is not a valid task_id for task_type %s in the cluster of TF_CONFIG, %s" % (task_id, task_type, cluster)
        )
    return "grpc://" + tasks[task_id]
