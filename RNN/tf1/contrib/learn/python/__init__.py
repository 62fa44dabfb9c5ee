"""``tf.contrib.learn.python``: a path that programs of 2017 imported from."""

from tf1.contrib.learn.python import learn

__all__ = ["learn"]
