"""The options of a part: its help, and invalid input, which is refused in one line."""

import ast
import os
import re

import numpy as np
import pytest
from conftest import RNN
from short_runs import PARTS, SHORT, SLOW, record_of, succeeded

from tf1.examples.tutorials.mnist import input_data


@pytest.mark.parametrize("part", PARTS)
def test_help_shows_the_docstring_and_every_constant(run_part, part):
    done = run_part(part, "--help")
    assert done.returncode == 0
    assert done.stderr == ""
    with open(os.path.join(RNN, part + ".py"), encoding="utf-8") as file:
        source = file.read()
    assert ast.get_docstring(ast.parse(source)).splitlines()[0] in done.stdout
    for flag in ("--seed", "--threads", "--show", "--out", "--model-dir"):
        assert flag in done.stdout
    assert ("--logdir" in done.stdout) == (part not in ("simple_rnn_forward", "LSTM"))
    words = " ".join(done.stdout.split())
    constants = re.findall(r"^([A-Z][A-Z_0-9]*) = .*?  # (.*)$", source.partition("\ndef ")[0], re.MULTILINE)
    assert len(constants) >= 7
    for name, remark in constants:
        assert "--" + name.lower().replace("_", "-") in words
        assert remark in words


def test_out_is_the_untracked_directory_by_default(loaded):
    from common import run as common_run

    module, run = loaded("predict_sin")
    run = common_run.Run(vars(module), argv=[])
    assert run.options.out == os.path.join(os.path.dirname(RNN), "output")
    with open(os.path.join(os.path.dirname(RNN), ".gitignore")) as file:
        assert "output/" in file.read().splitlines()


BAD = [
    ("predict_sin", ["--epochs", "3"], "unrecognized arguments: --epochs 3 (--help lists the options)"),
    ("predict_sin", ["--epoch", "0"], "--epoch: must be a whole number from 1 to 1000000, not '0'"),
    ("predict_sin", ["--epoch", "1.5"], "--epoch: must be a whole number from 1 to 1000000, not '1.5'"),
    ("predict_sin", ["--epoch"], "--epoch: expected one argument"),
    ("predict_sin", ["--batch-size", "100000"], "--batch-size must be 1 to 1090, the windows of the shorter series"),
    ("predict_sin", ["--learning-rate", "nan"], "--learning-rate: must be a number above 0, at most 1e+38, not 'nan'"),
    ("predict_sin", ["--learning-rate", "inf"], "--learning-rate: must be a number above 0"),
    ("predict_sin", ["--learning-rate", "-1"], "--learning-rate: must be a number above 0"),
    ("predict_sin", ["--seed", "-1"], "--seed: must be a whole number from 0 to 2147483647, not '-1'"),
    ("predict_sin", ["--seed", "x"], "--seed: must be a whole number from 0 to 2147483647, not 'x'"),
    ("predict_sin", ["--time-steps", "0"], "--time-steps: must be a whole number from 1 to 1000, not '0'"),
    ("predict_sin", ["--testing-examples", "5"], "--time-steps must be 1 to 4, less than the points of a series"),
    ("predict_sin", ["--hidden-units", "2"], "--hidden-units must be 1: the LSTM's output is the prediction"),
    ("predict_sin", ["--threads", "0"], "--threads: must be a whole number from 1 to 1024"),
    ("predict_sin", ["surplus"], "unrecognized arguments: surplus"),
    ("predict_sin_MultiRnnCell", ["--unroll", "static"], "--unroll: invalid choice: 'static'"),
    ("predict_sin_MultiRnnCell", ["--hidden-units-2", "2"], "--hidden-units-2 must be 1"),
    ("LSTM", ["--variant", "gru"], "--variant: invalid choice: 'gru'"),
    ("LSTM", ["--num-units-1", "0"], "--num-units-1: must be a whole number from 1 to 10000"),
    ("LSTM_for_Mnist", ["--batch-size", "100000"], "--batch-size must be 1 to 55000, the training images"),
    ("LSTM_for_Mnist", ["--test-images", "10001"], "--test-images must be 1 to 10000, the test images"),
    ("LSTM_for_Mnist", ["--n-classes", "9"], "--n-classes must be 10"),
    ("LSTM_for_Mnist", ["--learning-rate", "0"], "--learning-rate/--lr: must be a number above 0"),
    ("LSTM_for_Mnist", ["--time-steps", "27"], "--time-steps times --input-size must be 784"),
    ("LSTM_for_Mnist", ["--data", "cifar"], "--data: invalid choice: 'cifar'"),
    ("tflearn_sin", ["--batch-size", "100000"], "--batch-size must be 1 to 9989"),
    ("tflearn_sin", ["--testing-examples", "5"], "--time-steps must be 1 to 3, two less than the points of a series"),
    ("tflearn_sin", ["--training-steps", "0"], "--training-steps: must be a whole number from 1 to"),
    ("tflearn_sin", ["--hidden-size", "10001"], "--hidden-size: must be a whole number from 1 to 10000"),
    ("predict_sin", ["--epoch=--"], "--epoch"),
    ("predict_sin", ["--model-dir", ""], "--model-dir: must name a file or directory, not ''"),
    (
        "predict_sin",
        ["--model-dir", "runs[1]"],
        "--model-dir: must be a local directory without *, ?, [, ], \\ and ://",
    ),
    ("predict_sin", ["--model-dir", "runs\\1"], "--model-dir: must be a local directory"),
    ("predict_sin", ["--model-dir", "ram://runs"], "--model-dir: must be a local directory"),
    ("tflearn_sin", ["--model-dir", "file:///runs"], "--model-dir: must be a local directory"),
    ("tflearn_sin", ["--model-dir", "gs://bucket/runs"], "--model-dir: must be a local directory"),
    ("tflearn_sin", ["--model-dir", "runs\udcff"], "not 'runs\\udcff'"),
    ("predict_sin", ["--logdir", "gs://bucket/runs"], "--logdir: must be a local directory"),
    ("predict_sin", ["--initial-weights="], "--initial-weights: must name a file or directory, not ''"),
    ("predict_sin", ["--save-initial-weights", "/"], "--save-initial-weights: / is a directory"),
    ("LSTM_for_Mnist", ["--data", "synthetic", "--data-dir", "/"], "--data-dir cannot be used with --data synthetic"),
    ("simple_rnn_forward", ["--x", "1,two"], "--x: must be numbers separated by commas, not '1,two'"),
    ("simple_rnn_forward", ["--w-state", "1,2,3"], "--w-state: must be 4 numbers separated by commas"),
]


@pytest.mark.parametrize("part, arguments, message", BAD, ids=["%s %s" % (p, ascii(" ".join(a))) for p, a, _ in BAD])
def test_bad_options_are_refused_in_one_line(refused, part, arguments, message):
    assert message in refused(part, *arguments)


def test_out_must_be_a_writable_directory(refused, tmp_path):
    file = tmp_path / "file"
    file.write_text("mine")
    line = refused("predict_sin", "--out", file)
    assert "--out: cannot write to the directory %s: is a file; use a different directory" % file in line
    assert file.read_text() == "mine"
    assert "--out: cannot write to the directory /proc/here" in refused("predict_sin", "--out", "/proc/here")


@pytest.mark.parametrize("option", ["--initial-weights", "--save-initial-weights"])
def test_unusable_weight_files_are_refused(refused, tmp_path, option):
    assert option in refused("predict_sin", option, tmp_path / "no" / "such.npz")


def test_seed_cannot_be_used_with_a_weight_file(refused):
    line = refused("predict_sin", "--seed", 3, "--initial-weights", "w.npz")
    assert "--seed cannot be used with --initial-weights" in line


def test_weights_of_a_different_network_are_refused(refused, tmp_path):
    np.savez(str(tmp_path / "w.npz"), **{"rnn/basic_lstm_cell/kernel": np.zeros((3, 8)), "extra": np.zeros(1)})
    assert refused("predict_sin", "--initial-weights", tmp_path / "w.npz").endswith(
        "w.npz does not fit this network: rnn/basic_lstm_cell/bias is missing; extra is not a variable here; "
        "rnn/basic_lstm_cell/kernel has shape (3, 8) instead of (2, 4)\n"
    )


@pytest.mark.parametrize(
    "part",
    ["predict_sin_MultiRnnCell", pytest.param("LSTM_for_Mnist", marks=SLOW), pytest.param("tflearn_sin", marks=SLOW)],
)
def test_saved_weights_reproduce_the_run_of_their_seed(run_part, tmp_path, part):
    few = {
        "predict_sin_MultiRnnCell": [*SHORT, "--epoch", 1],
        # its seed orders the images too
        "LSTM_for_Mnist": ["--seed", 7, "--training-steps", 3, "--data", "synthetic", "--test-images", 100],
        "tflearn_sin": ["--training-steps", 5],
    }[part]
    file = str(tmp_path / "weights.npz")
    first = run_part(part, "--save-initial-weights", file, *few)
    losses = record_of(tmp_path / "out", part)["losses"]
    again = run_part(part, "--initial-weights", file, *few)
    assert first.returncode == again.returncode == 0
    assert first.stdout == again.stdout
    assert record_of(tmp_path / "out", part)["losses"] == losses


def test_missing_mnist_files_are_reported(refused, tmp_path):
    missing = tmp_path / "missing"
    line = refused("LSTM_for_Mnist", "--data-dir", missing)
    assert str(missing) in line
    assert "--data synthetic" in line
    missing.mkdir()
    line = refused("LSTM_for_Mnist", "--data-dir", missing)
    assert str(missing) in line
    assert "lacks train-images-idx3-ubyte.gz" in line
    assert "--data synthetic" in line
    for name in input_data.FILES:
        (missing / name).write_bytes(b"no digits")
    line = refused("LSTM_for_Mnist", "--data-dir", missing)
    assert "train-images-idx3-ubyte.gz" in line
    assert "9912422 were expected" in line


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["", "agg", "TkAgg", "nonsense"])
def test_show_without_a_screen_is_refused(start, backend):
    done = start("predict_sin", "--epoch", 1, "--show", environment={"MPLBACKEND": backend})
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("predict_sin.py: error: --show: cannot open a window")
    assert done.stderr.count("\n") == 1


def test_a_path_that_is_not_text_is_shown_on_the_figure(run_part, tmp_path):
    """Everything else is done by then: it must not end the run."""
    path = str(tmp_path / "odd\udcff\u6f22.npz")
    succeeded(run_part("predict_sin", *SHORT, "--epoch", 1, "--save-initial-weights", path))
    done = run_part("predict_sin", *SHORT, "--epoch", 1, "--initial-weights", path)
    assert done.returncode == 0, done.stderr
    assert record_of(tmp_path / "out", "predict_sin")["initial_weights"] == path
