"""Every part as a user runs it, for a few steps: what it prints, its record, and its figure."""

import glob
import os
import re
import subprocess
import sys

import numpy as np
import pytest
from conftest import RNN, program
from short_runs import FEW, FORWARD, PARTS, SHORT, SLOW, needs_mnist, record_of, size_of, succeeded

import tf1 as tf


def test_part_1_gives_the_numbers_of_the_original(run_part, tmp_path):
    assert succeeded(run_part("simple_rnn_forward")) == FORWARD
    record = record_of(tmp_path / "out", "simple_rnn_forward")
    assert record["printed"] == FORWARD.splitlines()
    assert record["changed"] == []
    np.testing.assert_allclose(record["curves"]["output"], [[1.56128388], [2.72707101]], atol=5e-9)
    assert (tmp_path / "out" / "rnn_forward.jpg").read_bytes()[:3] == b"\xff\xd8\xff"


def test_part_1_needs_only_numpy(tmp_path):
    """Without TensorFlow, tqdm and matplotlib: the same output and record; a remark explains the missing figure."""
    script = os.path.join(RNN, "simple_rnn_forward.py")
    done = program("without_packages.py", script, "--out", tmp_path)
    assert done.returncode == 0
    assert done.stdout == FORWARD
    assert "no figure" in done.stderr
    assert done.stderr.count("\n") == 1
    assert os.listdir(str(tmp_path)) == ["simple_rnn_forward.json"]


@pytest.mark.parametrize("script", ["simple_rnn_forward", "LSTM"])
def test_missing_packages_are_reported_in_one_line(tmp_path, script):
    command = [sys.executable, "-S", os.path.join(RNN, script + ".py"), "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert re.match(
        r"%s.py: error: required package numpy is not installed for .*requirements.txt" % script, done.stderr
    )


def test_missing_tensorflow_is_reported_in_one_line(run_part, monkeypatch):
    from tf1.installed import startup

    def missing(name):
        raise startup.NotInstalled("TensorFlow is not installed; 'pip install -r requirements.txt' installs it")

    monkeypatch.setattr(tf, "__getattr__", missing)
    done = run_part("predict_sin")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert re.match(r"predict_sin.py: error: TensorFlow is not installed.*requirements.txt", done.stderr)


def test_part_1_accepts_other_numbers(run_part, tmp_path):
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


def test_part_2_prints_the_shapes_of_all_variants(run_part, tmp_path):
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


def test_part_2_can_run_a_single_variant(run_part):
    printed = succeeded(run_part("LSTM", "--variant", "single", "--num-units-1", 3, "--batch-size", 2, "--max-time", 4))
    assert printed.splitlines()[:3] == [
        "output_size: 3",
        "state_size: LSTMStateTuple(c=3, h=3)",
        "output.shape: (2, 4, 3)",
    ]


@pytest.mark.slow
def test_part_3_reproduces_the_authors_run(start, tmp_path):
    """The first 20 of its 150 epochs: the printed losses, and crests and troughs of the curves, are the original's."""
    lines = succeeded(start("predict_sin", "--epoch", 20)).splitlines()
    assert [line.split(" ,")[0] for line in lines] == ["epoch:10", "epoch:10", "epoch:20", "epoch:20"]
    assert lines[1] == "epoch:10 ,average test loss=0.0449"
    assert lines[3] == "epoch:20 ,average test loss=0.0263"
    record = record_of(tmp_path / "out", "predict_sin")
    first, second = record["curves"]["predictions"]
    assert [first["y"][222], first["y"][568]] == [pytest.approx(0.6932, abs=2e-4), pytest.approx(-0.5427, abs=2e-4)]
    assert [second["y"][222], second["y"][568]] == [pytest.approx(0.7258, abs=2e-4), pytest.approx(-0.6849, abs=2e-4)]
    assert np.shape(record["losses"]["train_loss"]) == (20, 85)
    assert np.shape(record["losses"]["test_loss"]) == (20, 8)
    assert record["losses"]["epoch_test_loss"][9] == pytest.approx(np.mean(record["losses"]["test_loss"][9]), rel=1e-7)
    assert lines == record["printed"]
    assert record["changed"] == ["--epoch 20"]
    assert size_of(tmp_path / "out" / "onelayer_lstm.png") in ((640, 476), (640, 477))  # by version of matplotlib


def test_part_3_follows_print_every_and_drawn_points(run_part, tmp_path):
    """Every second epoch; 256 points, of the two complete batches of 290 windows."""
    printed = succeeded(run_part("predict_sin", *SHORT, "--batch-size", 128, "--epoch", 3, "--print-every", 2))
    assert re.findall(r"epoch:(\d+) ,average test", printed) == ["2", "3"]
    record = record_of(tmp_path / "out", "predict_sin")
    curves = record["curves"]
    assert [len(curve["y"]) for curve in curves["predictions"]] == [256, 256]
    assert len(curves["target"]) == 256
    assert np.abs(curves["predictions"][0]["y"]).min() > 0
    assert record["initial_weights"] == "the author's own run, recovered from the original figure"
    succeeded(run_part("predict_sin", *SHORT, "--epoch", 1, "--drawn-points", 20))
    curves = record_of(tmp_path / "out", "predict_sin")["curves"]
    assert len(curves["predictions"][0]["y"]) == len(curves["target"]) == 20


def test_parts_4_and_5_compute_the_same_losses(run_part, tmp_path):
    lines = succeeded(run_part("predict_sin_MultiRnnCell", "--epoch", 2, "--state", "manual", "--unroll", "manual"))
    manual = record_of(tmp_path / "out", "predict_sin_MultiRnnCell")
    assert re.fullmatch(r"epoch:2 ,average training loss=0\.\d{4}\nepoch:2 ,average test loss=0\.\d{4}\n", lines)
    assert "%.4f" % np.mean(manual["losses"]["train_loss"][1]) in lines
    assert manual["options"]["unroll"] == "manual"
    assert manual["changed"][0] == "--epoch 2"
    assert len(manual["curves"]["target"]) == len(manual["curves"]["predictions"][0]["y"]) == 1000
    assert size_of(tmp_path / "out" / "multi_lstm.png") == (640, 473)

    again = str(tmp_path / "again")
    succeeded(run_part("predict_sin_MultiRnnCell", "--epoch", 2, "--out", again))
    by_tensorflow = record_of(again, "predict_sin_MultiRnnCell")
    np.testing.assert_allclose(manual["losses"]["train_loss"], by_tensorflow["losses"]["train_loss"], atol=1e-6)


def test_part_6_learns_generated_digits(run_part, tmp_path):
    done = run_part("LSTM_for_Mnist", "--data", "synthetic", "--training-steps", 61, "--test-images", 500)
    assert done.returncode == 0
    assert done.stderr == ("LSTM_for_Mnist.py: using generated digits, not MNIST; the losses are not the tutorial's\n")
    assert re.fullmatch(r"train loss: 2\.\d{4} \| test accuracy: 0\.\d\d\n", done.stdout)
    record = record_of(tmp_path / "out", "LSTM_for_Mnist")
    losses = record["losses"]
    assert losses["accuracy_step"] == [0]
    assert len(losses["train_loss"]) == 61
    assert losses["train_loss"][0] == pytest.approx(np.log(10), abs=0.1)  # ten classes, nothing learned
    assert np.mean(losses["train_loss"][-5:]) < 2.0
    assert "--data synthetic" in record["changed"]  # so the figure and the comparison say it, too
    assert size_of(tmp_path / "out" / "mnist_lstm.png") == (640, 480)


@pytest.mark.slow
@needs_mnist
def test_part_6_learns_mnist(run_part, tmp_path):
    lines = succeeded(run_part("LSTM_for_Mnist", "--training-steps", 301)).splitlines()
    assert len(lines) == 1
    losses = record_of(tmp_path / "out", "LSTM_for_Mnist")["losses"]
    assert lines == ["train loss: %.4f | test accuracy: %.2f" % (losses["train_loss"][0], losses["accuracy"][0])]
    assert np.mean(losses["train_loss"][-20:]) < 0.5


def test_part_7_predicts_a_sine_wave(run_part, tmp_path):
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


def test_scripts_stay_short():
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


def test_importing_has_no_side_effects():
    done = program("imports.py", *PARTS)
    assert done.stderr == ""
    assert done.stdout == "changed: []\nregistered: []\nloaded: []\n"
