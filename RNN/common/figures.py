"""Figures, drawn without a screen and shown in a window on request only. Needs matplotlib."""

import io
import textwrap
import warnings

from common.errors import UsageError

_WITHOUT_A_WINDOW = ("agg", "cairo", "pdf", "pgf", "ps", "svg", "template")  # matplotlib's backends that write files


def require_screen():
    """Makes sure, before any work is done, that ``--show`` can open a window.

    Raises:
        UsageError: there is no screen, or no toolkit that can open a window on it.
    """
    try:
        from matplotlib import pyplot

        backend = pyplot.get_backend()  # chosen now: the first toolkit that works, else Agg
        pyplot.switch_backend(backend)
    except (ImportError, ValueError):  # the toolkit that MPLBACKEND names does not work
        backend = "agg"
    if backend.lower() in _WITHOUT_A_WINDOW:
        raise UsageError(
            "--show: cannot open a window (no screen, or no window toolkit such as tkinter for this Python); "
            "run without it: the figure is written to a file in any case"
        )


def new(size, show=False):
    """An empty figure, in a window of its own only if it is to be shown.

    Args:
        size: width and height in inches, dots per inch.
    """
    if show:
        from matplotlib.pyplot import figure
    else:
        from matplotlib.figure import Figure as figure
    return figure(figsize=size[:2], dpi=size[2])


def drawn(part, draw, record, show=False):
    """The figure of a part, drawn from a record by the part's function draw(axes, record).

    Options that differ from the defaults are written on it, so that it is not taken for the default run's.
    """
    figure = new(part.size, show)
    draw(figure.add_subplot(111), record)
    if record["changed"]:
        text = "non-default options: " + " ".join(record["changed"])
        text = text.encode("utf-8", "backslashreplace").decode("utf-8").replace("$", r"\$")  # no formula
        lines = textwrap.fill(text, int(14 * figure.get_figwidth()))  # some fourteen letters of this size to the inch
        figure.text(0.5, 0.99, lines, ha="center", va="top", fontsize=8)
    return figure


def saved(figure, kind="png"):
    """A drawn figure as the bytes of a file of its kind: "png" or "jpg"."""
    content = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # in a path of a non-default option
        figure.savefig(content, format=kind, dpi=figure.dpi)
    return content.getvalue()
