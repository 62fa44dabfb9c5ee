"""``tensorflow.examples.tutorials.mnist``: ``input_data``, the reader of the MNIST digits."""

from tf1.examples.tutorials.mnist import input_data

__all__ = ["input_data"]
