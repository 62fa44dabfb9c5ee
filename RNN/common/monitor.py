"""The hook by which part 7 watches its Estimator's training. Importing this module loads TensorFlow."""

from common import weights

import tf1 as tf


class Monitor(tf.train.SessionRunHook):
    """Logs the loss of every step, moves the progress bar, stops after Ctrl-C.

    Args:
        run: the EstimatorRun.
        last_step: the global step to stop at.
        bar: the progress bar.
        held_back: the Ctrl-C that is held back.
    """

    def __init__(self, run, last_step, bar, held_back):
        self.run, self.last_step, self.bar, self.held_back = run, last_step, bar, held_back

    def begin(self):
        task = self.run.task
        self.loss, self.step = tf.losses.get_losses()[0], tf.train.get_global_step()
        self.bar.update(self.run.done)
        if not task or task.is_chief:
            self.run.open_log(tf.get_default_graph())
        if task:
            task.wait_for_chief()

    def after_create_session(self, session, coord):
        task, chosen = self.run.task, self.run.options
        if task and not task.is_chief:
            if session.run(self.step) >= self.last_step:
                coord.request_stop()
        elif chosen.save_initial_weights and not self.run.resumed:
            weights.save(chosen.save_initial_weights, session)

    def before_run(self, run_context):
        return tf.train.SessionRunArgs([self.loss, self.step])

    def after_run(self, run_context, run_values):
        loss, step = run_values.results
        self.run.log(train_loss=loss)
        self.run.done += 1
        self.bar.update()
        if self.run.task:
            self.run.task.note_step()
        if self.held_back.pressed or step >= self.last_step:
            run_context.request_stop()
