"""Names that numpy, Python and TensorFlow have retired, for the program only."""


def sentence(name):
    """What replaced a name of TensorFlow that was gone before 1.15, or None."""
    return None


MODULES = {}
