"""The parts of the tutorial: the one list that the runner, the comparison and the tests share."""

import os
from typing import NamedTuple, Tuple


class Part(NamedTuple):
    """A script of the tutorial."""

    script: str  # its file name in RNN/
    title: str  # one line: its number, as in "Part 3", and what it shows; the heading of its section in README.md
    figure: str  # file name of its figure
    trains: bool  # whether it trains a network; where not, its figure is a diagram that explains
    quick: Tuple[str, ...] = ()  # command-line arguments that shorten it for a first look
    draw: str = "draw"  # the function in the script that draws the figure

    @property
    def name(self):
        """The script without .py: the name of its module."""
        return os.path.splitext(self.script)[0]

    @property
    def number(self):
        """Its number in the README, as in "Part 3"."""
        return self.title.partition(":")[0]

    @property
    def label(self):
        """Its number and script, as in "Part 3: predict_sin.py"."""
        return "%s: %s" % (self.number, self.script)

    @property
    def record(self):
        """File name of its record."""
        return self.name + ".json"


PARTS = (
    Part("simple_rnn_forward.py", "Part 1: the forward pass of an RNN", "rnn_forward.jpg", False,
         draw="draw_rnn_forward"),
    Part("LSTM.py", "Part 2: LSTM cells", "LSTM3.png", False, draw="draw_lstm_cell"),
    Part("predict_sin.py", "Part 3: one LSTM unit predicts a sine wave", "onelayer_lstm.png", True, ("--epoch", "30")),
    Part("predict_sin_MultiRnnCell.py", "Parts 4 and 5: two layers", "multi_lstm.png", True, ("--epoch", "10")),
    Part("LSTM_for_Mnist.py", "Part 6: an LSTM classifies digits", "mnist_lstm.png", True, ("--training-steps", "501")),
    Part("tflearn_sin.py", "Part 7: the sine wave with an Estimator", "TFLearn_for_sin.png", True,
         ("--training-steps", "500")),
)  # fmt: skip
BY_SCRIPT = {part.script: part for part in PARTS}
