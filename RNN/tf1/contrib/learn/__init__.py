"""``tf.contrib.learn``: the Estimator of TensorFlow 1.0 to 1.15, with what belongs to it.

It is a wrapper over ``tf.estimator``. Iterators as ``x`` and the canned estimators are not restored here.
"""

import tensorflow.compat.v1 as tf

from tf1.contrib.learn import learn_runner
from tf1.contrib.learn.estimator import Estimator, NotFittedError
from tf1.contrib.learn.experiment import Experiment
from tf1.contrib.learn.export import ExportStrategy, InputFnOps, ProblemType
from tf1.contrib.learn.metric_spec import MetricSpec
from tf1.contrib.learn.model_fn import ModeKeys, ModelFnOps
from tf1.contrib.learn.run_config import RunConfig
from tf1.contrib.learn.sk_compat import SKCompat
from tf1.installed import startup

NanLossDuringTrainingError = tf.train.NanLossDuringTrainingError

__all__ = [
    "Estimator",
    "Experiment",
    "ExportStrategy",
    "InputFnOps",
    "MetricSpec",
    "ModeKeys",
    "ModelFnOps",
    "NanLossDuringTrainingError",
    "NotFittedError",
    "ProblemType",
    "RunConfig",
    "SKCompat",
    "learn_runner",
]


def __getattr__(name):
    raise AttributeError(startup.not_restored("tf.contrib.learn." + name))
