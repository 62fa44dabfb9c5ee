"""``RunConfig``: how an Estimator runs, as opposed to what it computes."""

import copy
import json
import numbers
import os

import tensorflow.compat.v1 as tf

_REPLACEABLE = (
    "model_dir",
    "tf_random_seed",
    "save_summary_steps",
    "save_checkpoints_secs",
    "save_checkpoints_steps",
    "session_config",
    "keep_checkpoint_max",
    "keep_checkpoint_every_n_hours",
    "log_step_count_steps",
    "session_creation_timeout_secs",
)


class RunConfig:
    """Settings of a run on this machine; each argument can be read back as an attribute.

    Args:
        master, evaluation_master: "" or None; sessions on other machines are not restored.
        num_cores: threads within and between operations; 0 leaves the number to TensorFlow. Without effect where a
            session_config is given.
        log_device_placement: log which device each operation runs on. Without effect where a session_config is given.
        gpu_memory_fraction: share of each GPU's memory. Without effect where a session_config is given.
        tf_random_seed: seed of the graph; None lets TensorFlow draw one for each graph.
        save_summary_steps: steps between two summaries.
        save_checkpoints_secs: seconds between two checkpoints; 600 unless save_checkpoints_steps is given. With both
            None no checkpoint is written.
        save_checkpoints_steps: steps between two checkpoints. Not with save_checkpoints_secs.
        keep_checkpoint_max: how many of the latest checkpoints are kept; None or 0 keeps all.
        keep_checkpoint_every_n_hours: hours between checkpoints that are kept for good.
        log_step_count_steps: steps between two lines of the log; None logs none.
        protocol: kept as it is; without effect on one machine.
        model_dir: folder of checkpoints and summaries; None takes that of the variable TF_CONFIG, if it names one.
        session_config: tf.ConfigProto of every session.
        session_creation_timeout_secs: how long to wait for a session, in seconds.

    Raises:
        ValueError: another machine or a cluster is asked for, model_dir differs from TF_CONFIG's, or a setting is out
            of its range.
    """

    _USE_DEFAULT = 0

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
        environment = json.loads(os.environ.get("TF_CONFIG") or "{}")
        if master or evaluation_master or environment.get("cluster"):
            raise ValueError("RunConfig here is for this machine only: no master, evaluation_master or cluster")
        if model_dir is not None and environment.get("model_dir") not in (None, model_dir):
            raise ValueError("model_dir is %s, but TF_CONFIG says %s" % (model_dir, environment.get("model_dir")))
        if save_checkpoints_secs == RunConfig._USE_DEFAULT:
            save_checkpoints_secs = 600 if save_checkpoints_steps is None else None
        self.master = master or ""
        self.evaluation_master = evaluation_master
        self.tf_config = tf.ConfigProto(
            log_device_placement=log_device_placement,
            inter_op_parallelism_threads=num_cores,
            intra_op_parallelism_threads=num_cores,
            gpu_options=tf.GPUOptions(per_process_gpu_memory_fraction=gpu_memory_fraction),
        )
        self.tf_random_seed = tf_random_seed
        self.save_summary_steps = save_summary_steps
        self.save_checkpoints_secs = save_checkpoints_secs
        self.save_checkpoints_steps = save_checkpoints_steps
        self.keep_checkpoint_max = keep_checkpoint_max
        self.keep_checkpoint_every_n_hours = keep_checkpoint_every_n_hours
        self.log_step_count_steps = log_step_count_steps
        self.protocol = protocol
        self.model_dir = model_dir or environment.get("model_dir")
        self.session_config = session_config
        self.session_creation_timeout_secs = session_creation_timeout_secs
        # what TensorFlow 1 says of a run on one machine
        self.cluster_spec = tf.train.ClusterSpec({})
        self.is_chief = True
        self.num_ps_replicas = 0
        self.num_worker_replicas = 0
        self.task_id = 0
        self.task_type = None
        _check(self)

    def replace(self, **changes):
        """A copy with some settings changed.

        Raises:
            ValueError: a setting that cannot be changed or is out of its range, or both save_checkpoints_secs and
                save_checkpoints_steps.
        """
        refused = sorted(set(changes) - set(_REPLACEABLE))
        if refused:
            raise ValueError("RunConfig cannot replace %s" % ", ".join(refused))
        seconds, steps = changes.get("save_checkpoints_secs"), changes.get("save_checkpoints_steps")
        if seconds and steps:
            raise ValueError("save_checkpoints_secs and save_checkpoints_steps cannot both be set")
        changed = copy.deepcopy(self)
        vars(changed).update(changes)
        if seconds:
            changed.save_checkpoints_steps = None
        elif steps:
            changed.save_checkpoints_secs = None
        _check(changed)
        return changed


# what a setting must be unless it is None, as TensorFlow 1 checked it
_PERMITTED = {
    "tf_random_seed": (lambda seed: isinstance(seed, numbers.Integral), "an integer"),
    "save_summary_steps": (lambda steps: steps >= 0, "0 or more"),
    "save_checkpoints_secs": (lambda seconds: seconds >= 0, "0 or more"),
    "save_checkpoints_steps": (lambda steps: steps >= 0, "0 or more"),
    "keep_checkpoint_max": (lambda count: count >= 0, "0 or more"),
    "keep_checkpoint_every_n_hours": (lambda hours: hours > 0, "more than 0"),
    "log_step_count_steps": (lambda steps: steps > 0, "more than 0"),
    "session_creation_timeout_secs": (lambda seconds: seconds > 0, "more than 0"),
    "session_config": (lambda proto: isinstance(proto, tf.ConfigProto), "a tf.ConfigProto"),
}


def _check(config):
    for name, (fits, what) in _PERMITTED.items():
        value = getattr(config, name)
        if value is not None and not fits(value):
            raise ValueError("RunConfig: %s must be %s, not %r" % (name, what, value))


def session_config(config):
    """The tf.ConfigProto that sessions run with: what ``config`` gives, and operations may fall back on the CPU."""
    if config.session_config is not None:
        return config.session_config
    proto = tf.ConfigProto()
    if isinstance(config, RunConfig):
        proto.CopyFrom(config.tf_config)
    proto.allow_soft_placement = True
    return proto
