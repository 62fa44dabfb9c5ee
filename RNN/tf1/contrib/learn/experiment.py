"""``Experiment``: an Estimator with its inputs, and the schedules by which a task of a cluster trains or evaluates."""

import math
import os
import threading
import time

import tensorflow.compat.v1 as tf

from tf1.contrib.learn.estimator import Estimator
from tf1.contrib.learn.export import ExportStrategy
from tf1.contrib.learn.model_fn import argument_names
from tf1.contrib.learn.run_config import RunConfig
from tf1.installed import estimator as core
from tf1.installed import server


class Experiment:
    """An Estimator with the inputs and settings that its training and evaluation need.

    Args:
        estimator: a learn.Estimator or a tf.estimator.Estimator.
        train_input_fn, eval_input_fn: functions () -> (features, labels).
        eval_metrics: {name: MetricSpec}; None for a tf.estimator.Estimator.
        train_steps: global step to stop at; None: no end.
        eval_steps: batches of an evaluation; None evaluates to the end of the input.
        train_monitors, eval_hooks: SessionRunHooks.
        local_eval_frequency: min_eval_frequency of local_run; None evaluates after the training only.
        eval_delay_secs: seconds before an evaluation starts.
        continuous_eval_throttle_secs: least time from the start of one continuous evaluation to that of the next.
        min_eval_frequency: train_and_evaluate looks for a new checkpoint to evaluate every so many steps (default: 1);
            0 evaluates after the training only.
        delay_workers_by_global_step: further workers start at a global step, not after some seconds.
        export_strategies: an ExportStrategy, several, or None.
        train_steps_per_iteration: steps between two evaluations of continuous_train_and_eval; None takes a tenth of
            train_steps.
        checkpoint_and_export: train_and_evaluate evaluates and exports each checkpoint it saves.
        saving_listeners: CheckpointSaverListeners, for a tf.estimator.Estimator.
        check_interval_secs: seconds between two looks for a new checkpoint.

    Raises:
        ValueError: estimator is not an Estimator, or an argument does not fit it.
    """

    def __init__(
        self,
        estimator,
        train_input_fn,
        eval_input_fn,
        eval_metrics=None,
        train_steps=None,
        eval_steps=100,
        train_monitors=None,
        eval_hooks=None,
        local_eval_frequency=None,
        eval_delay_secs=120,
        continuous_eval_throttle_secs=60,
        min_eval_frequency=None,
        delay_workers_by_global_step=False,
        export_strategies=None,
        train_steps_per_iteration=None,
        checkpoint_and_export=False,
        saving_listeners=None,
        check_interval_secs=5,
    ):
        self._is_core = isinstance(estimator, core.Estimator)
        if self._is_core and eval_metrics is not None:
            raise ValueError("`eval_metrics` must be `None` with `tf.estimator.Estimator`.")
        if not self._is_core and not isinstance(estimator, Estimator):
            raise ValueError("`estimator` must be a tf.contrib.learn.Estimator or tf.estimator.Estimator.")
        if not self._is_core and saving_listeners is not None:
            raise ValueError("`saving_listeners` must be `None` with `tf.contrib.learn.Estimator`.")
        if train_steps_per_iteration is not None and not isinstance(train_steps_per_iteration, int):
            raise ValueError("`train_steps_per_iteration` must be an integer.")
        self._estimator = estimator
        self._train_input_fn, self._eval_input_fn = train_input_fn, eval_input_fn
        self._eval_metrics = eval_metrics
        self._train_steps, self._eval_steps = train_steps, eval_steps
        self._train_monitors, self._eval_hooks = list(train_monitors or []), list(eval_hooks or [])
        self._local_eval_frequency = local_eval_frequency
        self._eval_delay_secs = eval_delay_secs
        self._continuous_eval_throttle_secs = continuous_eval_throttle_secs
        self._min_eval_frequency = 1 if min_eval_frequency is None else min_eval_frequency
        self._delay_workers_by_global_step = delay_workers_by_global_step
        self._train_steps_per_iteration = train_steps_per_iteration
        self._checkpoint_and_export = checkpoint_and_export
        self._saving_listeners = saving_listeners
        self._check_interval_secs = check_interval_secs
        self.reset_export_strategies(export_strategies)

    estimator = property(lambda self: self._estimator)
    eval_metrics = property(lambda self: self._eval_metrics)
    train_steps = property(lambda self: self._train_steps)
    eval_steps = property(lambda self: self._eval_steps)

    def extend_train_hooks(self, additional_hooks):
        """Adds SessionRunHooks to those of the training."""
        self._train_monitors.extend(additional_hooks)

    def reset_export_strategies(self, new_export_strategies=None):
        """Replaces the ExportStrategies by one, several or none, and returns the old ones.

        Raises:
            ValueError: one is not an ExportStrategy.
        """
        new = new_export_strategies or ()
        new = (new,) if isinstance(new, ExportStrategy) else tuple(new)
        for strategy in new:
            if not isinstance(strategy, ExportStrategy):
                raise ValueError("`export_strategies` must be an ExportStrategy or several, found %s." % (strategy,))
        old, self._export_strategies = getattr(self, "_export_strategies", ()), new
        return old

    def train(self, delay_secs=None):
        """Trains up to the global step train_steps; in a cluster (environment "cloud") starts the task's server first.

        Args:
            delay_secs: seconds to wait before; None lets worker n wait 5 n seconds, at most 60.

        Returns:
            The Estimator.

        Raises:
            ValueError: a cluster is configured by anything but a learn.RunConfig.
        """
        return self._train(delay_secs, self._train_monitors)

    def evaluate(self, delay_secs=None, name=None):
        """Evaluates the latest checkpoint.

        Args:
            delay_secs: seconds to wait before; None takes eval_delay_secs.
            name: of the evaluation; None is one_pass.

        Returns:
            The Estimator's {name: value}.
        """
        time.sleep(self._eval_delay_secs if delay_secs is None else delay_secs)
        return self._call_evaluate(name or "one_pass")

    def local_run(self):
        """train_and_evaluate with the frequency local_eval_frequency."""
        return self._train_and_evaluate(self._local_eval_frequency)

    def train_and_evaluate(self):
        """Trains, with evaluations of new checkpoints in between, then evaluates and exports.

        Returns:
            (the result of the last evaluation, [result of each ExportStrategy]).
        """
        return self._train_and_evaluate(self._min_eval_frequency)

    def continuous_eval(
        self,
        delay_secs=None,
        throttle_delay_secs=None,
        evaluate_checkpoint_only_once=True,
        continuous_eval_predicate_fn=None,
        name="continuous",
    ):
        """Evaluates and exports each new checkpoint until one of the global step train_steps.

        Args:
            delay_secs: seconds to wait before; None takes eval_delay_secs.
            throttle_delay_secs: see continuous_eval_throttle_secs.
            evaluate_checkpoint_only_once: False evaluates a checkpoint again while there is no newer one.
            continuous_eval_predicate_fn: function(eval_results) or (eval_results, checkpoint_path) -> whether to
                continue; both are None at first.
            name: of the evaluations.

        Raises:
            ValueError: the predicate is not callable.
        """
        self._continuous_eval(self._eval_input_fn, delay_secs, throttle_delay_secs, evaluate_checkpoint_only_once,
                              continuous_eval_predicate_fn, name, self._export)  # fmt: skip

    def continuous_eval_on_train_data(
        self,
        delay_secs=None,
        throttle_delay_secs=None,
        continuous_eval_predicate_fn=None,
        name="continuous_on_train_data",
    ):
        """continuous_eval with the training input, without exports."""
        self._continuous_eval(self._train_input_fn, delay_secs, throttle_delay_secs, True,
                              continuous_eval_predicate_fn, name, lambda result, checkpoint_path: [])  # fmt: skip

    def continuous_train_and_eval(self, continuous_eval_predicate_fn=None):
        """Trains and evaluates in turn up to the global step train_steps, on one machine.

        Args:
            continuous_eval_predicate_fn: as for continuous_eval.

        Returns:
            As train_and_evaluate.
        """
        continues = _predicate(continuous_eval_predicate_fn)
        steps = self._train_steps_per_iteration
        if steps is None:
            steps = 1000 if self._train_steps is None else self._train_steps // 10
        path, result, exported = None, None, None
        while continues(result, path) and not self._is_trained(result):
            self._call_train(self._train_monitors, steps=steps)
            path = tf.train.latest_checkpoint(self._estimator.model_dir)
            result = self._call_evaluate("one_pass", checkpoint_path=path)
            exported = self._export(result)
        return result, exported

    def run_std_server(self):
        """Starts the task's server, and serves until a signal ends the program: the schedule of a parameter server.

        Raises:
            ValueError: TF_CONFIG names no cluster, or no task.
        """
        # in a thread, because no signal, not even Ctrl-C, interrupts join
        waiting = threading.Thread(target=self._start_server().join, daemon=True)
        waiting.start()
        while waiting.is_alive():
            waiting.join(0.5)  # in pieces: a signal that comes just before a wait is handled after it

    def test(self):
        """Trains one step, evaluates one batch and exports; returns the result of the evaluation."""
        self._call_train(self._train_monitors, steps=1)
        result = self._call_evaluate("one_pass", steps=1)
        self._export(result)
        return result

    def _train(self, delay_secs, hooks):
        config = self._estimator.config
        if config.cluster_spec and config.master:
            if not isinstance(config, RunConfig):
                raise ValueError("For a cluster Experiment needs a tf.contrib.learn.RunConfig, not %s" % type(config))
            if config.environment == "local":
                tf.logging.warning("TF_CONFIG has a cluster, but its environment is local: no server is started; "
                                   'set "environment" to "cloud"')  # fmt: skip
            elif config.environment != "google":
                self._start_server()
        if delay_secs is None:
            delay_secs = min(60, 5 * (config.task_id or 0))
            if self._delay_workers_by_global_step:
                delay_secs, start = 0, int(8000 * math.log((config.task_id or 0) + 1))
                hooks = hooks + [tf.train.GlobalStepWaiterHook(start)]
        time.sleep(delay_secs)
        return self._call_train(hooks, max_steps=self._train_steps)

    def _start_server(self):
        config = self._estimator.config
        if not config.cluster_spec or not config.task_type or not config.master or config.task_id is None:
            raise ValueError(
                "Could not start server; be sure to specify cluster_spec, task_type, master, and task in RunConfig or "
                "set the TF_CONFIG environment variable."
            )
        return server.start(config.cluster_spec, config.task_type, config.task_id, config.tf_config)

    def _train_and_evaluate(self, frequency):
        config = self._estimator.config
        if self._checkpoint_and_export and (config.save_checkpoints_secs or config.save_checkpoints_steps):
            evaluation = _EvaluationListener(self)
            saver = tf.train.CheckpointSaverHook(
                config.model_dir, config.save_checkpoints_secs, config.save_checkpoints_steps, listeners=[evaluation]
            )
            self._train(0, self._train_monitors + [saver])
            return evaluation.result, evaluation.exported
        hooks = [_EvaluationHook(self, frequency, self._check_interval_secs)] if frequency else []
        self._train(0, self._train_monitors + hooks)
        result = self._call_evaluate(None)
        return result, self._export(result)

    def _continuous_eval(self, input_fn, delay_secs, throttle, only_once, predicate_fn, name, export):
        continues = _predicate(predicate_fn)
        time.sleep(self._eval_delay_secs if delay_secs is None else delay_secs)
        throttle = self._continuous_eval_throttle_secs if throttle is None else throttle
        previous, result = None, None
        while continues(result, previous) and not self._is_trained(result):
            started = time.time()
            path = tf.train.latest_checkpoint(self._estimator.model_dir)
            if not path or (only_once and path == previous):
                result = {}
            else:
                result = self._call_evaluate(name, input_fn, checkpoint_path=path) or {}
                export(result, checkpoint_path=path)
                previous = path
            time.sleep(max(0, started + throttle - time.time()))

    def _is_trained(self, result):
        step = (result or {}).get(tf.GraphKeys.GLOBAL_STEP)
        return bool(step and self._train_steps and step >= self._train_steps)

    def _call_train(self, hooks, steps=None, max_steps=None):
        if self._is_core:
            return self._estimator.train(self._train_input_fn, hooks, steps, max_steps, self._saving_listeners)
        return self._estimator.fit(input_fn=self._train_input_fn, steps=steps, max_steps=max_steps, monitors=hooks)

    def _call_evaluate(self, name, input_fn=None, steps=None, checkpoint_path=None):
        more = {} if self._is_core else {"metrics": self._eval_metrics}
        return self._estimator.evaluate(
            input_fn=input_fn or self._eval_input_fn,
            steps=steps or self._eval_steps,
            name=name,
            checkpoint_path=checkpoint_path,
            hooks=self._eval_hooks,
            **more,
        )

    def _export(self, result, checkpoint_path=None):
        base = os.path.join(self._estimator.model_dir, "export")
        return [
            strategy.export(self._estimator, os.fsencode(os.path.join(base, strategy.name)), checkpoint_path, result)
            for strategy in self._export_strategies
        ]


class _EvaluationListener(tf.train.CheckpointSaverListener):
    """Evaluates and exports each checkpoint that a training saves."""

    def __init__(self, experiment):
        self._experiment, self._path = experiment, None
        self.result, self.exported = None, None

    def after_save(self, session, global_step_value):
        path = tf.train.latest_checkpoint(self._experiment.estimator.model_dir)
        if path and path != self._path:
            self._path = path
            self.result = self._experiment._call_evaluate("intermediate_export", checkpoint_path=path)
            self.exported = self._experiment._export(self.result, path)


class _EvaluationHook(tf.train.SessionRunHook):
    """Every some steps of a training, looks for a new checkpoint and evaluates it."""

    def __init__(self, experiment, every_n_steps, interval):
        self._experiment, self._every_n_steps, self._interval = experiment, every_n_steps, interval
        self._steps, self._path, self._looked = 0, None, None

    def after_run(self, run_context, run_values):
        self._steps += 1
        now = time.time()
        if self._steps % self._every_n_steps or (self._looked and now - self._looked <= (self._interval or 0)):
            return
        self._looked = now
        path = tf.train.latest_checkpoint(self._experiment.estimator.model_dir)
        if path and path != self._path:
            self._path = path
            self._experiment._call_evaluate(None)


def _predicate(function):
    """The predicate of a continuous evaluation as a function(eval_results, checkpoint_path)."""
    if function is None:
        return lambda result, path: True
    if not callable(function):
        raise ValueError("`continuous_eval_predicate_fn` must be a callable, or None.")
    if "checkpoint_path" in argument_names(function):
        return lambda result, path: function(result, checkpoint_path=path)
    return lambda result, path: function(result)
