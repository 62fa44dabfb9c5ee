"""The explaining diagrams: their numbers come from the record, and nothing lies over anything else."""

import pytest
import simple_rnn_forward
from common import diagrams
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


def record(x):
    """The record of a run on the sequence ``x``, as simple_rnn_forward makes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(simple_rnn_forward, "X", x)
        steps = simple_rnn_forward.forward(say=lambda line: None)
    names = ("INIT_STATE", "W_STATE", "W_IN", "B", "W_OUT", "B_OUT")
    options = {name.lower(): getattr(simple_rnn_forward, name) for name in names}
    curves = {name: [[float(v) for v in row] if name != "x" else row for row in rows] for name, rows in steps.items()}
    return {"options": options, "curves": curves, "changed": []}


def boxes(figure):
    """[(text, its box on the figure)] of all texts, as they are drawn."""
    FigureCanvasAgg(figure).draw()
    texts = [text for axes in figure.axes for text in axes.texts]
    return [(text.get_text(), text.get_window_extent()) for text in texts]


def assert_readable(figure):
    """No text leaves the figure or lies over another one."""
    found = boxes(figure)
    for text, box in found:
        assert figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1, text
        assert figure.bbox.y0 <= box.y0 and box.y1 <= figure.bbox.y1, text
    for i, (text, box) in enumerate(found):
        for other, other_box in found[i + 1 :]:
            assert not box.overlaps(other_box), (text, other)
    return [text for text, _ in found]


def test_the_forward_pass_shows_the_numbers_of_the_run():
    figure = Figure(figsize=diagrams.FORWARD_SIZE, dpi=diagrams.DPI)
    diagrams.draw_rnn_forward(figure, record([1.0, 2.0]))
    texts = assert_readable(figure)
    assert figure.get_size_inches() == pytest.approx(diagrams.FORWARD_SIZE, abs=0.05)
    # by hand: tanh(.6) = .537, tanh(.5) = .462; .537 + 2 * .462 + .1 = 1.561
    for number, times in {"0.537": 3, "0.462": 3, "1.561": 1, "0.860": 2, "0.884": 2, "2.727": 1}.items():
        assert texts.count(number) == times, number
    assert "before tanh: 0.6, 0.5" in texts
    assert "before tanh: 1.292, 1.392" in texts


@pytest.mark.parametrize("steps", [1, 3, 4, 6, 9])
def test_sequences_of_any_length(steps):
    figure = Figure(figsize=diagrams.FORWARD_SIZE, dpi=diagrams.DPI)
    diagrams.draw_rnn_forward(figure, record([-1.25 * (i + 1) for i in range(steps)]))
    texts = assert_readable(figure)
    assert [text for text in texts if text.isdigit()] == [str(i + 1) for i in range(min(steps, 6))]
    assert ("\u2026 and so on to step 9" in texts) == (steps == 9)


def test_other_weights_give_another_picture():
    other = record([1.0, 2.0])
    other["options"]["w_in"] = [0.7, 12345.678]
    figure = Figure(figsize=diagrams.FORWARD_SIZE, dpi=diagrams.DPI)
    diagrams.draw_rnn_forward(figure, other)
    texts = assert_readable(figure)
    assert texts.count("0.7") == 2 and texts.count("1.2e+04") == 2


def test_the_cell_has_four_gates_and_their_equations():
    figure = Figure(figsize=diagrams.LSTM_SIZE, dpi=diagrams.DPI)
    diagrams.draw_lstm_cell(figure)
    texts = assert_readable(figure)
    assert texts.count("\u03c3") == 3 and texts.count("tanh") == 2
    assert [text for text in texts if text in ("f", "i", "j", "o")] == ["f", "i", "j", "o"]
    assert sum("W_" in text for text in texts) == 4
