"""Trains and evaluates by ``tf.estimator``, the successor of ``tf.contrib.learn``, where TensorFlow has it."""

import tensorflow.compat.v1 as tf

from tf1.contrib.learn import over_session
from tf1.contrib.learn.metric_spec import LOSS, with_updates


class _MeanLossNotWanted(Exception):
    """The model has a metric named "loss", which tf.estimator refuses."""


class _WithoutAddedSummary(tf.train.SessionRunHook):
    """Takes out the summary of the loss that tf.estimator adds to those of the model; contrib.learn added none."""

    def __init__(self):
        own = tf.get_collection(tf.GraphKeys.SUMMARIES)
        self._place = None if any(summary.op.name == "loss" for summary in own) else len(own)

    def begin(self):
        if self._place is not None:
            del tf.get_collection_ref(tf.GraphKeys.SUMMARIES)[self._place]


def available():
    """Whether this TensorFlow has tf.estimator: up to 2.15."""
    return hasattr(tf, "estimator")


def _estimator(job, model_fn):
    config = job.config
    return tf.estimator.Estimator(
        model_fn=model_fn,
        config=tf.estimator.RunConfig(
            model_dir=job.model_dir,
            tf_random_seed=config.tf_random_seed,
            save_summary_steps=config.save_summary_steps,
            save_checkpoints_secs=config.save_checkpoints_secs,
            save_checkpoints_steps=config.save_checkpoints_steps,
            session_config=job.session_config,
            keep_checkpoint_max=config.keep_checkpoint_max or 0,
            keep_checkpoint_every_n_hours=config.keep_checkpoint_every_n_hours,
            log_step_count_steps=config.log_step_count_steps,
            session_creation_timeout_secs=config.session_creation_timeout_secs,
        ),
    )


def train(job, hooks):
    """As over_session.train."""

    def model_fn(features, labels):
        operations = job.model(features, labels)
        return tf.estimator.EstimatorSpec(
            tf.estimator.ModeKeys.TRAIN,
            loss=operations.loss,
            train_op=operations.train_op,
            training_hooks=operations.training_hooks + [_WithoutAddedSummary()],
            training_chief_hooks=operations.training_chief_hooks,
            scaffold=operations.scaffold,
        )

    _estimator(job, model_fn).train(input_fn=job.inputs, hooks=hooks)


def evaluate(job, hooks, checkpoint_path, name):
    """As over_session.evaluate, which does it where the model has a metric named "loss"."""

    def model_fn(features, labels):
        operations = job.model(features, labels)
        if LOSS in operations.eval_metric_ops:
            raise _MeanLossNotWanted
        return tf.estimator.EstimatorSpec(
            tf.estimator.ModeKeys.EVAL,
            predictions=operations.predictions,
            loss=operations.loss,
            eval_metric_ops=with_updates(operations.eval_metric_ops),
            scaffold=operations.scaffold,
        )

    try:
        return _estimator(job, model_fn).evaluate(
            input_fn=job.inputs, hooks=hooks, checkpoint_path=checkpoint_path, name=name or None
        )
    except _MeanLossNotWanted:
        return over_session.evaluate(job, hooks, checkpoint_path, name)
