"""The Estimator: trains, evaluates and predicts with the graph that a model function builds."""

import atexit
import collections
import copy
import os
import tempfile
import weakref

import numpy as np
import tensorflow.compat.v1 as tf

from tf1 import estimator as core
from tf1.contrib.learn import export
from tf1.contrib.learn.data_feeder import DataFeeder
from tf1.contrib.learn.metric_spec import LOSS, metric_ops, with_updates
from tf1.contrib.learn.model_fn import ModeKeys, argument_names, as_model_fn_ops, require_hooks
from tf1.contrib.learn.run_config import RunConfig, session_config, training_session_config


class NotFittedError(ValueError, AttributeError):
    """There is no checkpoint yet: fit was not called."""


class _Parameters:
    """get_params and set_params as scikit-learn has them: over the public attributes."""

    def get_params(self, deep=True):
        """{name: value} of the parameters; with ``deep``, of those within them too, as name__inner."""
        found = {}
        for name, value in vars(self).items():
            if name.startswith("_") or callable(value):
                continue
            if deep and hasattr(value, "get_params"):
                found.update({name + "__" + inner: item for inner, item in value.get_params().items()})
            found[name] = value
        return found

    def set_params(self, **params):
        """Sets parameters by name.

        Returns:
            self.

        Raises:
            ValueError: there is no such parameter.
        """
        for key, value in params.items():
            name, _, inner = key.partition("__")
            known = self.get_params(deep=True)
            if name not in known:
                raise ValueError("Invalid parameter %s for estimator %s." % (name, type(self).__name__))
            if inner:
                known[name].set_params(**{inner: value})
            else:
                setattr(self, name, value)
        return self


class Estimator(_Parameters):
    """Trains and evaluates a model and predicts with it, over checkpoints in a folder.

    Args:
        model_fn: function(features, labels), which may also take mode, params, config and model_dir. It builds the
            graph and returns a ModelFnOps or a tuple (predictions, loss, train_op).
        model_dir: folder of checkpoints and summaries; None takes that of config, or else a temporary one.
        config: a RunConfig.
        params: handed to model_fn.
        feature_engineering_fn: function(features, labels) -> (features, labels), called before model_fn.

    Raises:
        ValueError: model_dir differs from config's, a setting of config is out of range, or params are given to a
            model_fn that takes none.
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
        """The folder of checkpoints and summaries."""
        return self._config.model_dir

    @property
    def model_fn(self):
        """The model function with params bound: function(features, labels, mode, config) -> ModelFnOps."""

        def model_fn(features, labels, mode, config):
            return self._call_model_fn(features, labels, mode, config=config)

        return model_fn

    def fit(self, x=None, y=None, input_fn=None, steps=None, batch_size=None, monitors=None, max_steps=None):
        """Trains, going on from the latest checkpoint of model_dir.

        Args:
            x: array [n, ...] of features, or {name: array}.
            y: array [n, ...] of labels, {name: array}, or None.
            input_fn: function() -> (features, labels), tensors or dicts of them, in place of x and y.
            steps: steps to train; None with max_steps None: for ever.
            batch_size: rows of x per step; None takes all.
            monitors: SessionRunHooks.
            max_steps: global step to stop at; nothing is done if it is reached already.

        Returns:
            self.

        Raises:
            ValueError: the arguments do not go together, model_fn returns something else than it should, or the
                inputs differ in shape or dtype from those of an earlier call.
            TypeError: one of monitors is no SessionRunHook.
            tf.train.NanLossDuringTrainingError: the loss is NaN.
        """
        if steps is not None and max_steps is not None:
            raise ValueError("Can not provide both steps and max_steps.")
        _check_inputs_given(x, y, input_fn, None, batch_size)
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
        """fit for ``steps`` more steps, one if not told otherwise; see there."""
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
        """Evaluates the model, and writes the result as a summary into the folder eval or eval_NAME of model_dir.

        Args:
            x, y, input_fn, batch_size: as for fit; x is gone through once, in order.
            feed_fn: function() -> feed of the next batch, StopIteration after the last; for input_fn.
            steps: batches to evaluate; None goes on to the end of the input.
            metrics: {name: MetricSpec or function(predictions, labels)}; they override those of model_fn.
            name: of this evaluation.
            checkpoint_path: checkpoint to evaluate; None takes the latest.
            hooks: SessionRunHooks.
            log_progress: log each batch.

        Returns:
            {name: value} with "loss", the mean over the batches, "global_step", and the metrics.

        Raises:
            NotFittedError: there is no checkpoint.
            ValueError: the arguments do not go together, or metrics is no dict.
            TypeError: one of hooks is no SessionRunHook.
        """
        _check_inputs_given(x, y, input_fn, feed_fn, batch_size)
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
            hooks.append(_StopAfter(steps, log_progress))
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
            A generator (to get a list, say list(...)) of one prediction per row, a dict where the predictions are
            a dict; with as_iterable=False an array or {name: array}.

        Raises:
            NotFittedError: there is no checkpoint.
            ValueError: the arguments do not go together, or outputs do not fit the predictions.
        """
        _check_inputs_given(x, None, input_fn, None, batch_size)
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
            operations = self._call_model_fn(features, _placeholders(self._labels_seen), ModeKeys.INFER)
            predictions = _select(operations.predictions, outputs)
            creator = tf.train.ChiefSessionCreator(
                scaffold=operations.scaffold,
                checkpoint_filename_with_path=checkpoint_path,
                config=session_config(self._config),
            )
            session = tf.train.MonitoredSession(creator)
        # nothing is fed and nothing is queued: each batch would be the first again
        constant = feed_fn is None and not graph.get_collection(tf.GraphKeys.QUEUE_RUNNERS)
        batches = _batches(session, predictions, feed_fn, constant)
        _unfinished.add(batches)
        if not as_iterable:
            return _joined(list(batches) if feed_fn else [next(batches)])
        return batches if iterate_batches else _one_by_one(batches)

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
        """Writes the model for serving, as a SavedModel in a new folder that is named by the time.

        Args:
            export_dir_base: folder in which the new one is made.
            serving_input_fn: function() -> InputFnOps.
            default_output_alternative_key: the head that answers where a request names none.
            assets_extra: {path below assets.extra: file to copy there}.
            as_text: write the graph as text.
            checkpoint_path: checkpoint to export; None takes the latest.
            graph_rewrite_specs: only None; the tool that rewrote graphs ended with TensorFlow 1.
            strip_default_attrs: leave out attributes that have their default value.

        Returns:
            The path of the new folder, bytes.

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
        def inputs():
            features, labels = input_fn()
            self._remember(features, labels)
            return features, labels

        return inputs

    def _train_spec(self, features, labels):
        operations = self._call_model_fn(features, labels, ModeKeys.TRAIN)
        return core.EstimatorSpec(
            core.ModeKeys.TRAIN,
            loss=operations.loss,
            train_op=operations.train_op,
            training_hooks=operations.training_hooks + [_WithoutAddedSummary()],
            training_chief_hooks=operations.training_chief_hooks,
            scaffold=operations.scaffold,
        )

    def _eval_spec(self, features, labels, metrics):
        operations = self._call_model_fn(features, labels, ModeKeys.EVAL, metrics)
        return core.EstimatorSpec(
            core.ModeKeys.EVAL,
            predictions=operations.predictions,
            loss=operations.loss,
            eval_metric_ops=_Metrics(with_updates(operations.eval_metric_ops)),
            scaffold=operations.scaffold,
        )

    def _remember(self, features, labels):
        """Holds the inputs against those of earlier calls, or keeps what they look like."""
        if self._features_seen is None:
            self._features_seen = _signatures(features)
        elif not _compatible(features, self._features_seen):
            raise ValueError(
                "Features are incompatible with those of an earlier call: %s, expected %s"
                % (features, self._features_seen)
            )
        if labels is None:
            return
        if self._labels_seen is None:
            self._labels_seen = _signatures(labels)
        elif not _compatible(labels, self._labels_seen):
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


class SKCompat(_Parameters):
    """An Estimator as scikit-learn would have it: arrays in, arrays out, 128 rows at a time.

    Args:
        estimator: the Estimator.
    """

    def __init__(self, estimator):
        self._estimator = estimator

    def fit(self, x, y, batch_size=128, steps=None, max_steps=None, monitors=None):
        """Estimator.fit; returns self."""
        self._estimator.fit(x, y, batch_size=batch_size, steps=steps, max_steps=max_steps, monitors=monitors)
        return self

    def score(self, x, y, batch_size=128, steps=None, metrics=None, name=None):
        """Estimator.evaluate."""
        return self._estimator.evaluate(x, y, batch_size=batch_size, steps=steps, metrics=metrics, name=name)

    def predict(self, x, batch_size=128, outputs=None):
        """Estimator.predict, as an array [n, ...] or {name: array}."""
        return self._estimator.predict(x, batch_size=batch_size, outputs=outputs, as_iterable=False)


class _StopAfter(tf.train.SessionRunHook):
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


class _WithoutAddedSummary(tf.train.SessionRunHook):
    """Takes out the summary of the loss that tf.estimator adds to those of the model; contrib.learn added none."""

    def __init__(self):
        own = tf.get_collection(tf.GraphKeys.SUMMARIES)
        self._place = None if any(summary.op.name == "loss" for summary in own) else len(own)

    def begin(self):
        if self._place is not None:
            del tf.get_collection_ref(tf.GraphKeys.SUMMARIES)[self._place]


class _Metrics(dict):
    """Metrics for tf.estimator, which adds the mean loss and refuses another "loss"; contrib.learn preferred that."""

    def __contains__(self, name):
        return name != LOSS and super().__contains__(name)

    def __setitem__(self, name, metric):
        self.setdefault(name, metric)


def _check_inputs_given(x, y, input_fn, feed_fn, batch_size):
    if input_fn is None:
        if x is None:
            raise ValueError("Either x or input_fn must be provided.")
        if tf.is_tensor(x) or tf.is_tensor(y):
            raise ValueError("Inputs cannot be tensors. Please provide input_fn.")
        if feed_fn is not None:
            raise ValueError("Can not provide both feed_fn and x or y.")
    elif x is not None or y is not None:
        raise ValueError("Can not provide both input_fn and x or y.")
    elif batch_size is not None:
        raise ValueError("Can not provide both input_fn and batch_size.")


# what a tensor looks like; the first dimension, that of the batch, may change. A sparse tensor has no shape.
_Signature = collections.namedtuple("_Signature", ["dtype", "shape"])


def _signatures(tensors):
    if isinstance(tensors, dict):
        return {name: _signatures(tensor) for name, tensor in tensors.items()}
    if tensors is None:
        return None
    sparse = isinstance(tensors, tf.SparseTensor)
    return _Signature(tensors.dtype, None if sparse else tensors.shape)


def _compatible(tensors, seen):
    if isinstance(seen, dict):
        return isinstance(tensors, dict) and all(
            name in tensors and _compatible(tensors[name], seen[name]) for name in seen
        )
    if tensors is None or isinstance(tensors, dict):
        return False
    found = _signatures(tensors)
    if found.dtype != seen.dtype or (found.shape is None) != (seen.shape is None):
        return False
    if found.shape is None or found.shape.rank is None or seen.shape.rank is None:
        return True
    return found.shape.rank == seen.shape.rank and found.shape[1:].is_compatible_with(seen.shape[1:])


def _placeholders(seen):
    if seen is None:
        return None
    if isinstance(seen, dict):
        return {name: _placeholders(signature) for name, signature in seen.items()}
    if seen.shape is None:
        return tf.sparse_placeholder(seen.dtype)
    if seen.shape.rank is None:
        return tf.placeholder(seen.dtype)
    return tf.placeholder(seen.dtype, [None] + seen.shape[1:].as_list() if seen.shape.rank else [])


def _one_by_one(batches):
    for batch in batches:
        if not isinstance(batch, dict):
            yield from batch
            continue
        first = next(iter(batch.values()))
        rows = first.dense_shape[0] if isinstance(first, tf.SparseTensorValue) else len(first)
        for row in range(rows):
            yield {name: values[row] for name, values in batch.items()}


def _joined(batches):
    if isinstance(batches[0], dict):
        return {name: np.concatenate([batch[name] for batch in batches]) for name in batches[0]}
    return np.concatenate(batches)


def _select(predictions, outputs):
    if not outputs:
        return predictions
    if not isinstance(predictions, dict):
        raise ValueError("outputs can be chosen only where the predictions are a dict.")
    chosen = {name: value for name, value in predictions.items() if name in outputs}
    if not chosen:
        raise ValueError("outputs must name some of %s, got %s" % (sorted(predictions), outputs))
    return chosen


def _batches(session, predictions, feed_fn, constant):
    with session:
        while not session.should_stop():
            yield session.run(predictions, feed_fn() if feed_fn else None)
            if constant:
                return


_unfinished = weakref.WeakSet()


@atexit.register
def _close_unfinished():
    """Ends the sessions of generators that were not run to their end, while TensorFlow is still complete."""
    for batches in list(_unfinished):
        batches.close()
