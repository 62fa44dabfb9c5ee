"""Every part as a user runs it, for a few steps: what it prints, its record, its figure, and how it ends."""

import ast
import glob
import io
import json
import os
import re
import signal
import subprocess
import sys
import time

from common import ctrl_c, errors

import numpy as np
import pytest
from conftest import RNN

import tf1 as tf
from tf1.examples.tutorials.mnist import input_data

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


def record_of(folder, script):
    with open(os.path.join(str(folder), script + ".json")) as file:
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


def test_part_1(run_part, tmp_path):
    assert succeeded(run_part("simple_rnn_forward")) == FORWARD
    record = record_of(tmp_path / "out", "simple_rnn_forward")
    assert record["printed"] == FORWARD.splitlines() and record["changed"] == []
    np.testing.assert_allclose(record["curves"]["output"], [[1.56128388], [2.72707101]], atol=5e-9)
    assert (tmp_path / "out" / "rnn_forward.jpg").read_bytes()[:3] == b"\xff\xd8\xff"


def test_part_1_needs_only_numpy(tmp_path):
    """Without TensorFlow, tqdm and matplotlib it prints and records the same, and reports why there is no figure."""
    program = """
import runpy, sys
sys.argv = ["simple_rnn_forward.py", "--out", %r]
sys.path.insert(0, %r)
for name in ("tensorflow", "tqdm", "matplotlib", "tf_slim"):
    sys.modules[name] = None
runpy.run_path(%r, run_name="__main__")
""" % (str(tmp_path), RNN, os.path.join(RNN, "simple_rnn_forward.py"))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout == FORWARD
    assert "no figure" in done.stderr and done.stderr.count("\n") == 1
    assert os.listdir(str(tmp_path)) == ["simple_rnn_forward.json"]


@pytest.mark.parametrize("script", ["simple_rnn_forward", "LSTM"])
def test_missing_packages_are_reported_in_one_line(tmp_path, script):
    command = [sys.executable, "-S", os.path.join(RNN, script + ".py"), "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1 and done.stdout == "" and done.stderr.count("\n") == 1
    assert re.match(
        r"%s.py: error: required package numpy is not installed for .*requirements.txt" % script, done.stderr
    )


def test_missing_tensorflow_is_reported_in_one_line(run_part, monkeypatch):
    from tf1 import startup

    def missing(name):
        raise startup.NotInstalled("TensorFlow is not installed; 'pip install -r requirements.txt' installs it")

    monkeypatch.setattr(tf, "__getattr__", missing)
    done = run_part("predict_sin")
    assert done.returncode == 1 and done.stdout == "" and done.stderr.count("\n") == 1
    assert re.match(r"predict_sin.py: error: TensorFlow is not installed.*requirements.txt", done.stderr)


def test_part_1_with_other_numbers(run_part, tmp_path):
    printed = succeeded(run_part("simple_rnn_forward", "--x", "0,3,-1", "--w-out=-1,1", "--b-out", "0.5"))
    assert [line for line in printed.splitlines() if line.isdigit()] == ["1", "2", "3"]
    state = np.zeros(2)
    record = record_of(tmp_path / "out", "simple_rnn_forward")
    for x, output in zip((0, 3, -1), record["curves"]["output"]):
        state = np.tanh(state @ [[0.1, 0.2], [0.3, 0.4]] + x * np.array([0.5, 0.6]) + [0.1, -0.1])
        assert output == [pytest.approx(state[1] - state[0] + 0.5, abs=1e-8)]
    assert record["changed"] == ["--b-out 0.5", "--w-out -1,1", "--x 0,3,-1"]
    assert record["options"]["w_out"] == [-1, 1]


def test_overflow_in_part_1_is_reported(run_part, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "rnn_forward.jpg").write_bytes(b"of another run")
    done = run_part("simple_rnn_forward", "--w-out", "1e308,1e308", "--b-out", "1e308")
    assert done.returncode == 1
    assert done.stderr == "simple_rnn_forward.py: error: overflow: a result is not finite; use smaller numbers\n"
    assert (tmp_path / "out" / "rnn_forward.jpg").read_bytes() == b"of another run"


def test_part_2(run_part, tmp_path):
    assert succeeded(run_part("LSTM")).splitlines() == [
        "output_size: 128",
        "state_size: LSTMStateTuple(c=128, h=128)",
        "output.shape: (32, 40, 128)",
        "state.h: (32, 128)",
        "state.c: (32, 128)",
        "state.h and state.c joined: (32, 256)",
        "output_size: 512",
        "state_size: (LSTMStateTuple(c=128, h=128), LSTMStateTuple(c=256, h=256), LSTMStateTuple(c=512, h=512))",
        "output.shape: (32, 40, 512)",
        "output_size: (128, 120)",
        "state_size: (LSTMStateTuple(c=128, h=128), LSTMStateTuple(c=120, h=120))",
        "output.shape: (32, 40, 128) (32, 40, 120)",
        "output, both directions joined: (32, 40, 248)",
        "state.h forward: (32, 128)",
        "state.c forward: (32, 128)",
        "state.h backward: (32, 120)",
        "state.c backward: (32, 120)",
        "state.h, both directions joined: (32, 248)",
        "state.c, both directions joined: (32, 248)",
    ]
    assert size_of(tmp_path / "out" / "LSTM3.png") == (1800, 930)


def test_part_2_one_variant(run_part):
    printed = succeeded(run_part("LSTM", "--variant", "single", "--num-units-1", 3, "--batch-size", 2, "--max-time", 4))
    assert printed.splitlines()[:3] == [
        "output_size: 3",
        "state_size: LSTMStateTuple(c=3, h=3)",
        "output.shape: (2, 4, 3)",
    ]


@pytest.mark.slow
def test_part_3_is_the_authors_run(start, tmp_path):
    """The first 20 of its 150 epochs: the printed losses, and crests and troughs of the curves, are the original's."""
    lines = succeeded(start("predict_sin", "--epoch", 20)).splitlines()
    assert [line.split(" ,")[0] for line in lines] == ["epoch:10", "epoch:10", "epoch:20", "epoch:20"]
    assert lines[1] == "epoch:10 ,average test loss=0.0449" and lines[3] == "epoch:20 ,average test loss=0.0263"
    record = record_of(tmp_path / "out", "predict_sin")
    first, second = record["curves"]["predictions"]
    assert [first["y"][222], first["y"][568]] == [pytest.approx(0.6932, abs=2e-4), pytest.approx(-0.5427, abs=2e-4)]
    assert [second["y"][222], second["y"][568]] == [pytest.approx(0.7258, abs=2e-4), pytest.approx(-0.6849, abs=2e-4)]
    assert np.shape(record["losses"]["train_loss"]) == (20, 85) and np.shape(record["losses"]["test_loss"]) == (20, 8)
    assert record["losses"]["epoch_test_loss"][9] == pytest.approx(np.mean(record["losses"]["test_loss"][9]), rel=1e-7)
    assert lines == record["printed"] and record["changed"] == ["--epoch 20"]
    assert size_of(tmp_path / "out" / "onelayer_lstm.png") in ((640, 476), (640, 477))  # by version of matplotlib


def test_part_3_prints_and_draws_as_asked(run_part, tmp_path):
    """Every second epoch, and no more points than the two batches that 290 windows fill."""
    printed = succeeded(run_part("predict_sin", *SHORT, "--batch-size", 128, "--epoch", 3, "--print-every", 2))
    assert re.findall(r"epoch:(\d+) ,average test", printed) == ["2", "3"]
    record = record_of(tmp_path / "out", "predict_sin")
    curves = record["curves"]
    assert [len(curve["y"]) for curve in curves["predictions"]] == [256, 256] and len(curves["target"]) == 256
    assert np.abs(curves["predictions"][0]["y"]).min() > 0
    assert record["initial_weights"] == "the author's own run, recovered from the original figure"
    succeeded(run_part("predict_sin", *SHORT, "--epoch", 1, "--drawn-points", 20))
    curves = record_of(tmp_path / "out", "predict_sin")["curves"]
    assert len(curves["predictions"][0]["y"]) == len(curves["target"]) == 20


def test_part_4_and_5(run_part, tmp_path):
    lines = succeeded(run_part("predict_sin_MultiRnnCell", "--epoch", 2, "--state", "manual", "--unroll", "manual"))
    manual = record_of(tmp_path / "out", "predict_sin_MultiRnnCell")
    assert re.fullmatch(r"epoch:2 ,average training loss=0\.\d{4}\nepoch:2 ,average test loss=0\.\d{4}\n", lines)
    assert "%.4f" % np.mean(manual["losses"]["train_loss"][1]) in lines
    assert manual["options"]["unroll"] == "manual" and manual["changed"][0] == "--epoch 2"
    assert len(manual["curves"]["target"]) == len(manual["curves"]["predictions"][0]["y"]) == 1000
    assert size_of(tmp_path / "out" / "multi_lstm.png") == (640, 473)

    again = str(tmp_path / "again")
    succeeded(run_part("predict_sin_MultiRnnCell", "--epoch", 2, "--out", again))
    by_tensorflow = record_of(again, "predict_sin_MultiRnnCell")
    np.testing.assert_allclose(manual["losses"]["train_loss"], by_tensorflow["losses"]["train_loss"], atol=1e-6)


def test_part_6_on_generated_digits(run_part, tmp_path):
    done = run_part("LSTM_for_Mnist", "--data", "synthetic", "--training-steps", 61, "--test-images", 500)
    assert done.returncode == 0
    assert done.stderr == ("LSTM_for_Mnist.py: using generated digits, not MNIST; the losses are not the tutorial's\n")
    assert re.fullmatch(r"train loss: 2\.\d{4} \| test accuracy: 0\.\d\d\n", done.stdout)
    record = record_of(tmp_path / "out", "LSTM_for_Mnist")
    losses = record["losses"]
    assert losses["accuracy_step"] == [0] and len(losses["train_loss"]) == 61
    assert losses["train_loss"][0] == pytest.approx(np.log(10), abs=0.1)  # ten classes, nothing learned
    assert np.mean(losses["train_loss"][-5:]) < 2.0
    assert "--data synthetic" in record["changed"]  # so the figure and the comparison say it, too
    assert size_of(tmp_path / "out" / "mnist_lstm.png") == (640, 480)


@pytest.mark.slow
@needs_mnist
def test_part_6_on_real_digits(run_part, tmp_path):
    lines = succeeded(run_part("LSTM_for_Mnist", "--training-steps", 301)).splitlines()
    assert len(lines) == 1
    losses = record_of(tmp_path / "out", "LSTM_for_Mnist")["losses"]
    assert lines == ["train loss: %.4f | test accuracy: %.2f" % (losses["train_loss"][0], losses["accuracy"][0])]
    assert np.mean(losses["train_loss"][-20:]) < 0.5


def test_part_7(run_part, tmp_path):
    lines = succeeded(run_part("tflearn_sin", "--training-steps", 30, "--seed", 1)).splitlines()
    record = record_of(tmp_path / "out", "tflearn_sin")
    predicted, real = (np.array(record["curves"][name]) for name in ("predicted", "real_sin"))
    assert predicted.shape == real.shape == (989,)
    assert lines == ["Mean Square Error is: %f" % np.mean((predicted - real) ** 2)]
    positions = np.linspace(100, 110, 1000).astype(np.float32).astype(np.float64)
    np.testing.assert_allclose(real, np.sin(positions)[10:999], atol=2e-7)
    assert len(record["losses"]["train_loss"]) == 30
    assert np.mean(record["losses"]["train_loss"][-10:]) < np.mean(record["losses"]["train_loss"][:10])
    assert size_of(tmp_path / "out" / "TFLearn_for_sin.png") == (640, 473)


# options


@pytest.mark.parametrize("part", PARTS)
def test_help_shows_the_docstring_and_every_constant(run_part, part):
    done = run_part(part, "--help")
    assert done.returncode == 0 and done.stderr == ""
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
        assert "--" + name.lower().replace("_", "-") in words and remark in words


def test_out_is_the_untracked_directory_by_default(loaded):
    from common import run as common_run

    module, run = loaded("predict_sin")
    run = common_run.Run(vars(module), "onelayer_lstm.png", argv=[])
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
def test_files_of_weights_that_cannot_be_used(refused, tmp_path, option):
    assert option in refused("predict_sin", option, tmp_path / "no" / "such.npz")


def test_seed_cannot_be_used_with_a_file_of_weights(refused):
    line = refused("predict_sin", "--seed", 3, "--initial-weights", "w.npz")
    assert "--seed cannot be used with --initial-weights" in line


def test_weights_of_another_network_are_refused(refused, tmp_path):
    np.savez(str(tmp_path / "w.npz"), **{"rnn/basic_lstm_cell/kernel": np.zeros((3, 8)), "extra": np.zeros(1)})
    assert refused("predict_sin", "--initial-weights", tmp_path / "w.npz").endswith(
        "w.npz does not fit this network: rnn/basic_lstm_cell/bias is missing; extra is not a variable here; "
        "rnn/basic_lstm_cell/kernel has shape (3, 8) instead of (2, 4)\n"
    )


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    "part",
    ["predict_sin_MultiRnnCell", pytest.param("LSTM_for_Mnist", marks=SLOW), pytest.param("tflearn_sin", marks=SLOW)],
)
def test_a_run_from_saved_weights_is_the_run_of_the_seed(run_part, tmp_path, part):
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
    assert first.returncode == again.returncode == 0 and first.stdout == again.stdout
    assert record_of(tmp_path / "out", part)["losses"] == losses


def test_missing_digits(refused, tmp_path):
    missing = tmp_path / "missing"
    line = refused("LSTM_for_Mnist", "--data-dir", missing)
    assert str(missing) in line and "--data synthetic" in line
    missing.mkdir()
    line = refused("LSTM_for_Mnist", "--data-dir", missing)
    assert str(missing) in line and "lacks train-images-idx3-ubyte.gz" in line and "--data synthetic" in line
    for name in input_data.FILES:
        (missing / name).write_bytes(b"no digits")
    line = refused("LSTM_for_Mnist", "--data-dir", missing)
    assert "train-images-idx3-ubyte.gz" in line and "9912422 were expected" in line


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["", "agg", "TkAgg", "nonsense"])
def test_show_without_a_screen_is_refused(start, backend):
    done = start("predict_sin", "--epoch", 1, "--show", environment={"MPLBACKEND": backend})
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("predict_sin.py: error: --show: cannot open a window")
    assert done.stderr.count("\n") == 1


def test_a_path_that_is_no_text_is_named_on_the_figure(run_part, tmp_path):
    """Everything else is done by then: it must not end the run."""
    path = str(tmp_path / "odd\udcff\u6f22.npz")
    succeeded(run_part("predict_sin", *SHORT, "--epoch", 1, "--save-initial-weights", path))
    done = run_part("predict_sin", *SHORT, "--epoch", 1, "--initial-weights", path)
    assert done.returncode == 0, done.stderr
    assert record_of(tmp_path / "out", "predict_sin")["initial_weights"] == path


# TensorBoard


def events_of(directory):
    """({tag: [(step, value)]}, whether there is a graph) of all event files in a directory."""
    scalars, graph = {}, False
    for path in sorted(glob.glob(str(directory / "events.out.tfevents.*"))):
        for event in tf.train.summary_iterator(path):
            graph = graph or bool(event.graph_def)
            for value in event.summary.value:
                scalars.setdefault(value.tag, []).append((event.step, value.simple_value))
    return scalars, graph


@pytest.mark.parametrize("part", ["predict_sin", "LSTM_for_Mnist", pytest.param("tflearn_sin", marks=SLOW)])
def test_logdir_holds_graph_and_losses(run_part, tmp_path, part):
    done = run_part(part, *FEW[part], 3, "--logdir", tmp_path / "log")
    assert done.returncode == 0, done.stderr
    losses = record_of(tmp_path / "out", part)["losses"]
    scalars, graph = events_of(tmp_path / "log")
    assert graph
    expected = {
        "predict_sin": {"epoch_train_loss", "epoch_test_loss"},
        "LSTM_for_Mnist": {"train_loss", "accuracy"},
        "tflearn_sin": {"train_loss"},
    }[part]
    assert set(scalars) == expected
    for tag in expected:
        steps, values = zip(*scalars[tag])
        assert list(steps) == list(range(1, len(losses[tag]) + 1))
        np.testing.assert_allclose(values, losses[tag], rtol=1e-6)


# runs that fail


@pytest.mark.parametrize(
    "part, arguments",
    [
        ("predict_sin", ["--epoch", "1"]),
        ("LSTM_for_Mnist", ["--training-steps", "9", "--data", "synthetic", "--test-images", "100"]),
        pytest.param("tflearn_sin", ["--training-steps", "9"], marks=SLOW),
        ("tflearn_sin", ["--training-steps", "1"]),
    ],
)
def test_a_loss_that_is_not_finite_ends_the_run(run_part, tmp_path, part, arguments):
    done = run_part(part, "--learning-rate", "1e38", *arguments)
    last = done.stderr.splitlines()[-1]
    assert done.returncode == 1 and not re.search("nan|inf", done.stdout), done.stderr
    assert re.match(
        r"\w+\.py: error: (training loss, (step|epoch) \d+.*|test loss, epoch 1, .*|mse) is (nan|inf); try a lower --l",
        last,
    )
    assert "Traceback" not in done.stderr and not os.listdir(str(tmp_path / "out"))


def test_a_full_disk_behind_standard_output(tmp_path):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, os.path.join(RNN, "simple_rnn_forward.py"), "--out", str(tmp_path)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr == "simple_rnn_forward.py: error: No space left on device\n"


@pytest.mark.parametrize("closed", ["2>&-", ">&-", ">&- 2>&-"])
@pytest.mark.parametrize("script", ["simple_rnn_forward", pytest.param("LSTM", marks=pytest.mark.slow)])
def test_streams_that_the_shell_has_closed(tmp_path, script, closed):
    command = '"%s" "%s.py" --out "%s" %s' % (sys.executable, os.path.join(RNN, script), tmp_path, closed)
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr == ""
    assert (tmp_path / (script + ".json")).exists()


@pytest.mark.slow
def test_a_locale_without_the_characters_of_a_path(start, tmp_path):
    out = tmp_path / "\u6f22"
    model = tmp_path / "model"
    arguments = [*SHORT, "--epoch", 2, "--out", out, "--model-dir", model]
    for _ in range(2):
        done = start(
            "predict_sin", *arguments, environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        )
        assert done.returncode == 0 and "Traceback" not in done.stderr
    assert "resumes after epoch 2" in done.stderr and (out / "predict_sin.json").exists()


# Ctrl-C


def press_at(step):
    """A function of a Run that presses Ctrl-C at a call of its log."""

    def change(run):
        log, calls = run.log, []

        def logged(**series):
            log(**series)
            calls.append(1)
            if len(calls) == step:
                os.kill(os.getpid(), signal.SIGINT)

        run.log = logged

    return change


@pytest.mark.slow
def test_ctrl_c_saves_and_the_same_command_resumes(start, run_part, refused, tmp_path):
    """What is interrupted and resumed gives the same losses as a run that was left alone."""
    checkpoint = str(tmp_path / "model")
    process = start("predict_sin", *SHORT, "--epoch", 100000, "--model-dir", checkpoint, call=subprocess.Popen)
    while not os.path.exists(os.path.join(checkpoint, "checkpoint.npz")):
        time.sleep(0.05)
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, line = process.communicate()
    found = re.fullmatch(
        r"predict_sin.py: interrupted: stopped after epoch (\d+); the same command resumes from %s\n"
        % re.escape(checkpoint),
        line,
    )
    assert process.returncode == 130 and found, line
    assert not os.listdir(str(tmp_path / "out")) and os.listdir(checkpoint) == ["checkpoint.npz"]

    epochs = int(found.group(1)) + 4
    done = run_part("predict_sin", *SHORT, "--epoch", epochs, "--model-dir", checkpoint)
    assert done.returncode == 0 and "resumes after epoch %s" % found.group(1) in done.stderr
    resumed = record_of(tmp_path / "out", "predict_sin")
    succeeded(run_part("predict_sin", *SHORT, "--epoch", epochs))
    whole = record_of(tmp_path / "out", "predict_sin")
    for key in ("losses", "curves", "printed", "changed"):
        assert resumed[key] == whole[key]

    line = refused("predict_sin", *SHORT, "--epoch", epochs - 1, "--model-dir", checkpoint, "--out", tmp_path / "new")
    assert "is already at epoch %d, but --epoch is %d; use a higher one" % (epochs, epochs - 1) in line


@pytest.mark.parametrize(
    "part", ["predict_sin_MultiRnnCell", pytest.param("LSTM_for_Mnist", marks=SLOW), "tflearn_sin"]
)
def test_an_interrupted_run_resumes_where_it_stopped(loaded, trained, tmp_path, part):
    model = ["--model-dir", tmp_path / "model"]
    module, run = loaded(part, *FEW[part], 7, *model)
    press_at(4 if part == "predict_sin_MultiRnnCell" else 3)(run)
    ctrl_c.listen()
    try:
        with pytest.raises(errors.Interrupted, match=r"stopped after \w+ (\d); the same command resumes from ") as stop:
            with run.cleanup:
                module.train(run)
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    done = int(re.search(r"(\d);", str(stop.value)).group(1))
    assert 1 <= done <= 4
    resumed, whole = trained(part, *FEW[part], 7, *model), trained(part, *FEW[part], 7)
    if part == "tflearn_sin":  # an Estimator begins with its first batches again
        assert len(resumed.history["train_loss"]) == 7 - done
    else:
        np.testing.assert_allclose(resumed.history["train_loss"], whole.history["train_loss"], rtol=1e-6)
        assert resumed.printed == whole.printed


def test_without_a_model_dir_ctrl_c_reports_that_nothing_was_written(loaded, tmp_path):
    module, run = loaded("predict_sin", *SHORT, "--epoch", 9)
    press_at(2)(run)
    ctrl_c.listen()
    try:
        with pytest.raises(errors.Interrupted, match=r"stopped after epoch \d; nothing was written \(with --model-dir"):
            with run.cleanup:
                module.train(run)
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    assert not os.listdir(str(tmp_path / "out"))


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.05, 0.1, 0.15, 0.2, 0.3, 0.8, 1.5])
def test_ctrl_c_while_the_program_starts(start, delay):
    """Before the first line of the script Python itself answers; then one line, whatever is being imported."""
    process = start("predict_sin", call=subprocess.Popen)
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, line = process.communicate()
    if process.returncode != 130 and os.path.join("common", "run.py") not in line:
        pytest.skip("Python itself was starting")
    assert process.returncode == 130 and line.startswith("predict_sin.py: interrupted") and line.count("\n") == 1


def test_an_ignored_ctrl_c_stays_ignored(tmp_path):
    program = "trap '' INT; exec \"%s\" \"%s\" --out \"%s\"" % (
        sys.executable, os.path.join(RNN, "simple_rnn_forward.py"), tmp_path
    )  # fmt: skip
    process = subprocess.Popen(["sh", "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for _ in range(5):
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
    printed, line = process.communicate()
    assert process.returncode == 0 and line == "" and printed == FORWARD


def test_importing_has_no_side_effects():
    program = (
        """
import atexit, signal, sys
before = (sys.excepthook, sys.stdout, sys.stderr, signal.getsignal(signal.SIGINT), atexit._ncallbacks())
hook = getattr(sys, "unraisablehook", None)
sys.path.insert(0, %r)
from common import checkpoint, diagrams, digits, errors, figures, npz, options, records, run, weights
from tf1.examples.tutorials.mnist import input_data
import LSTM, LSTM_for_Mnist, predict_sin, predict_sin_MultiRnnCell, simple_rnn_forward, tflearn_sin
after = (sys.excepthook, sys.stdout, sys.stderr, signal.getsignal(signal.SIGINT), atexit._ncallbacks())
assert before[:4] == after[:4] and hook is getattr(sys, "unraisablehook", None)
assert "tensorflow" not in sys.modules and "matplotlib" not in sys.modules
"""
        % RNN
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr == "", done.stderr


# checkpoints


def test_digits_resume_with_the_images_that_follow(run_part, tmp_path):
    few, model = FEW["LSTM_for_Mnist"], ["--model-dir", str(tmp_path / "model")]
    run_part("LSTM_for_Mnist", *few, 4, *model)
    resumed = run_part("LSTM_for_Mnist", *few, 7, *model)
    assert "resumes after step 4" in resumed.stderr
    losses = record_of(tmp_path / "out", "LSTM_for_Mnist")["losses"]
    run_part("LSTM_for_Mnist", *few, 7)
    np.testing.assert_allclose(
        losses["train_loss"], record_of(tmp_path / "out", "LSTM_for_Mnist")["losses"]["train_loss"], rtol=1e-6
    )


def test_an_estimator_resumes_to_the_same_total_of_steps(run_part, refused, tmp_path):
    """And only with the same options: its checkpoint holds the learning rate, so a different one would be ignored."""
    model = tmp_path / "model"
    rate = ["--model-dir", model, "--learning-rate", 0.2]
    succeeded(run_part("tflearn_sin", "--training-steps", 10, *rate))
    first = record_of(tmp_path / "out", "tflearn_sin")["losses"]["train_loss"]
    done = run_part("tflearn_sin", "--training-steps", 25, *rate)
    assert done.returncode == 0
    assert re.fullmatch(r"tflearn_sin.py: resumes after step 10 from the checkpoint in \S+\n", done.stderr)
    record = record_of(tmp_path / "out", "tflearn_sin")
    assert len(record["losses"]["train_loss"]) == 15 and np.mean(record["losses"]["train_loss"]) < np.mean(first)
    assert (model / "model.ckpt-25.index").exists() and not list(model.glob("model.ckpt-3?.index"))
    assert record["changed"] == ["--learning-rate 0.2", "--training-steps 25", "resumed after 10 steps"]
    assert record["initial_weights"] == "a checkpoint after 10 steps"

    done = run_part("tflearn_sin", "--training-steps", 25, *rate)  # nothing is left to train
    assert done.returncode == 0 and record_of(tmp_path / "out", "tflearn_sin")["curves"] == record["curves"]

    new = ["--out", tmp_path / "new", "--model-dir", model]
    line = refused("tflearn_sin", *new)
    assert "was made with --learning-rate 0.2, but this run has 0.1; use the same options" in line
    line = refused("tflearn_sin", *new, "--learning-rate", 0.2, "--seed", 3)
    assert "was made with --seed 56, but this run has 3" in line
    line = refused("tflearn_sin", *new, "--learning-rate", 0.2, "--training-steps", 24)
    assert "is already at step 25, but --training-steps is 24" in line
    (model / "options.json").unlink()
    assert "is damaged" in refused("tflearn_sin", *new, "--learning-rate", 0.2)


def test_a_run_from_weights_of_a_file_resumes(run_part, tmp_path):
    first, second = str(tmp_path / "first.npz"), str(tmp_path / "second.npz")
    succeeded(run_part("predict_sin", *SHORT, "--epoch", 1, "--seed", 4, "--save-initial-weights", first))
    run = [*SHORT, "--initial-weights", first, "--save-initial-weights", second, "--model-dir", tmp_path / "model"]
    succeeded(run_part("predict_sin", *run, "--epoch", 2))
    done = run_part("predict_sin", *run, "--epoch", 3)
    assert done.returncode == 0 and "resumes after epoch 2" in done.stderr
    losses = record_of(tmp_path / "out", "predict_sin")["losses"]
    succeeded(run_part("predict_sin", *SHORT, "--epoch", 3, "--seed", 4))
    assert record_of(tmp_path / "out", "predict_sin")["losses"] == losses
    with np.load(first) as one, np.load(second) as other:
        for name in one.files:
            np.testing.assert_array_equal(one[name], other[name])


@pytest.fixture(scope="module")
def npz_checkpoint(tmp_path_factory):
    """The bytes of a checkpoint of predict_sin after two epochs."""
    import conftest

    directory = tmp_path_factory.mktemp("checkpoint")
    arguments = [str(a) for a in [*FEW["predict_sin"], 2, "--model-dir", directory, "--out", directory / "out"]]
    before, sys.argv = sys.argv, [os.path.join(RNN, "predict_sin.py")] + arguments
    try:
        with pytest.raises(SystemExit):
            conftest.execute("predict_sin")
    finally:
        sys.argv = before
    assert sorted(os.listdir(str(directory))) == ["checkpoint.npz", "out"]
    return (directory / "checkpoint.npz").read_bytes()


def with_state(content, change):
    """A checkpoint whose state is changed; its checksums are right."""
    arrays = dict(np.load(io.BytesIO(content)).items())
    text = change(arrays.pop("state").tobytes())
    changed = io.BytesIO()
    np.savez(changed, state=np.frombuffer(text, np.uint8), **arrays)
    return changed.getvalue()


def test_a_checkpoint_resumes_in_a_directory_that_has_moved(run_part, refused, tmp_path, npz_checkpoint):
    (tmp_path / "moved").mkdir()
    (tmp_path / "moved" / "checkpoint.npz").write_bytes(npz_checkpoint)
    run = ["--model-dir", tmp_path / "moved"]
    done = run_part("predict_sin", *FEW["predict_sin"], 3, *run, "--out", tmp_path / "first")
    assert done.returncode == 0 and "resumes after epoch 2 " in done.stderr
    for part in ("predict_sin_MultiRnnCell", "tflearn_sin"):
        assert "is of a different model" in refused(part, *run)
    done = run_part("LSTM_for_Mnist", *FEW["LSTM_for_Mnist"], 3, *run)
    assert done.returncode == 2 and done.stdout == ""
    assert "is of a different model" in done.stderr.splitlines()[-1]
    line = refused("predict_sin", *SHORT, *run, "--batch-size", 32)
    assert "was made with --batch-size 64, but this run has 32" in line
    assert os.listdir(str(tmp_path / "moved")) == ["checkpoint.npz"]


STATES = [
    lambda text: b"[]",
    lambda text: b"3",
    lambda text: b"{}",
    lambda text: b"[" * 10**5,
    lambda text: b"\xff\xfe",
    lambda text: text[: len(text) // 2],
    lambda text: json.dumps(dict(json.loads(text), options=3)).encode(),
    lambda text: json.dumps(dict(json.loads(text), losses=[])).encode(),
    lambda text: json.dumps(dict(json.loads(text), losses={"train_loss": [[1]]})).encode(),
    lambda text: json.dumps(dict(json.loads(text), losses={"train_loss": 3})).encode(),
    lambda text: json.dumps(dict(json.loads(text), done="2")).encode(),
    lambda text: json.dumps(dict(json.loads(text), printed=3)).encode(),
    lambda text: json.dumps(dict(json.loads(text), printed=[3])).encode(),
    lambda text: json.dumps(dict(json.loads(text), curves={"predictions": [3]})).encode(),
    lambda text: json.dumps(dict(json.loads(text), curves={"predictions": 3})).encode(),
    lambda text: text.replace(b'"train_loss": [[', b'"train_loss": [["x", '),
    lambda text: text.replace(b'"train_loss": [[', b'"train_loss": [[NaN, '),
]


@pytest.mark.parametrize(
    "number", [0, 3, 8, 15] + [pytest.param(i, marks=SLOW) for i in set(range(17)) - {0, 3, 8, 15}]
)
def test_a_checkpoint_with_a_different_state_is_refused(refused, tmp_path, npz_checkpoint, number):
    (tmp_path / "model").mkdir()
    path = tmp_path / "model" / "checkpoint.npz"
    path.write_bytes(with_state(npz_checkpoint, STATES[number]))
    before = path.read_bytes()
    line = refused("predict_sin", *FEW["predict_sin"], 3, "--model-dir", tmp_path / "model")
    assert "--model-dir: the checkpoint %s is damaged" % path in line
    assert path.read_bytes() == before


def test_every_damaged_byte_of_a_checkpoint_is_noticed(refused, tmp_path, npz_checkpoint):
    """A flipped bit anywhere, a file cut short, something else: one line, status 2."""
    (tmp_path / "model").mkdir()
    path = tmp_path / "model" / "checkpoint.npz"
    run = [*FEW["predict_sin"], 3, "--model-dir", tmp_path / "model"]
    damaged = [b"", npz_checkpoint[:100], npz_checkpoint[: len(npz_checkpoint) // 2], npz_checkpoint[9:], b"x" * 999]
    state = npz_checkpoint.index(b"train_loss")
    kernel = npz_checkpoint.index(b"\x93NUMPY", npz_checkpoint.index(b"kernel")) + 130
    for place in (state + 30, kernel):
        damaged.append(npz_checkpoint[:place] + bytes([npz_checkpoint[place] ^ 1]) + npz_checkpoint[place + 1 :])
    for content in damaged:
        path.write_bytes(content)
        line = refused("predict_sin", *run)
        assert "--model-dir: the checkpoint %s is damaged" % path in line


def test_a_checkpoint_is_not_inflated(refused, tmp_path, npz_checkpoint):
    """A small file that promises much is refused by its headers."""
    (tmp_path / "model").mkdir()
    path = tmp_path / "model" / "checkpoint.npz"
    arrays = dict(np.load(io.BytesIO(npz_checkpoint)).items())
    arrays["state"] = np.zeros(2 * 10**7, np.uint8)
    np.savez_compressed(str(path), **arrays)
    assert path.stat().st_size < 100000
    line = refused("predict_sin", *FEW["predict_sin"], 3, "--model-dir", tmp_path / "model")
    assert "is damaged: its state is not a text, or compressed" in line


@pytest.fixture(scope="module")
def estimator_checkpoint(tmp_path_factory):
    """The files of an Estimator's directory after two steps: {name: bytes}."""
    import conftest

    directory = tmp_path_factory.mktemp("estimator")
    arguments = ["--training-steps", "2", "--model-dir", str(directory), "--out", str(directory / "out")]
    before, sys.argv = sys.argv, [os.path.join(RNN, "tflearn_sin.py")] + arguments
    try:
        with pytest.raises(SystemExit):
            conftest.execute("tflearn_sin")
    finally:
        sys.argv = before
    return {path.name: path.read_bytes() for path in directory.iterdir() if path.is_file()}


@pytest.fixture
def estimator_directory(estimator_checkpoint, tmp_path):
    directory = tmp_path / "model"
    directory.mkdir()
    for name, content in estimator_checkpoint.items():
        (directory / name).write_bytes(content)
    return directory


def test_nothing_outside_the_directory_of_an_estimator_is_read_or_deleted(run_part, estimator_directory, tmp_path):
    """TensorFlow reads, and deletes, what the file ``checkpoint`` names."""
    other = tmp_path / "other"
    other.mkdir()
    for name in os.listdir(str(estimator_directory)):
        if name.startswith("model.ckpt-2."):
            (other / name).write_bytes((estimator_directory / name).read_bytes())
    mine = sorted(os.listdir(str(other)))
    crafted = 'model_checkpoint_path: "%s"\n' % (other / "model.ckpt-2")
    crafted += "".join('all_model_checkpoint_paths: "%s"\n' % (other / "model.ckpt-2") for _ in range(9))
    (estimator_directory / "checkpoint").write_text(crafted)
    done = run_part("tflearn_sin", "--training-steps", 9, "--model-dir", estimator_directory)
    assert (
        done.returncode == 0 and "resumes after step 2 from the checkpoint in %s" % estimator_directory in done.stderr
    )
    assert sorted(os.listdir(str(other))) == mine
    assert str(other) not in (estimator_directory / "checkpoint").read_text()


@pytest.mark.parametrize(
    "content",
    [
        "garbage",
        pytest.param("", marks=SLOW),
        pytest.param('model_checkpoint_path: "model.ckpt-9"', marks=SLOW),
        pytest.param(None, marks=SLOW),
    ],
)
def test_an_estimator_resumes_without_its_list_of_checkpoints(run_part, estimator_directory, content):
    if content is None:
        (estimator_directory / "checkpoint").unlink()
    else:
        (estimator_directory / "checkpoint").write_text(content)
    done = run_part("tflearn_sin", "--training-steps", 3, "--model-dir", estimator_directory)
    assert done.returncode == 0 and "resumes after step 2 " in done.stderr


@SLOW
def test_a_killed_first_save_of_an_estimator_is_made_again(run_part, estimator_directory):
    for name in os.listdir(str(estimator_directory)):
        if name.endswith(".index") or name == "checkpoint":
            (estimator_directory / name).unlink()
    done = run_part("tflearn_sin", "--training-steps", 3, "--model-dir", estimator_directory)
    assert done.returncode == 0 and done.stderr == ""
    assert (estimator_directory / "model.ckpt-3.index").exists()


def test_links_in_the_directory_of_an_estimator_are_refused(refused, estimator_directory, tmp_path):
    content = tmp_path / "elsewhere"
    (estimator_directory / "model.ckpt-2.index").rename(content)
    (estimator_directory / "model.ckpt-2.index").symlink_to(content)
    line = refused("tflearn_sin", "--training-steps", 3, "--model-dir", estimator_directory)
    assert "model.ckpt-2.index in %s is a link" % estimator_directory in line


def test_a_damaged_checkpoint_of_an_estimator_is_refused(refused, estimator_directory):
    run = ["--training-steps", 3, "--model-dir", estimator_directory]
    index, data = (estimator_directory / name for name in ("model.ckpt-2.index", "model.ckpt-2.data-00000-of-00001"))
    whole = data.read_bytes()
    for content in (whole[:10], whole[:-4] + bytes(4)):
        data.write_bytes(content)
        line = refused("tflearn_sin", *run)
        assert "is damaged" in line and "Graph execution error" not in line
    data.write_bytes(whole)
    index.write_bytes(index.read_bytes()[:20])
    assert "is damaged" in refused("tflearn_sin", *run)


def test_checkpoints_of_different_models_are_refused(refused, estimator_directory):
    kept = sorted(os.listdir(str(estimator_directory)))
    line = refused("predict_sin", "--model-dir", estimator_directory)
    assert "--model-dir: the checkpoint in %s is of a different model" % estimator_directory in line
    line = refused("tflearn_sin", "--hidden-size", 7, "--model-dir", estimator_directory)
    assert "was made with --hidden-size 30, but this run has 7" in line
    assert sorted(os.listdir(str(estimator_directory))) == kept


@pytest.mark.parametrize(
    "text, expected",
    [
        ("disk full\n\t [[node a]]", "disk full"),
        ("Graph execution error:\n\nDetected at node 'a' (most recent):\n  File x\nNode: 'a'\nfull\n\t[[a]]", "full"),
    ],
)
def test_the_reason_of_a_tensorflow_error(text, expected):
    assert errors.reason(text) == expected


def test_lengths_of_the_scripts():
    """Each is read in five minutes."""
    longest = {
        "simple_rnn_forward": 65,
        "LSTM": 110,
        "predict_sin": 115,
        "predict_sin_MultiRnnCell": 145,
        "LSTM_for_Mnist": 115,
        "tflearn_sin": 115,
    }
    for part in PARTS:
        with open(os.path.join(RNN, part + ".py"), encoding="utf-8") as file:
            assert len(file.readlines()) <= longest[part], part
