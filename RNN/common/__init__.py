"""What the scripts share and none teaches. ``run.Run`` is their one door to it."""

from common import errors

errors.start()  # before numpy and TensorFlow are imported
