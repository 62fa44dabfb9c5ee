"""``%load_ext tf1`` in IPython and Jupyter."""

import sys

from tf1.program import enter


def load(ipython):
    """Makes the notebook's process one of TensorFlow 1.15.5.

    Args:
        ipython: the InteractiveShell.

    Raises:
        UsageError: TensorFlow 2 is loaded already; IPython shows the sentence only, and nothing is changed.
    """
    try:
        enter.enter()
    except enter.TooLate as error:
        from IPython.core.error import UsageError

        if not hasattr(sys.modules.get("tensorflow.compat.v1"), "contrib"):  # it is not `import tf1` that has loaded it
            sys.modules["tf1.installed.startup"].stop_watching()
        raise UsageError("%s: restart the kernel, and let %%load_ext tf1 be the first cell" % error) from None
    if not ipython.custom_exceptions:
        ipython.set_custom_exc((Exception,), _show_traceback)


def _show_traceback(ipython, kind, error, trace, tb_offset=None):
    """Shows an error of a cell without frames of tf1, and the sentence on Python 2."""
    from tf1.program import report

    ipython.showtraceback((kind, error, report.without_our_frames(error)), tb_offset=tb_offset)
    report.write_sentence(error)
