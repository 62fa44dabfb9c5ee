"""``tensorflow.examples``: the part of it that the tutorial uses."""
