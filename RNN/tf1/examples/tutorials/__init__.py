"""``tensorflow.examples.tutorials``: the part of it that the tutorial uses."""
