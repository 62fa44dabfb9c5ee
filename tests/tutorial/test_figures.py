"""Non-default options are written on a figure."""

from common import figures
from common.parts import BY_SCRIPT


def drawn(changed):
    """An empty figure of a run with these options."""
    return figures.drawn(BY_SCRIPT["LSTM_for_Mnist.py"], lambda axes, record: None, {"changed": changed})


def test_non_default_options_are_written_on_the_figure():
    assert not drawn([]).texts
    figure = drawn(["--epoch 7", "--seed 3"])
    assert [text.get_text() for text in figure.texts] == ["non-default options: --epoch 7 --seed 3"]


def test_long_lists_of_options_fit_the_figure():
    changed = ["--initial-weights $_$.npz", "--initial-weights \u6f22.npz"] + [
        "--option-%d 12345" % i for i in range(9)
    ]
    figure = drawn(changed)
    assert figures.saved(figure)[:4] == b"\x89PNG"
    box = figure.texts[0].get_window_extent()
    assert box.x0 >= 0
    assert box.x1 <= figure.bbox.x1
