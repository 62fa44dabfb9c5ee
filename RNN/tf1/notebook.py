"""``%load_ext tf1`` in IPython and Jupyter."""

from tf1 import runner, view


def load(ipython):
    """Makes the cells that follow an old program.

    Args:
        ipython: the InteractiveShell.
    """
    runner.prepare()
    ipython.user_module.__builtins__ = ipython.user_ns["__builtins__"] = view.program_builtins()
