"""Trains, evaluates and predicts in sessions of ``tf.train``, which every TensorFlow has."""

import atexit
import collections
import os
import weakref

import numpy as np
import tensorflow.compat.v1 as tf

from tf1.contrib.learn.metric_spec import LOSS, with_updates

# inputs() -> (features, labels) and model(features, labels) -> ModelFnOps build the graph, one after the other;
# model_dir, config and session_config say where and how it runs
Job = collections.namedtuple("Job", ["inputs", "model", "model_dir", "config", "session_config"])


def _build(job):
    """Makes the graph in the default graph; returns its global step and its ModelFnOps."""
    tf.set_random_seed(job.config.tf_random_seed)
    global_step = tf.train.create_global_step()
    features, labels = job.inputs()
    return global_step, job.model(features, labels)


def train(job, hooks):
    """Trains until a hook asks to stop or the input ends.

    Args:
        job: a Job.
        hooks: SessionRunHooks, called before those of the model function.

    Raises:
        tf.train.NanLossDuringTrainingError: the loss is NaN.
    """
    config = job.config
    with tf.Graph().as_default():
        global_step, operations = _build(job)
        tf.add_to_collection(tf.GraphKeys.LOSSES, operations.loss)
        hooks = hooks + [tf.train.NanTensorHook(operations.loss)]
        if config.log_step_count_steps is not None:
            watched = {"loss": operations.loss, "step": global_step}
            hooks.append(tf.train.LoggingTensorHook(watched, every_n_iter=config.log_step_count_steps))
        hooks += operations.training_hooks

        scaffold = operations.scaffold or tf.train.Scaffold()
        if not (scaffold.saver or tf.get_collection(tf.GraphKeys.SAVERS)):
            saver = tf.train.Saver(
                sharded=True,
                max_to_keep=config.keep_checkpoint_max,
                keep_checkpoint_every_n_hours=config.keep_checkpoint_every_n_hours,
                defer_build=True,
                save_relative_paths=True,
            )
            tf.add_to_collection(tf.GraphKeys.SAVERS, saver)
        chief_hooks = list(operations.training_chief_hooks)
        saved_by_hook = any(isinstance(hook, tf.train.CheckpointSaverHook) for hook in hooks + chief_hooks)
        if (config.save_checkpoints_secs or config.save_checkpoints_steps) and not saved_by_hook:
            saver_hook = tf.train.CheckpointSaverHook(
                job.model_dir,
                save_secs=config.save_checkpoints_secs,
                save_steps=config.save_checkpoints_steps,
                scaffold=scaffold,
            )
            chief_hooks.insert(0, saver_hook)

        loss = None
        with tf.train.MonitoredTrainingSession(
            checkpoint_dir=job.model_dir,
            scaffold=scaffold,
            hooks=hooks,
            chief_only_hooks=chief_hooks,
            save_checkpoint_secs=0,  # the hook above does it
            save_summaries_steps=config.save_summary_steps,
            log_step_count_steps=config.log_step_count_steps,
            max_wait_secs=config.session_creation_timeout_secs,
            config=job.session_config,
        ) as session:
            while not session.should_stop():
                _, loss = session.run([operations.train_op, operations.loss])
    tf.logging.info("Loss for final step: %s.", loss)


class _ReadAtEnd(tf.train.SessionRunHook):
    """Reads tensors when a session ends."""

    def __init__(self, tensors):
        self._tensors = tensors
        self.values = None

    def end(self, session):
        self.values = session.run(self._tensors)


def evaluate(job, hooks, checkpoint_path, name):
    """Evaluates until a hook asks to stop or the input ends, and writes what it found as a summary.

    Args:
        job: a Job.
        hooks: SessionRunHooks.
        checkpoint_path: the checkpoint to read.
        name: the summary goes to the folder eval_NAME; None or "": eval.

    Returns:
        {name: value}, with the mean "loss" (unless the model has a metric of that name) and "global_step".
    """
    with tf.Graph().as_default():
        global_step, operations = _build(job)
        metrics = with_updates(operations.eval_metric_ops)
        if LOSS not in metrics:
            metrics[LOSS] = tf.metrics.mean(operations.loss)
        values = {key: value for key, (value, _) in metrics.items()}
        values["global_step"] = global_step
        update = tf.group(*[update for _, update in metrics.values()])
        at_end = _ReadAtEnd(values)
        creator = tf.train.ChiefSessionCreator(
            scaffold=operations.scaffold or tf.train.Scaffold(),
            checkpoint_filename_with_path=checkpoint_path,
            config=job.session_config,
        )
        with tf.train.MonitoredSession(session_creator=creator, hooks=hooks + [at_end]) as session:
            while not session.should_stop():
                session.run(update)
    _write_summary(os.path.join(job.model_dir, "eval_" + name if name else "eval"), at_end.values)
    return at_end.values


def _write_summary(folder, values):
    summary = tf.Summary()
    for name, value in values.items():
        if name == "global_step":
            continue
        if np.ndim(value) == 0 and np.issubdtype(np.asarray(value).dtype, np.number):
            summary.value.add(tag=name, simple_value=float(value))
        elif isinstance(value, np.ndarray):
            summary.value.add(tag=name, node_name=name, tensor=tf.make_tensor_proto(value))
        else:
            tf.logging.warning("Skipping summary for %s, which is no number.", name)
    writer = tf.summary.FileWriterCache.get(folder)
    writer.add_summary(summary, int(values["global_step"]))
    writer.flush()


def predict(job, feed_fn, outputs, checkpoint_path):
    """Predicts batch by batch.

    tf.estimator's predict is a generator that leaves its graph as the caller's default graph between two items, and
    finds its errors at the first of them; TensorFlow 1's Estimator did neither. So this serves every TensorFlow.

    Args:
        job: a Job.
        feed_fn: () -> feed of the next batch, StopIteration after the last; None for inputs that need none.
        outputs: names of the predictions wanted; None for all.
        checkpoint_path: the checkpoint to read.

    Returns:
        A generator of the predictions of each batch, an array or {name: array}.

    Raises:
        ValueError: outputs do not fit the predictions.
    """
    with tf.Graph().as_default() as graph:
        _, operations = _build(job)
        predictions = _select(operations.predictions, outputs)
        # nothing is fed and nothing is queued: each batch would be the first again
        constant = feed_fn is None and not graph.get_collection(tf.GraphKeys.QUEUE_RUNNERS)
        creator = tf.train.ChiefSessionCreator(
            scaffold=operations.scaffold or tf.train.Scaffold(),
            checkpoint_filename_with_path=checkpoint_path,
            config=job.session_config,
        )
        session = tf.train.MonitoredSession(session_creator=creator)
    batches = _batches(session, predictions, feed_fn, constant)
    _unfinished.add(batches)
    return batches


_unfinished = weakref.WeakSet()


@atexit.register
def _close_unfinished():
    """Ends the sessions of generators that were not run to their end, while TensorFlow is still whole."""
    for batches in list(_unfinished):
        batches.close()


def _batches(session, predictions, feed_fn, constant):
    with session:
        while not session.should_stop():
            try:
                feed = feed_fn() if feed_fn else None
            except StopIteration:
                return
            yield session.run(predictions, feed)
            if constant:
                return


def _select(predictions, outputs):
    if not outputs:
        return predictions
    if not isinstance(predictions, dict):
        raise ValueError("outputs can be chosen only where the predictions are a dict.")
    chosen = {name: value for name, value in predictions.items() if name in outputs}
    if not chosen:
        raise ValueError("outputs must name some of %s, got %s" % (sorted(predictions), outputs))
    return chosen
