"""The TensorFlow that is installed: which one, how it is loaded as TensorFlow 1's API, and what it lacks for that."""
