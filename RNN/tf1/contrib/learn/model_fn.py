"""The arguments and the result of a model function."""

import collections
import functools
import inspect

import tensorflow.compat.v1 as tf


class ModeKeys:
    """The modes of a model function."""

    TRAIN = "train"
    EVAL = "eval"
    INFER = "infer"

    @classmethod
    def validate(cls, key):
        """Raises a ValueError for anything but the three modes."""
        if key not in (cls.TRAIN, cls.EVAL, cls.INFER):
            raise ValueError("Invalid mode %s." % key)


_FIELDS = (
    "predictions",
    "loss",
    "train_op",
    "eval_metric_ops",
    "output_alternatives",
    "training_chief_hooks",
    "training_hooks",
    "scaffold",
    "mode",
)


class ModelFnOps(collections.namedtuple("ModelFnOps", _FIELDS)):
    """The result of a model function.

    Args:
        mode: one of ModeKeys.
        predictions: tensor [batch, ...], or {name: tensor}; needed for EVAL and INFER.
        loss: tensor of one element; needed for TRAIN and EVAL.
        train_op: operation or tensor that does a step; needed for TRAIN.
        eval_metric_ops: {name: (value, update)}, as the functions of tf.metrics return them.
        output_alternatives: {head: (ProblemType, {name: tensor})}, for export_savedmodel.
        training_chief_hooks, training_hooks: SessionRunHooks for training.
        scaffold: tf.train.Scaffold.

    Raises:
        ValueError: something needed is missing, the loss has more than one element, the mode is not one of the three,
            or eval_metric_ops is not a dict.
        TypeError: a hook is not a SessionRunHook.
    """

    __slots__ = ()

    def __new__(
        cls,
        mode,
        predictions=None,
        loss=None,
        train_op=None,
        eval_metric_ops=None,
        output_alternatives=None,
        training_chief_hooks=None,
        training_hooks=None,
        scaffold=None,
    ):
        ModeKeys.validate(mode)
        if train_op is None:
            if mode == ModeKeys.TRAIN:
                raise ValueError("Missing train_op.")
        elif not isinstance(train_op, tf.Operation):
            train_op = tf.convert_to_tensor(train_op).op

        if loss is None:
            if mode != ModeKeys.INFER:
                raise ValueError("Missing loss.")
        else:
            loss = tf.convert_to_tensor(loss)
            if loss.shape.num_elements() not in (None, 1):
                raise ValueError("Loss must be scalar: %s." % loss)
            if not loss.shape.is_compatible_with([]):
                loss = tf.reshape(loss, [])

        if predictions is None:
            if mode != ModeKeys.TRAIN:
                raise ValueError("Missing predictions.")
        elif isinstance(predictions, dict):
            predictions = {name: _tensor(value) for name, value in predictions.items()}
        else:
            predictions = _tensor(predictions)

        if eval_metric_ops is None:
            eval_metric_ops = {}
        elif not isinstance(eval_metric_ops, dict):
            raise ValueError("eval_metric_ops must be a dict.")
        training_chief_hooks = list(training_chief_hooks or [])
        training_hooks = list(training_hooks or [])
        require_hooks(training_hooks + training_chief_hooks)
        return super().__new__(
            cls,
            predictions=predictions,
            loss=loss,
            train_op=train_op,
            eval_metric_ops=eval_metric_ops,
            output_alternatives=output_alternatives,
            training_chief_hooks=training_chief_hooks,
            training_hooks=training_hooks,
            scaffold=scaffold,
            mode=mode,
        )


def _tensor(value):
    return value if isinstance(value, tf.SparseTensor) else tf.convert_to_tensor(value)


def require_hooks(hooks):
    """Raises a TypeError that names the first of ``hooks`` that is not a SessionRunHook."""
    for hook in hooks:
        if not isinstance(hook, tf.train.SessionRunHook):
            raise TypeError("hooks must be SessionRunHooks, got %s: %r" % (type(hook).__name__, hook))


def argument_names(function):
    """Names of the arguments that a caller of ``function`` may give by name, without those bound by partial."""
    bound = set()
    positional = 0
    while isinstance(function, functools.partial):
        bound |= set(function.keywords)
        positional += len(function.args)
        function = function.func
    parameters = inspect.signature(function).parameters.values()
    names = [p.name for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    return [name for name in names[positional:] if name not in bound]


def as_model_fn_ops(returned, mode):
    """The result of a model function as a ModelFnOps.

    Raises:
        ValueError: it is neither a ModelFnOps nor a tuple (predictions, loss, train_op).
    """
    if isinstance(returned, ModelFnOps):
        return returned
    if not isinstance(returned, (tuple, list)) or len(returned) != 3:
        raise ValueError(
            "model_fn must return ModelFnOps or a tuple (predictions, loss, train_op), not %r" % (returned,)
        )
    predictions, loss, train_op = returned
    return ModelFnOps(mode=mode, predictions=predictions, loss=loss, train_op=train_op)
