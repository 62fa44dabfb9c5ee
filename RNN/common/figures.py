"""Figures, drawn without a screen and shown in a window on request only. Needs matplotlib."""

import io
import textwrap
import warnings

from common.errors import UsageError

DPI = 100  # as in the original, whose figures are 6.4 inches wide
DIAGRAM_DPI = 150
# width and height in inches; the sizes of the original's figures
ONE_LAYER_SIZE = (6.40, 4.77)
TWO_LAYERS_SIZE = (6.40, 4.73)
ESTIMATOR_SIZE = (6.40, 4.73)
MNIST_SIZE = (6.40, 4.80)  # ours: the original has a table only
SIZES = {
    "onelayer_lstm.png": ONE_LAYER_SIZE,
    "multi_lstm.png": TWO_LAYERS_SIZE,
    "TFLearn_for_sin.png": ESTIMATOR_SIZE,
    "mnist_lstm.png": MNIST_SIZE,
    "rnn_forward.jpg": (10.6, 6.5),  # for two time steps; draw_rnn_forward sets it for others
    "LSTM3.png": (12.0, 6.2),
}

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


def new(size, show=False, dpi=DPI):
    """An empty figure of ``size`` (width, height) in inches, in a window of its own only if it is to be shown."""
    if show:
        from matplotlib import pyplot

        return pyplot.figure(figsize=size, dpi=dpi)
    from matplotlib.figure import Figure

    return Figure(figsize=size, dpi=dpi)


def drawn(draw, record, name, show=False):
    """The figure of a part, drawn from a record.

    Args:
        draw: the part's function(axes, record).
        record: of a run.
        name: file name of the figure.
        show: whether it is to be shown in a window.
    """
    figure = new(SIZES[name], show, DPI if SIZES[name][0] == ONE_LAYER_SIZE[0] else DIAGRAM_DPI)
    draw(figure.add_subplot(111), record)
    note_changes(figure, record)
    return figure


def saved(figure, kind="png"):
    """A drawn figure as the bytes of a file of its kind: "png" or "jpg"."""
    content = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # in a path that note_changes shows
        figure.savefig(content, format=kind, dpi=figure.dpi)
    return content.getvalue()


def note_changes(figure, record):
    """Writes the options that differ from the defaults on the figure, so that it is not taken for the default run's."""
    if record["changed"]:
        text = "non-default options: " + " ".join(record["changed"])
        text = text.encode("utf-8", "backslashreplace").decode("utf-8").replace("$", r"\$")  # no formula
        lines = textwrap.fill(text, int(14 * figure.get_figwidth()))  # some fourteen letters of this size to the inch
        figure.text(0.5, 0.99, lines, ha="center", va="top", fontsize=8)
