"""EstimatorRun: the run of part 7, through an Estimator, in one process or as a task of a cluster."""

import contextlib
import tempfile

from common import checkpoint, console, ctrl_c, errors, records, run, tasks

import tf1 as tf


class EstimatorRun(run.Run):
    """A Run whose loop is an Estimator's.

    Attributes:
        task: the Task of this process in a cluster, else None.
        resumed: the number of steps of the checkpoint that it resumes from, else None.
    """

    task, resumed = None, None

    def model_fn(self, function):
        """A model function (features, labels) for an Estimator, whose variables start as the options say."""

        def build(features, labels):
            if labels is None:  # a finished run is resumed: predict is called without fit
                labels = tf.placeholder(tf.float32, [None])
            with self.initial_weights():
                return function(features, labels)

        return build

    def estimator_config(self, total):
        """The RunConfig for --threads and --model-dir; without the latter, a directory that is removed at the end.

        In a cluster, as TF_CONFIG names it, this starts the task's server; a parameter server does not return.

        Raises:
            UsageError: the checkpoint in --model-dir is damaged, of different options, or beyond ``total``, or
                TF_CONFIG is not valid.
            RunError: another task of the cluster does not answer.
        """
        directory = self.options.model_dir
        self.task = tasks.of_environment(total, self.options)
        if directory and self.task is None:
            self.cleanup.enter_context(checkpoint.in_use("--model-dir", directory))
        if directory and (self.task is None or self.task.is_chief):
            self.resumed = checkpoint.latest(directory, self.settings)
        if self.resumed:
            self.resume(self.resumed, total)
            self.changed.append("resumed after %d steps" % self.done)
        if self.task:
            self.changed.append("trained on a %s" % tasks.label_of(self.task.cluster))
            return self.task.start(fresh=self.resumed is None)
        directory = directory or self.cleanup.enter_context(tempfile.TemporaryDirectory())
        return tf.contrib.learn.RunConfig(model_dir=directory, session_config=self.session_config())

    @contextlib.contextmanager
    def monitor(self, total):
        """A SessionRunHook for Estimator.fit: logs the loss of every step, shows a progress bar, stops at Ctrl-C.

        Raises:
            RunError: the loss is not finite, or TensorFlow failed.
            Interrupted: at the end, after Ctrl-C.
            SystemExit: at the end, in a worker of a cluster that is not its chief.
        """
        from common import monitor  # loads TensorFlow

        task = self.task
        held_back = self.cleanup.enter_context(ctrl_c.HeldBack())
        bar = self.cleanup.enter_context(console.progress(None, "step", total=total))
        try:
            with task.watch() if task else contextlib.ExitStack():
                yield monitor.Monitor(self, task.last_step if task else total, bar, held_back)
        except tf.train.NanLossDuringTrainingError:
            records.require_finite(float("nan"), "training loss, step %d" % (self.done + 1))
        except tf.errors.OpError as error:
            if task and task.is_done_without_this():
                raise SystemExit(0) from error
            where = "checkpoints in %s" % self.options.model_dir if self.options.model_dir else "no --model-dir"
            raise errors.RunError("TensorFlow failed (%s): %s" % (where, errors.reason(error))) from error
        bar.close()
        if held_back.pressed:
            raise self.interrupted()
        if task:
            console.remark("%s did %d steps, total %d" % (task.name, self.done - (self.resumed or 0), total))
            if not task.is_chief:
                raise SystemExit(0)  # the chief predicts, prints and draws

    def origin(self):
        """Where the training started, and on which cluster, as entries of the record."""
        entries = super().origin()
        if self.resumed:
            entries["initial_weights"] = "a checkpoint after %d steps" % self.resumed
        if self.task:
            entries["cluster"] = self.task.cluster
        return entries


def main(module, train, draw):
    """Runs part 7 from the command line; see run.main."""
    run.main(module, train, draw, run=EstimatorRun, extra=tasks.TASK_OPTIONS)
