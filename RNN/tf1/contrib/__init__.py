"""``tf.contrib``: the parts of it that the tutorial uses, under the module paths of TensorFlow 1."""

from tf1.contrib import framework, layers, learn, rnn

__all__ = ["framework", "layers", "learn", "rnn"]
