"""The first steps of every part compared with the golden files, and that a wrong detail is detected."""

import functools
import os
import re

from common import errors, records
from common.parts import BY_SCRIPT, PARTS

import numpy as np
import pytest
import regression

import tf1 as tf
from tf1.examples.tutorials.mnist import input_data

GOLDEN = regression.GOLDEN
needs_mnist = pytest.mark.skipif(not os.environ.get("MNIST_DATA"), reason="MNIST_DATA names no directory with MNIST")
TRAINED = [
    "predict_sin.py",
    "predict_sin_MultiRnnCell.py",
    "tflearn_sin.py",
    pytest.param("LSTM_for_Mnist.py", marks=[needs_mnist, pytest.mark.slow]),
]


def first_steps(trained, part, change=None):
    """The beginning of a part's default run, through its own train, as a record.

    Args:
        change: function of the part's module, to alter it.
    """
    part = BY_SCRIPT[part]
    shorter = ("--epoch", 2) if part.quick[0] == "--epoch" else ("--training-steps", 40)
    history = trained(part.name, *shorter, change=change).history
    losses = {name: values for name, values in history.items() if isinstance(values, list)}
    return {"script": part.script, "losses": losses, "curves": {}, "printed": [], "versions": records.versions()}


def detected(part, found):
    """The first Difference from the golden file, with its message."""
    golden = regression.golden(BY_SCRIPT[part])
    differences = regression.compare(golden, found, first_steps=True)
    assert differences, "%s: not detected" % part
    line = regression.describe(part, differences[0], golden, found)
    assert line.startswith(part + ": losses/train_loss, ")
    assert "TensorFlow %s" % tf.__version__ in line
    assert golden["versions"]["tensorflow"] in line
    return differences[0]


@pytest.mark.parametrize("part", TRAINED)
def test_the_first_steps_equal_the_golden_records(trained, part):
    golden, found = regression.golden(BY_SCRIPT[part]), first_steps(trained, part)
    lines = [regression.describe(part, d, golden, found) for d in regression.compare(golden, found, first_steps=True)]
    assert not lines


@pytest.mark.parametrize("part", [part for part in PARTS if not part.trains])
def test_parts_without_training_equal_the_golden_records(run_part, part, tmp_path):
    assert run_part(part.name).returncode == 0
    assert regression.report(part, regression.golden(part), records.read(str(tmp_path / "out" / part.record)))


# a wrong detail is detected


@pytest.mark.parametrize("part", TRAINED)
def test_a_wrong_forget_bias_is_detected(trained, part, monkeypatch):
    cell = functools.partial(tf.contrib.rnn.BasicLSTMCell, forget_bias=0.99)
    monkeypatch.setattr(tf.contrib.rnn, "BasicLSTMCell", cell)
    detected(part, first_steps(trained, part))


@pytest.mark.parametrize("part", [part for part in TRAINED if part != "tflearn_sin.py"])
def test_a_wrong_epsilon_of_adam_is_detected(trained, part, monkeypatch):
    monkeypatch.setattr(tf.train, "AdamOptimizer", functools.partial(tf.train.AdamOptimizer, epsilon=1e-6))
    detected(part, first_steps(trained, part))


@pytest.mark.parametrize("part", ["predict_sin.py", "predict_sin_MultiRnnCell.py"])
def test_two_swapped_batches_are_detected(trained, part):
    def swap(module):
        generate = module.generate

        def swapped(seq):
            X, y = generate(seq)
            rows = np.arange(len(X))
            rows[128:256], rows[256:384] = np.arange(256, 384), np.arange(128, 256)
            return X[rows], y[rows]

        module.generate = swapped

    assert detected(part, first_steps(trained, part, swap)).where == (0, 1)


def test_two_swapped_batches_of_the_estimator_are_detected(trained, monkeypatch):
    if tf.__version__.startswith("1."):
        pytest.skip("TensorFlow 1.15 feeds by its own contrib")
    from tf1.contrib.learn.data_feeder import DataFeeder

    feed_fn, fed = DataFeeder.feed_fn, {}

    def swapped(feeder):
        if feeder not in fed:
            fed[feeder] = [feed_fn(feeder)]
            if len(fed[feeder][0]) == 2:  # features and labels: of the training
                second, third = feed_fn(feeder), feed_fn(feeder)
                fed[feeder] += [third, second]
        return fed[feeder].pop(0) if fed[feeder] else feed_fn(feeder)

    monkeypatch.setattr(DataFeeder, "feed_fn", swapped)
    assert detected("tflearn_sin.py", first_steps(trained, "tflearn_sin.py")).where == (1,)


@needs_mnist
@pytest.mark.slow
def test_two_swapped_batches_of_digits_are_detected(trained, monkeypatch):
    next_batch = input_data.DataSet.next_batch
    held = {}

    def swapped(data, batch_size, *more, **options):
        if batch_size != 100:
            return next_batch(data, batch_size, *more, **options)
        if "second" in held and held["second"] is not None:
            batch, held["second"] = held["second"], None
            return batch
        first = next_batch(data, batch_size, *more, **options)
        if "second" not in held:
            second = next_batch(data, batch_size, *more, **options)
            held["second"] = first
            return second
        return first

    monkeypatch.setattr(input_data.DataSet, "next_batch", swapped)
    assert detected("LSTM_for_Mnist.py", first_steps(trained, "LSTM_for_Mnist.py")).where == (0,)


@pytest.mark.parametrize("part", TRAINED)
def test_the_output_of_the_wrong_step_is_detected(trained, part, monkeypatch):
    dynamic_rnn = tf.nn.dynamic_rnn

    def one_step_less(*arguments, **options):
        outputs, state = dynamic_rnn(*arguments, **options)
        return tf.concat([outputs[:, :-1], outputs[:, -2:-1]], axis=1), state

    monkeypatch.setattr(tf.nn, "dynamic_rnn", one_step_less)
    assert detected(part, first_steps(trained, part)).where[0] == 0


# the comparison itself, on small records


def small():
    return {
        "script": "predict_sin.py",
        "versions": records.versions(),
        "printed": ["epoch:10 ,average test loss=0.0449"],
        "losses": {"train_loss": [[0.5, 0.25], [0.125, 0.0625]], "epoch_test_loss": [0.375, 0.09]},
        "curves": {"predictions": [{"epoch": 10, "y": [0.0, 1.0]}], "target": [0.0, 1.0]},
    }


def test_nearly_equal_records_are_equal():
    other = small()
    other["losses"]["train_loss"][1][1] += 0.9e-6
    other["curves"]["target"][1] -= 4e-6
    other["printed"] = ["epoch:10 ,average test loss=0.0450"]
    assert regression.compare(small(), other) == []


@pytest.mark.parametrize(
    "key, value, message",
    [
        ("losses", {"train_loss": [[0.5, 0.25], [0.125002, 0.0625]], "epoch_test_loss": [0.375, 0.09]},
         "predict_sin.py: losses/train_loss, epoch 2, step 1: expected 0.125 (TensorFlow "),
        ("losses", {"train_loss": [[0.5, float("nan")], [0.125, 0.0625]], "epoch_test_loss": [0.375, 0.09]},
         "predict_sin.py: losses/train_loss, epoch 1, step 2: expected 0.25 (TensorFlow "),
        ("losses", {"train_loss": [[0.5, 0.25]], "epoch_test_loss": [0.375, 0.09]},
         "predict_sin.py: losses/train_loss: expected shape (2, 2) (TensorFlow "),
        ("losses", {"train_loss": [[0.5, 0.25], [0.125, 0.0625]]},
         "predict_sin.py: losses/epoch_test_loss: expected shape (2,) (TensorFlow "),
        ("curves", {"predictions": [{"epoch": 10, "y": [0.0, 1.00001]}], "target": [0.0, 1.0]},
         "predict_sin.py: curves/predictions, epoch 10, point 1: expected 1 (TensorFlow "),
        ("losses", {"train_loss": [[0.5, 0.25], [0.125, 0.0625]], "epoch_test_loss": [0.375, 0.0901]},
         "predict_sin.py: losses/epoch_test_loss, epoch 2: expected 0.09 (TensorFlow "),
        ("printed", ["epoch:10 ,average test loss=0.0451"],
         "predict_sin.py: printed, line 1: expected epoch:10 ,average test loss=0.0449 (TensorFlow "),
        ("printed", ["epoch:11 ,average test loss=0.0449"], "predict_sin.py: printed, line 1: expected epoch:10"),
        ("printed", [], "predict_sin.py: printed, line 1: expected epoch:10"),
    ],
)  # fmt: skip
def test_a_difference_is_described(key, value, message, capsys):
    other = small()
    other[key] = value
    assert not regression.report(BY_SCRIPT["predict_sin.py"], small(), other)
    printed = capsys.readouterr().out
    assert printed.startswith(message)
    assert "tolerance" in printed


def digits():
    random = np.random.RandomState(0)
    return {
        "script": "LSTM_for_Mnist.py",
        "versions": records.versions(),
        "printed": ["train loss: 2.3 | test accuracy: 0.1", "train loss: 0.1 | test accuracy: 0.97"],
        "losses": {
            "train_loss": list(random.uniform(0.05, 0.15, 1500)),
            "accuracy_step": [0, 500, 1000],
            "accuracy": [0.1, 0.97, 0.98],
        },
        "curves": {},
    }


@pytest.mark.parametrize(
    "change, series",
    [
        (lambda losses: losses["train_loss"].__setitem__(29, losses["train_loss"][29] * 1.001), "losses/train_loss"),
        (lambda losses: losses["train_loss"].__setitem__(slice(500, 1000), [0.21] * 500),
         "losses/train_loss, mean of 500 steps"),
        (lambda losses: losses["accuracy"].__setitem__(2, 0.95), "losses/accuracy"),
        (lambda losses: losses["train_loss"].__delitem__(slice(1000, None)), "losses/train_loss"),
    ],
)  # fmt: skip
def test_digits_are_compared_by_steps_and_then_by_bands(change, series):
    other = digits()
    change(other["losses"])
    assert [difference.series for difference in regression.compare(digits(), other)] == [series]
    reordered = digits()
    reordered["losses"]["train_loss"][30:] = reordered["losses"]["train_loss"][:29:-1]
    reordered["losses"]["accuracy"][2] = 0.97
    reordered["printed"][1] = "train loss: 0.2 | test accuracy: 0.96"
    assert regression.compare(digits(), reordered) == []


def test_a_difference_of_the_digits_is_described():
    other = digits()
    other["losses"]["accuracy"][2] = 0.95
    other["printed"][1] = "training loss: 0.1 | test accuracy: 0.97"
    accuracy, line = (
        regression.describe("LSTM_for_Mnist.py", difference, digits(), other)
        for difference in regression.compare(digits(), other)
    )
    assert accuracy.startswith("LSTM_for_Mnist.py: losses/accuracy, step 1000: expected 0.98 (TensorFlow ")
    assert line.startswith("LSTM_for_Mnist.py: printed, line 2: expected train loss: # | test accuracy: # (TensorFlow ")
    other["printed"].pop()
    assert [difference.series for difference in regression.compare(digits(), other)] == ["losses/accuracy", "printed"]


def test_a_damaged_golden_file_is_reported_and_the_other_parts_are_compared(monkeypatch, tmp_path, capsys):
    """The same for a part that cannot be run."""

    def run_part(part, directory):
        if part.script == "LSTM_for_Mnist.py":
            raise errors.RunError("LSTM_for_Mnist.py ended with status 2: MNIST_DATA")
        return records.read(os.path.join(GOLDEN, part.record))

    monkeypatch.setattr(regression, "run_part", run_part)
    monkeypatch.setattr(regression, "BUILD", str(tmp_path))
    monkeypatch.setattr(regression, "GOLDEN", str(tmp_path / "golden"))
    (tmp_path / "golden").mkdir()
    (tmp_path / "golden" / "LSTM.json").write_text("{}")
    parts = [BY_SCRIPT[script] for script in ("LSTM_for_Mnist.py", "LSTM.py", "simple_rnn_forward.py")]
    assert regression.for_each(parts, regression.check) == 1
    printed = sorted(capsys.readouterr().out.splitlines())
    assert re.match("LSTM.py: .*golden/LSTM.json: is damaged", printed[0])
    assert re.match("LSTM_for_Mnist.py: .*golden/LSTM_for_Mnist.json: ", printed[1])
    assert len(printed) == 3

    assert regression.for_each(parts, regression.rewrite) == 1
    assert "LSTM_for_Mnist.py: LSTM_for_Mnist.py ended with status 2: MNIST_DATA" in capsys.readouterr().out
    assert regression.for_each(parts[1:], regression.check) == 0


@pytest.mark.slow
def test_a_part_that_cannot_be_run_is_reported(monkeypatch, tmp_path):
    monkeypatch.setenv("MNIST_DATA", str(tmp_path / "none"))
    with pytest.raises(errors.RunError, match="LSTM_for_Mnist.py ended with status 2: .*MNIST_DATA"):
        regression.run_part(BY_SCRIPT["LSTM_for_Mnist.py"], str(tmp_path))
