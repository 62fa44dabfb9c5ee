"""The diagrams: their numbers come from the record, and no two texts overlap."""

from common import diagrams, figures
from common.parts import BY_SCRIPT

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg


@pytest.fixture
def record(trained):
    """record([1.0, 2.0]): the record of simple_rnn_forward on this sequence."""

    def run(x):
        done = trained("simple_rnn_forward", "--x=" + ",".join("%g" % number for number in x))
        return {"options": done.result_options, "curves": done.curves, "changed": []}

    return run


def drawn(script, draw, record=None):
    figure = figures.new(BY_SCRIPT[script].size)
    draw(figure.add_subplot(111), record)
    return figure


def boxes(figure):
    """[(text, its box on the figure)] of all texts, as drawn."""
    FigureCanvasAgg(figure).draw()
    texts = [text for axes in figure.axes for text in axes.texts]
    return [(text.get_text(), text.get_window_extent()) for text in texts]


def assert_readable(figure):
    """No text leaves the figure or overlaps a different one."""
    found = boxes(figure)
    for text, box in found:
        assert figure.bbox.x0 <= box.x0, text
        assert box.x1 <= figure.bbox.x1, text
        assert figure.bbox.y0 <= box.y0, text
        assert box.y1 <= figure.bbox.y1, text
    for i, (text, box) in enumerate(found):
        for other, other_box in found[i + 1 :]:
            assert not box.overlaps(other_box), (text, other)
    return [text for text, _ in found]


def test_the_forward_pass_shows_the_numbers_of_the_run(record):
    figure = drawn("simple_rnn_forward.py", diagrams.draw_rnn_forward, record([1.0, 2.0]))
    texts = assert_readable(figure)
    assert figure.get_size_inches() == pytest.approx(BY_SCRIPT["simple_rnn_forward.py"].size[:2], abs=0.05)
    # computed manually: tanh(.6) = .537, tanh(.5) = .462; .537 + 2 * .462 + .1 = 1.561
    for number, times in {"0.537": 3, "0.462": 3, "1.561": 1, "0.860": 2, "0.884": 2, "2.727": 1}.items():
        assert texts.count(number) == times, number
    assert "before tanh: 0.6, 0.5" in texts
    assert "before tanh: 1.292, 1.392" in texts


@pytest.mark.parametrize("steps", [1, 3, 4, 6, 9])
def test_sequences_of_any_length_fit_the_diagram(record, steps):
    figure = drawn("simple_rnn_forward.py", diagrams.draw_rnn_forward, record([-1.25 * (i + 1) for i in range(steps)]))
    texts = assert_readable(figure)
    assert [text for text in texts if text.isdigit()] == [str(i + 1) for i in range(min(steps, 6))]
    assert ("\u2026 and so on to step 9" in texts) == (steps == 9)


def test_different_weights_change_the_diagram(record):
    other = record([1.0, 2.0])
    other["options"]["w_in"] = [0.7, 12345.678]
    figure = drawn("simple_rnn_forward.py", diagrams.draw_rnn_forward, other)
    texts = assert_readable(figure)
    assert texts.count("0.7") == 2
    assert texts.count("1.2e+04") == 2


def test_the_cell_has_four_gates_and_their_equations():
    figure = drawn("LSTM.py", diagrams.draw_lstm_cell)
    texts = assert_readable(figure)
    assert texts.count("\u03c3") == 3
    assert texts.count("tanh") == 2
    assert [text for text in texts if text in ("f", "i", "j", "o")] == ["f", "i", "j", "o"]
    assert sum("W_" in text for text in texts) == 4
