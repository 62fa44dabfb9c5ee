"""The runner: old TensorFlow 1 programs on 1.15.5's own Python."""
