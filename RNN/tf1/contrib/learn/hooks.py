"""Hooks that an Estimator adds to a session."""

import tensorflow.compat.v1 as tf


class StopAfter(tf.train.SessionRunHook):
    """Ends an evaluation after some batches."""

    def __init__(self, steps, log_progress):
        self._steps = steps
        self._log_progress = log_progress
        self._done = 0

    def after_run(self, run_context, run_values):
        self._done += 1
        if self._log_progress:
            tf.logging.info("Evaluation [%d/%d]", self._done, self._steps)
        if self._done >= self._steps:
            run_context.request_stop()


class WithoutAddedSummary(tf.train.SessionRunHook):
    """Takes out the summary of the loss that tf.estimator adds to those of the model; contrib.learn added none."""

    def __init__(self):
        own = tf.get_collection(tf.GraphKeys.SUMMARIES)
        self._place = None if any(summary.op.name == "loss" for summary in own) else len(own)

    def begin(self):
        if self._place is not None:
            del tf.get_collection_ref(tf.GraphKeys.SUMMARIES)[self._place]
