"""Shortened parts for the tests, and the files that they write."""

import json
import os

import pytest

PARTS = [
    "simple_rnn_forward",
    "LSTM",
    "predict_sin",
    "predict_sin_MultiRnnCell",
    "LSTM_for_Mnist",
    "tflearn_sin",
]


FORWARD = """\
1
before activation: [0.6 0.5]
state: [0.53704957 0.46211716]
output: [1.56128388]
2
before activation: [1.2923401  1.39225678]
state: [0.85973818 0.88366641]
output: [2.72707101]
"""


SHORT = ["--training-examples", 600, "--testing-examples", 300, "--batch-size", 64]
FEW = {
    "predict_sin": [*SHORT, "--epoch"],
    "predict_sin_MultiRnnCell": [*SHORT, "--epoch"],
    "LSTM_for_Mnist": ["--data", "synthetic", "--test-images", 50, "--batch-size", 20, "--training-steps"],
    "tflearn_sin": ["--training-steps"],
}


needs_mnist = pytest.mark.skipif(
    not os.environ.get("MNIST_DATA"), reason="MNIST_DATA names no directory with the real digits"
)


def record_of(directory, script):
    with open(os.path.join(str(directory), script + ".json")) as file:
        return json.load(file)


def size_of(path):
    """(width, height) of a PNG, from its header."""
    with open(str(path), "rb") as file:
        header = file.read(24)
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    return tuple(int.from_bytes(header[i : i + 4], "big") for i in (16, 20))


def succeeded(done):
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


SLOW = pytest.mark.slow
