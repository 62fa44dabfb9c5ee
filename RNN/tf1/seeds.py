"""Makes ``tf.set_random_seed`` draw the numbers that TensorFlow 1.15.5 drew."""


def install():
    """Patches TensorFlow, which must be loaded, in this process, which runs one old program."""
