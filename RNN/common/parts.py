"""The parts of the tutorial, each fact about one once; and the directories that their results are in."""

import os
from typing import NamedTuple, Tuple

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OUTPUT = os.path.join(ROOT, "output")  # what runs write; not tracked
RESULT_PICTURE = os.path.join(ROOT, "result_picture")  # what is published
MY_PICTURE = os.path.join(ROOT, "my_picture")


class Part(NamedTuple):
    """A script of the tutorial. Its function draw(axes, record) draws its figure."""

    script: str  # its file name in RNN/
    title: str  # one line: its number, as in "Part 3", and what it shows; the heading of its section in README.md
    figure: str  # file name of its figure
    size: Tuple[float, float, int]  # of the figure: width and height in inches, dots per inch
    trains: bool = True  # whether it trains a network; where not, its figure is a diagram that explains
    quick: Tuple[str, ...] = ()  # command-line arguments that shorten it for a first look

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
    def kind(self):
        """The kind of its figure's file, "png" or "jpg"."""
        return self.figure.rpartition(".")[2]

    @property
    def record(self):
        """File name of its record."""
        return self.name + ".json"


_ORIGINAL = (6.40, 4.73, 100)  # the size of a figure in the original README, give or take some pixels
PARTS = (
    # for two time steps; draw sets the width for others
    Part("simple_rnn_forward.py", "Part 1: the forward pass of an RNN", "rnn_forward.jpg", (10.6, 6.5, 150), False),
    Part("LSTM.py", "Part 2: LSTM cells", "LSTM3.png", (12.0, 6.2, 150), False),
    Part("predict_sin.py", "Part 3: one LSTM unit predicts a sine wave", "onelayer_lstm.png", (6.40, 4.77, 100),
         quick=("--epoch", "30")),
    Part("predict_sin_MultiRnnCell.py", "Parts 4 and 5: two layers", "multi_lstm.png", _ORIGINAL,
         quick=("--epoch", "10")),
    Part("LSTM_for_Mnist.py", "Part 6: an LSTM classifies digits", "mnist_lstm.png", (6.40, 4.80, 100),
         quick=("--training-steps", "501")),
    Part("tflearn_sin.py", "Part 7: the sine wave with an Estimator", "TFLearn_for_sin.png", _ORIGINAL,
         quick=("--training-steps", "500")),
)  # fmt: skip
BY_SCRIPT = {part.script: part for part in PARTS}
