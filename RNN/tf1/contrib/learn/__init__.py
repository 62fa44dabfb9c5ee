"""``tf.contrib.learn``: the Estimator of TensorFlow 1.0 to 1.15, with what belongs to it.

Training and evaluation run on ``tf.estimator`` where TensorFlow has it (up to 2.15), on sessions of ``tf.train`` where
it has not, with the same behaviour. Machines in a cluster, iterators as ``x`` and the ready-made estimators are not
restored.
"""

import tensorflow.compat.v1 as tf

from tf1.contrib.learn.estimator import Estimator, NotFittedError, SKCompat
from tf1.contrib.learn.export import InputFnOps, ProblemType
from tf1.contrib.learn.metric_spec import MetricSpec
from tf1.contrib.learn.model_fn import ModeKeys, ModelFnOps
from tf1.contrib.learn.run_config import RunConfig

NanLossDuringTrainingError = tf.train.NanLossDuringTrainingError

__all__ = [
    "Estimator",
    "InputFnOps",
    "MetricSpec",
    "ModeKeys",
    "ModelFnOps",
    "NanLossDuringTrainingError",
    "NotFittedError",
    "ProblemType",
    "RunConfig",
    "SKCompat",
]
