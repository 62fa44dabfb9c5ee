"""``tf.contrib.learn.python.learn``: the same names as ``tf.contrib.learn``, and the modules that define them."""

from tf1.contrib.learn import *  # noqa: F403
from tf1.contrib.learn import experiment, learn_runner, run_config

__all__ = ["experiment", "learn_runner", "run_config"]
