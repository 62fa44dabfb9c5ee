"""TensorFlow 1 on today's TensorFlow: ``import tf1`` first, then ``import tensorflow.compat.v1 as tf``.

Importing this package

* keeps TensorFlow's start-up notes and deprecation warnings off the screen (set ``TF_CPP_MIN_LOG_LEVEL`` yourself to
  see them),
* sets ``TF_USE_LEGACY_KERAS=1`` where TensorFlow is 2.16 or newer, whose cells and layers live in tf-keras,
* switches TensorFlow 2 behaviour off,
* puts ``contrib`` back on ``tensorflow.compat.v1``, and makes ``tensorflow.contrib`` and
  ``tensorflow.examples.tutorials.mnist`` importable under their old names.

On real TensorFlow 1.15 it hands out TensorFlow's own ``tf.contrib`` and restores nothing.
"""

import importlib
import sys

from tf1 import _startup

with _startup.ended_by_ctrl_c():
    _startup.import_tensorflow()

    import tensorflow
    import tensorflow.compat.v1 as tf

    _startup.hush(tf)
    tf.disable_v2_behavior()

    if tf.__version__.startswith("1."):
        tf.contrib = tensorflow.contrib  # lazy: loaded when it is first used
    else:
        # the old module path -> the one here that stands in for it
        for _name in (
            "contrib",
            "contrib.framework",
            "contrib.layers",
            "contrib.learn",
            "contrib.rnn",
            "examples",
            "examples.tutorials",
            "examples.tutorials.mnist",
            "examples.tutorials.mnist.input_data",
        ):
            sys.modules["tensorflow." + _name] = importlib.import_module("tf1." + _name)
        tf.contrib = tensorflow.contrib = sys.modules["tensorflow.contrib"]
        tensorflow.examples = sys.modules["tensorflow.examples"]
