"""Figures: made without a screen, written whole, shown in a window only on request. Needs matplotlib."""

import io
import textwrap
import warnings

from common import records
from common.errors import UsageError

DPI = 100  # the original's; its figures are 6.4 inches wide
ONE_LAYER_SIZE = (6.40, 4.77)  # width and height in inches of each of the original's figures
TWO_LAYERS_SIZE = (6.40, 4.73)
ESTIMATOR_SIZE = (6.40, 4.73)
MNIST_SIZE = (6.40, 4.80)  # ours: the original has a table only

_WITHOUT_A_WINDOW = ("agg", "cairo", "pdf", "pgf", "ps", "svg", "template")  # matplotlib's backends that write files


def require_screen():
    """Makes sure, before any work is done, that ``--show`` will be able to open a window.

    Raises:
        UsageError: there is no screen, or no toolkit that could open a window on it.
    """
    try:
        from matplotlib import pyplot

        backend = pyplot.get_backend()  # chosen now: the first toolkit that works, else Agg
        pyplot.switch_backend(backend)
    except (ImportError, ValueError):  # what MPLBACKEND names does not work, or is no toolkit
        backend = "agg"
    if backend.lower() in _WITHOUT_A_WINDOW:
        raise UsageError(
            "--show: no window can be opened (no screen, or no window toolkit such as tkinter for this Python); "
            "leave it out, the figure is written to a file all the same"
        )


def new(size, show=False):
    """An empty figure of ``size`` (width, height) in inches, in a window of its own only if it is to be shown."""
    if show:
        from matplotlib import pyplot

        return pyplot.figure(figsize=size, dpi=DPI)
    from matplotlib.figure import Figure

    return Figure(figsize=size, dpi=DPI)


def finish(figure, path, record, record_path, show=False, dpi=DPI):
    """Writes a drawn figure, in the format that the ending of ``path`` names, with its record; shows it if asked to.

    Raises:
        RunError: the files cannot be written.
    """
    records.write(record_path, record, {path: saved(figure, path.rsplit(".", 1)[1], dpi)})
    if show:
        from matplotlib import pyplot

        pyplot.show()


def saved(figure, kind="png", dpi=DPI):
    """A drawn figure as the bytes of a file of its kind: "png" or "jpg"."""
    content = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # of a path that note_changes shows
        figure.savefig(content, format=kind, dpi=dpi)
    return content.getvalue()


def note_changes(figure, record):
    """Says on the figure itself what differs from the default options, so that it is never taken for the real one."""
    if record["changed"]:
        text = "not the default run: " + " ".join(record["changed"]).replace("$", r"\$")  # no formula
        lines = textwrap.fill(text, int(14 * figure.get_figwidth()))  # some fourteen letters of this size to the inch
        figure.text(0.5, 0.99, lines, ha="center", va="top", fontsize=8)
