"""Functions and classes of TensorFlow's public API that have changed since 1.15.5, as they were."""


def restore(path, names):
    """Makes TensorFlow 1.15.5's again what changed in one namespace of the program's view.

    Args:
        path: the namespace, as in "tf" or "tf.nn".
        names: its dictionary {name: object}, changed in place; not TensorFlow's own.
    """


def restore_classes():
    """Gives TensorFlow's own classes back what 1.15.5 had, in this process."""
