"""The Estimator: trains, evaluates and predicts with the graph that a model function builds."""

import copy
import os
import tempfile

import tensorflow.compat.v1 as tf

from tf1.contrib.learn import export, inputs
from tf1.contrib.learn import outputs as _outputs
from tf1.contrib.learn.data_feeder import DataFeeder
from tf1.contrib.learn.hooks import StopAfter, WithoutAddedSummary
from tf1.contrib.learn.metric_spec import Metrics, metric_ops, with_updates
from tf1.contrib.learn.model_fn import ModeKeys, argument_names, as_model_fn_ops, require_hooks
from tf1.contrib.learn.run_config import RunConfig, session_config, training_session_config
from tf1.contrib.learn.sk_compat import Parameters
from tf1.installed import estimator as core


class NotFittedError(ValueError, AttributeError):
    """There is no checkpoint yet: fit was not called."""


class Estimator(Parameters):
    """Trains and evaluates a model and predicts with it, with checkpoints in a directory.

    Args:
        model_fn: function(features, labels), which may also take mode, params, config and model_dir. It builds the
            graph and returns a ModelFnOps or a tuple (predictions, loss, train_op).
        model_dir: directory of checkpoints and summaries; None takes that of config, or else a temporary one.
        config: a RunConfig.
        params: passed to model_fn.
        feature_engineering_fn: function(features, labels) -> (features, labels), called before model_fn.

    Raises:
        ValueError: model_dir differs from config's, a setting of config is out of range, or params are given to a
            model_fn that does not take them.
    """

    def __init__(self, model_fn=None, model_dir=None, config=None, params=None, feature_engineering_fn=None):
        config = RunConfig() if config is None else config
        model_dir = None if model_dir is None else os.fspath(model_dir)
        if model_dir is not None and config.model_dir not in (None, model_dir):
            raise ValueError(
                "model_dir is %s for the Estimator, but %s for its RunConfig" % (model_dir, config.model_dir)
            )
        model_dir = model_dir or config.model_dir
        if model_dir is None:
            model_dir = tempfile.mkdtemp()
            tf.logging.warning("Using temporary folder as model directory: %s", model_dir)
        self._config = config.replace(model_dir=model_dir)
        if model_fn is not None:
            takes_params = "params" in argument_names(model_fn)
            if params is not None and not takes_params:
                raise ValueError("params are given, but model_fn %r takes no argument of that name" % (model_fn,))
            if params is None and takes_params:
                tf.logging.warning("model_fn %r takes params, but none are given to the Estimator", model_fn)
        self._model_fn = model_fn
        self.params = params
        self._feature_engineering_fn = feature_engineering_fn
        self._features_seen = None
        self._labels_seen = None
        self._has_trained = False

    @property
    def config(self):
        """A copy of the RunConfig, with model_dir filled in."""
        return copy.deepcopy(self._config)

    @property
    def model_dir(self):
        """The directory of checkpoints and summaries."""
        return self._config.model_dir

    @property
    def model_fn(self):
        """The model function with params bound: function(features, labels, mode, config) -> ModelFnOps."""

        def model_fn(features, labels, mode, config):
            return self._call_model_fn(features, labels, mode, config=config)

        return model_fn

    def fit(self, x=None, y=None, input_fn=None, steps=None, batch_size=None, monitors=None, max_steps=None):
        """Trains, resuming from the latest checkpoint in model_dir.

        Args:
            x: array [n, ...] of features, or {name: array}.
            y: array [n, ...] of labels, {name: array}, or None.
            input_fn: function() -> (features, labels), tensors or dicts of them, in place of x and y.
            steps: steps to train; None with max_steps None: forever.
            batch_size: rows of x per step; None takes all.
            monitors: SessionRunHooks.
            max_steps: global step to stop at; nothing is done if it is reached already.

        Returns:
            self.

        Raises:
            ValueError: the arguments do not go together, model_fn returns an invalid result, or the
                inputs differ in shape or dtype from those of an earlier call.
            TypeError: one of monitors is not a SessionRunHook.
            tf.train.NanLossDuringTrainingError: the loss is NaN.
        """
        if steps is not None and max_steps is not None:
            raise ValueError("Can not provide both steps and max_steps.")
        inputs.require_consistent(x, y, input_fn, None, batch_size)
        hooks = list(monitors or [])
        require_hooks(hooks)
        if max_steps is not None and self._saved_step() >= max_steps:
            tf.logging.info("Skipping training since max_steps has already saved.")
            return self
        if input_fn is None:
            feeder = DataFeeder(x, y, batch_size, shuffle=True)
            input_fn = feeder.input_fn
            hooks.insert(0, tf.train.FeedFnHook(feeder.feed_fn))
        if steps is not None or max_steps is not None:
            hooks.append(tf.train.StopAtStepHook(steps, max_steps))

        found = tf.train.latest_checkpoint(self.model_dir)
        if found and not self._has_trained and max_steps is None:  # max_steps is the total of a run that is resumed
            tf.logging.warning("fit resumes from the checkpoint %s; a changed model needs a different model_dir", found)
        config = self._config.replace(session_config=training_session_config(self._config))
        core.Estimator(self._train_spec, config=config).train(self._inputs(input_fn), hooks)
        self._has_trained = True
        return self

    def partial_fit(self, x=None, y=None, input_fn=None, steps=1, batch_size=None, monitors=None):
        """fit for ``steps`` more steps, default: 1; see there."""
        return self.fit(x, y, input_fn, steps=steps, batch_size=batch_size, monitors=monitors)

    def evaluate(
        self,
        x=None,
        y=None,
        input_fn=None,
        feed_fn=None,
        batch_size=None,
        steps=None,
        metrics=None,
        name=None,
        checkpoint_path=None,
        hooks=None,
        log_progress=True,
    ):
        """Evaluates the model, and writes the result as a summary into the directory eval or eval_NAME of model_dir.

        Args:
            x, y, input_fn, batch_size: as for fit; x is read once, in order.
            feed_fn: function() -> feed of the next batch, StopIteration after the last; for input_fn.
            steps: batches to evaluate; None: to the end of the input.
            metrics: {name: MetricSpec or function(predictions, labels)}; they override those of model_fn.
            name: of this evaluation.
            checkpoint_path: checkpoint to evaluate; None takes the latest.
            hooks: SessionRunHooks.
            log_progress: log each batch.

        Returns:
            {name: value} with "loss", the mean over the batches, "global_step", and the metrics.

        Raises:
            NotFittedError: there is no checkpoint.
            ValueError: the arguments do not go together, or metrics is not a dict.
            TypeError: one of hooks is not a SessionRunHook.
        """
        inputs.require_consistent(x, y, input_fn, feed_fn, batch_size)
        if metrics is not None and not isinstance(metrics, dict):
            raise ValueError("Metrics argument should be None or dict. Got %s." % (metrics,))
        hooks = list(hooks or [])
        require_hooks(hooks)
        checkpoint_path = checkpoint_path or self._latest_checkpoint()
        if input_fn is None:
            feeder = DataFeeder(x, y, batch_size, epochs=1)
            input_fn, feed_fn = feeder.input_fn, feeder.feed_fn
        if feed_fn is not None:
            hooks.append(tf.train.FeedFnHook(feed_fn))
        if steps:
            hooks.append(StopAfter(steps, log_progress))
        # in a cluster too the variables are on this machine, not on a parameter server
        config = self._config.replace(session_config=session_config(self._config), device_fn=lambda op: op.device)
        estimator = core.Estimator(lambda features, labels: self._eval_spec(features, labels, metrics), config=config)
        return estimator.evaluate(self._inputs(input_fn), None, hooks, checkpoint_path, name or None)

    def predict(self, x=None, input_fn=None, batch_size=None, outputs=None, as_iterable=True, iterate_batches=False):
        """Predicts with the latest checkpoint, in the order of the input.

        Args:
            x: array [n, ...] of features, or {name: array}.
            input_fn: function() -> features or (features, labels), in place of x.
            batch_size: rows of x per run; None takes all.
            outputs: names of the predictions wanted, where they are a dict; None for all.
            as_iterable: False returns everything at once (with input_fn: the first batch).
            iterate_batches: yield whole batches.

        Returns:
            A generator (list(...) makes it a list) of one prediction per row, a dict where the predictions are
            a dict; with as_iterable=False an array or {name: array}.

        Raises:
            NotFittedError: there is no checkpoint.
            ValueError: the arguments do not go together, or outputs do not fit the predictions.
        """
        inputs.require_consistent(x, None, input_fn, None, batch_size)
        checkpoint_path = self._latest_checkpoint()
        feed_fn = None
        if input_fn is None:
            feeder = DataFeeder(x, None, batch_size, epochs=1)
            input_fn, feed_fn = feeder.input_fn, feeder.feed_fn
        with tf.Graph().as_default() as graph:
            tf.set_random_seed(self._config.tf_random_seed)
            tf.train.create_global_step()
            given = input_fn()
            features = given[0] if isinstance(given, (tuple, list)) else given
            operations = self._call_model_fn(features, inputs.placeholders(self._labels_seen), ModeKeys.INFER)
            predictions = _outputs.select(operations.predictions, outputs)
            creator = tf.train.ChiefSessionCreator(
                scaffold=operations.scaffold,
                checkpoint_filename_with_path=checkpoint_path,
                config=session_config(self._config),
            )
            session = tf.train.MonitoredSession(creator)
        # nothing is fed and nothing is queued: each batch would be the first again
        constant = feed_fn is None and not graph.get_collection(tf.GraphKeys.QUEUE_RUNNERS)
        batches = _outputs.batches(session, predictions, feed_fn, constant)
        if not as_iterable:
            return _outputs.joined(list(batches) if feed_fn else [next(batches)])
        return batches if iterate_batches else _outputs.one_by_one(batches)

    def get_variable_names(self):
        """Names of all variables in the latest checkpoint.

        Raises:
            NotFittedError: there is no checkpoint.
        """
        return [name for name, _ in tf.train.list_variables(self._latest_checkpoint())]

    def get_variable_value(self, name):
        """Value of a variable in the latest checkpoint, an array.

        Raises:
            NotFittedError: there is no checkpoint.
        """
        return tf.train.load_variable(self._latest_checkpoint(), name)

    def export_savedmodel(
        self,
        export_dir_base,
        serving_input_fn,
        default_output_alternative_key=None,
        assets_extra=None,
        as_text=False,
        checkpoint_path=None,
        graph_rewrite_specs=None,
        strip_default_attrs=False,
    ):
        """Writes the model for serving, as a SavedModel in a new directory that is named by the time.

        Args:
            export_dir_base: directory in which the new one is created.
            serving_input_fn: function() -> InputFnOps.
            default_output_alternative_key: the head for requests that name none.
            assets_extra: {path below assets.extra: file to copy there}.
            as_text: write the graph as text.
            checkpoint_path: checkpoint to export; None takes the latest.
            graph_rewrite_specs: only None; graphs were rewritten by a tool of TensorFlow 1.
            strip_default_attrs: leave out attributes that have their default value.

        Returns:
            The path of the new directory, bytes.

        Raises:
            NotFittedError: there is no checkpoint.
            ValueError: no serving_input_fn, or no such head.
        """
        if serving_input_fn is None:
            raise ValueError("serving_input_fn must be defined.")
        if graph_rewrite_specs is not None:
            raise ValueError("graph_rewrite_specs are not restored")
        return export.export(
            self._call_model_fn,
            checkpoint_path or self._latest_checkpoint(),
            export_dir_base,
            serving_input_fn,
            default_output_alternative_key,
            assets_extra,
            as_text,
            strip_default_attrs,
        )

    def _latest_checkpoint(self):
        found = tf.train.latest_checkpoint(self.model_dir)
        if not found:
            raise NotFittedError("Couldn't find trained model at %s." % self.model_dir)
        return found

    def _saved_step(self):
        """Global step of the latest checkpoint, -1 where there is none that can be read."""
        try:
            return int(self.get_variable_value(tf.GraphKeys.GLOBAL_STEP))
        except (ValueError, tf.errors.OpError):
            return -1

    def _inputs(self, input_fn):
        def remembered():
            features, labels = input_fn()
            self._remember(features, labels)
            return features, labels

        return remembered

    def _train_spec(self, features, labels):
        operations = self._call_model_fn(features, labels, ModeKeys.TRAIN)
        return core.EstimatorSpec(
            core.ModeKeys.TRAIN,
            loss=operations.loss,
            train_op=operations.train_op,
            training_hooks=operations.training_hooks + [WithoutAddedSummary()],
            training_chief_hooks=operations.training_chief_hooks,
            scaffold=operations.scaffold,
        )

    def _eval_spec(self, features, labels, metrics):
        operations = self._call_model_fn(features, labels, ModeKeys.EVAL, metrics)
        return core.EstimatorSpec(
            core.ModeKeys.EVAL,
            predictions=operations.predictions,
            loss=operations.loss,
            eval_metric_ops=Metrics(with_updates(operations.eval_metric_ops)),
            scaffold=operations.scaffold,
        )

    def _remember(self, features, labels):
        """Compares the inputs with those of earlier calls, or remembers their types and shapes."""
        if self._features_seen is None:
            self._features_seen = inputs.signatures(features)
        elif not inputs.is_compatible(features, self._features_seen):
            raise ValueError(
                "Features are incompatible with those of an earlier call: %s, expected %s"
                % (features, self._features_seen)
            )
        if labels is None:
            return
        if self._labels_seen is None:
            self._labels_seen = inputs.signatures(labels)
        elif not inputs.is_compatible(labels, self._labels_seen):
            raise ValueError(
                "Labels are incompatible with those of an earlier call: %s, expected %s" % (labels, self._labels_seen)
            )

    def _call_model_fn(self, features, labels, mode, metrics=None, config=None):
        if self._feature_engineering_fn is not None:
            features, labels = self._feature_engineering_fn(features, labels)
        available = {
            "mode": lambda: mode,
            "params": lambda: self.params,
            "config": lambda: config or self.config,
            "model_dir": lambda: self.model_dir,
        }
        taken = {name: available[name]() for name in argument_names(self._model_fn) if name in available}
        operations = as_model_fn_ops(self._model_fn(features, labels, **taken), mode)
        if metrics:
            operations.eval_metric_ops.update(metric_ops(metrics, features, labels, operations.predictions))
        return operations
