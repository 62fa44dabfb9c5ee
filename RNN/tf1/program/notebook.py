"""``%load_ext tf1`` in IPython and Jupyter."""

from tf1.program import enter


def load():
    """Makes the notebook's process one of TensorFlow 1.15.5.

    Raises:
        UsageError: TensorFlow 2 is loaded already; IPython shows the sentence only, and nothing is changed.
    """
    try:
        enter.enter()
    except enter.TooLate as error:
        from IPython.core.error import UsageError

        raise UsageError("%s: restart the kernel, and let %%load_ext tf1 be the first cell" % error) from None
