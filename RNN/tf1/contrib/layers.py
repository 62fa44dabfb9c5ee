"""``tf.contrib.layers``: ``optimize_loss``, by tf-slim, the package that ``tf.contrib.layers`` became.

tf-slim 1.1.0 is the last release and reads names from TensorFlow's inner modules that TensorFlow has since moved.
They are restored where they are missing, and tf-slim's own implementation is used as it is.
"""

import importlib

from tf1 import moved, startup

moved.restore()

# tf_slim.layers does not export it, and `import tf_slim.layers.optimizers` finds a module in the package's place
optimize_loss = importlib.import_module("tf_slim.layers.optimizers").optimize_loss


def __getattr__(name):
    raise AttributeError(startup.not_restored("tf.contrib.layers." + name))
