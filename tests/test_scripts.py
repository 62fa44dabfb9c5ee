"""Every part as a user runs it, for a few steps: what it prints, its record, its figure, and how it ends."""

import ast
import json
import os
import re
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from conftest import RNN
from common import errors
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


def test_part_1(start, tmp_path):
    assert succeeded(start("simple_rnn_forward.py")) == FORWARD
    record = record_of(tmp_path / "out", "simple_rnn_forward")
    assert record["printed"] == FORWARD.splitlines() and record["changed"] == []
    np.testing.assert_allclose(record["curves"]["output"], [[1.56128388], [2.72707101]], atol=5e-9)
    assert (tmp_path / "out" / "rnn_forward.jpg").read_bytes()[:3] == b"\xff\xd8\xff"


def test_part_1_needs_numpy_alone(tmp_path):
    """Without TensorFlow, tqdm and matplotlib it prints and records the same, and says why there is no figure."""
    program = """
import sys
sys.path.insert(0, %r)
for name in ("tensorflow", "tqdm", "matplotlib", "tf_slim"):
    sys.modules[name] = None
import simple_rnn_forward
simple_rnn_forward.main(["--out", %r])
""" % (RNN, str(tmp_path))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout == FORWARD
    assert "no figure was drawn" in done.stderr and done.stderr.count("\n") == 1
    assert os.listdir(str(tmp_path)) == ["simple_rnn_forward.json"]


@pytest.mark.parametrize(
    "script, missing",
    [("simple_rnn_forward", "numpy"), ("compare", "numpy"), ("LSTM", "TensorFlow"), ("predict_sin", "TensorFlow")],
)
def test_a_python_without_the_packages_says_so_in_one_line(tmp_path, script, missing):
    command = [sys.executable, "-S", os.path.join(RNN, script + ".py"), "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1 and done.stdout == "" and done.stderr.count("\n") == 1
    assert re.match(r"%s.py: error: %s.* is not installed for .*requirements.txt" % (script, missing), done.stderr)


def test_part_1_with_other_numbers(start, tmp_path):
    printed = succeeded(start("simple_rnn_forward.py", "--x", "0,3,-1", "--w-out=-1,1", "--b-out", "0.5"))
    assert [line for line in printed.splitlines() if line.isdigit()] == ["1", "2", "3"]
    state = np.zeros(2)
    for x, output in zip((0, 3, -1), record_of(tmp_path / "out", "simple_rnn_forward")["curves"]["output"]):
        state = np.tanh(state @ [[0.1, 0.2], [0.3, 0.4]] + x * np.array([0.5, 0.6]) + [0.1, -0.1])
        assert output == [pytest.approx(state[1] - state[0] + 0.5, abs=1e-8)]


def test_part_1_beyond_all_bounds(start, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "rnn_forward.jpg").write_bytes(b"of another run")
    done = start("simple_rnn_forward.py", "--w-out", "1e308,1e308", "--b-out", "1e308")
    assert done.returncode == 1
    assert done.stderr == (
        "simple_rnn_forward.py: error: the numbers have grown beyond all bounds: choose smaller weights and biases\n"
    )
    assert (tmp_path / "out" / "rnn_forward.jpg").read_bytes() == b"of another run"


def test_part_2(start, tmp_path):
    assert succeeded(start("LSTM.py")).splitlines() == [
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


def test_part_2_one_variant(start):
    printed = succeeded(start("LSTM.py", "--variant", "single", "--num-units-1", 3, "--batch-size", 2, "--max-time", 4))
    assert printed.splitlines()[:3] == [
        "output_size: 3",
        "state_size: LSTMStateTuple(c=3, h=3)",
        "output.shape: (2, 4, 3)",
    ]


def test_part_3_is_the_authors_run(start, tmp_path):
    """The first 20 of its 150 epochs: the printed losses and the curves' crests and troughs are the original's."""
    lines = succeeded(start("predict_sin.py", "--epoch", 20)).splitlines()
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


def test_part_3_prints_and_draws_what_it_is_asked_for(start, tmp_path):
    """Every second epoch, and no more points than the two batches that 290 windows fill."""
    printed = succeeded(start("predict_sin.py", *SHORT, "--batch-size", 128, "--epoch", 3, "--print-every", 2))
    assert re.findall(r"epoch:(\d+) ,average test", printed) == ["2", "3"]
    curves = record_of(tmp_path / "out", "predict_sin")["curves"]
    assert [len(curve["y"]) for curve in curves["predictions"]] == [256, 256] and len(curves["target"]) == 256
    assert np.abs(curves["predictions"][0]["y"]).min() > 0
    succeeded(start("predict_sin.py", *SHORT, "--epoch", 1, "--drawn-points", 20))
    curves = record_of(tmp_path / "out", "predict_sin")["curves"]
    assert len(curves["predictions"][0]["y"]) == len(curves["target"]) == 20


def test_part_4_and_5(start, tmp_path):
    lines = succeeded(start("predict_sin_MultiRnnCell.py", "--epoch", 2, "--state", "manual", "--unroll", "manual"))
    by_hand = record_of(tmp_path / "out", "predict_sin_MultiRnnCell")
    assert re.fullmatch(r"epoch:2 ,average training loss=0\.\d{4}\nepoch:2 ,average test loss=0\.\d{4}\n", lines)
    assert "%.4f" % np.mean(by_hand["losses"]["train_loss"][1]) in lines
    assert by_hand["options"]["unroll"] == "manual" and by_hand["changed"][0] == "--epoch 2"
    assert len(by_hand["curves"]["target"]) == len(by_hand["curves"]["predictions"][0]["y"]) == 1000
    assert size_of(tmp_path / "out" / "multi_lstm.png") == (640, 473)

    again = str(tmp_path / "again")
    succeeded(start("predict_sin_MultiRnnCell.py", "--epoch", 2, "--out", again))
    by_tensorflow = record_of(again, "predict_sin_MultiRnnCell")
    np.testing.assert_allclose(by_hand["losses"]["train_loss"], by_tensorflow["losses"]["train_loss"], atol=1e-6)


def test_part_6_on_generated_digits(start, tmp_path):
    done = start("LSTM_for_Mnist.py", "--data", "synthetic", "--training-steps", 61, "--test-images", 500)
    assert done.returncode == 0
    assert done.stderr == (
        "LSTM_for_Mnist.py: these are generated digits, not MNIST; the losses are not the tutorial's\n"
    )
    assert re.fullmatch(r"train loss: 2\.\d{4} \| test accuracy: 0\.\d\d\n", done.stdout)
    losses = record_of(tmp_path / "out", "LSTM_for_Mnist")["losses"]
    assert losses["accuracy_step"] == [0] and len(losses["train_loss"]) == 61
    assert losses["train_loss"][0] == pytest.approx(np.log(10), abs=0.1)  # ten classes, nothing learned
    assert np.mean(losses["train_loss"][-5:]) < 2.0
    assert size_of(tmp_path / "out" / "mnist_lstm.png") == (640, 480)


@pytest.mark.skipif(not os.environ.get("MNIST_DATA"), reason="MNIST_DATA names no folder with the real digits")
def test_part_6_on_real_digits(start, tmp_path):
    lines = succeeded(start("LSTM_for_Mnist.py", "--training-steps", 301)).splitlines()
    assert len(lines) == 1
    losses = record_of(tmp_path / "out", "LSTM_for_Mnist")["losses"]
    assert lines == ["train loss: %.4f | test accuracy: %.2f" % (losses["train_loss"][0], losses["accuracy"][0])]
    assert np.mean(losses["train_loss"][-20:]) < 0.5


def test_part_7(start, tmp_path):
    lines = succeeded(start("tflearn_sin.py", "--training-steps", 30, "--seed", 1)).splitlines()
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
def test_help_tells_what_the_part_shows(part):
    done = subprocess.run([sys.executable, os.path.join(RNN, part + ".py"), "--help"], capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr == ""
    with open(os.path.join(RNN, part + ".py"), encoding="utf-8") as file:
        docstring = ast.get_docstring(ast.parse(file.read()))
    assert docstring.splitlines()[0] in done.stdout
    for flag in ("--seed", "--threads", "--show", "--out", "--model-dir"):
        assert flag in done.stdout


BAD = [
    ("predict_sin", ["--epochs", "3"], "unrecognized arguments: --epochs 3 (--help lists the options)"),
    ("predict_sin", ["--epoch", "0"], "--epoch: must be a whole number from 1 to 1000000, not '0'"),
    ("predict_sin", ["--epoch", "1.5"], "--epoch: must be a whole number from 1 to 1000000, not '1.5'"),
    ("predict_sin", ["--epoch"], "--epoch: expected one argument"),
    ("predict_sin", ["--batch-size", "100000"], "--batch-size must be 1 to 1090, the windows that the data holds"),
    ("predict_sin", ["--learning-rate", "nan"], "--learning-rate: must be a number above 0, at most 1e+38, not 'nan'"),
    ("predict_sin", ["--learning-rate", "inf"], "--learning-rate: must be a number above 0"),
    ("predict_sin", ["--learning-rate", "-1"], "--learning-rate: must be a number above 0"),
    ("predict_sin", ["--seed", "-1"], "--seed: must be a whole number from 0 to 2147483647, not '-1'"),
    ("predict_sin", ["--seed", "x"], "--seed: must be a whole number from 0 to 2147483647, not 'x'"),
    ("predict_sin", ["--time-steps", "0"], "--time-steps: must be a whole number from 1 to 1000, not '0'"),
    ("predict_sin", ["--testing-examples", "5"], "--time-steps must be 1 to 4, less than the points of a series"),
    ("predict_sin", ["--hidden-units", "2"], "--hidden-units: must be 1, not '2'"),
    ("predict_sin", ["--threads", "0"], "--threads: must be a whole number from 1 to 1024"),
    ("predict_sin", ["surplus"], "unrecognized arguments: surplus"),
    ("predict_sin_MultiRnnCell", ["--unroll", "static"], "--unroll: invalid choice: 'static'"),
    ("LSTM", ["--variant", "gru"], "--variant: invalid choice: 'gru'"),
    ("LSTM", ["--num-units-1", "0"], "--num-units-1: must be a whole number from 1 to 10000"),
    ("LSTM_for_Mnist", ["--batch-size", "100000"], "--batch-size: must be a whole number from 1 to 55000"),
    ("LSTM_for_Mnist", ["--learning-rate", "0"], "--learning-rate/--lr: must be a number above 0"),
    ("LSTM_for_Mnist", ["--time-steps", "27"], "--time-steps times --input-size must be 784"),
    ("LSTM_for_Mnist", ["--data", "cifar"], "--data: invalid choice: 'cifar'"),
    ("tflearn_sin", ["--batch-size", "100000"], "--batch-size must be 1 to 9989"),
    ("tflearn_sin", ["--training-steps", "0"], "--training-steps: must be a whole number from 1 to"),
    ("predict_sin", ["--epoch=--"], "--epoch"),
    ("predict_sin", ["--model-dir", ""], "--model-dir: must name a file or folder, not ''"),
    ("predict_sin", ["--model-dir", "runs[1]"], "--model-dir: must be a folder without *, ?, [ and ] in its name"),
    ("predict_sin", ["--initial-weights="], "--initial-weights: must name a file or folder, not ''"),
    ("predict_sin", ["--save-initial-weights", "/"], "--save-initial-weights: / is a folder; name a file"),
    ("LSTM_for_Mnist", ["--data", "synthetic", "--data-dir", "/"], "--data-dir: --data synthetic reads no files"),
    ("simple_rnn_forward", ["--x", "1,two"], "--x: must be numbers separated by commas, not '1,two'"),
    ("simple_rnn_forward", ["--w-state", "1,2,3"], "--w-state: must be 4 numbers separated by commas"),
]


@pytest.mark.parametrize("part, arguments, message", BAD, ids=["%s %s" % (p, " ".join(a)) for p, a, _ in BAD])
def test_bad_options_are_refused_in_one_line(refused, part, arguments, message):
    assert message in refused(part, *arguments)


def test_out_must_be_a_folder_that_can_be_written_to(refused, tmp_path):
    file = tmp_path / "file"
    file.write_text("mine")
    said = refused("predict_sin", "--out", file)
    assert "--out: cannot write to the folder %s: is a file; name another folder" % file in said
    assert file.read_text() == "mine"
    assert "--out: cannot write to the folder /proc/here" in refused("predict_sin", "--out", "/proc/here")


@pytest.mark.parametrize("option", ["--initial-weights", "--save-initial-weights"])
def test_files_of_weights_that_cannot_be_used(refused, tmp_path, option):
    assert option in refused("predict_sin", option, tmp_path / "no" / "such.npz")


def test_seed_and_weights_exclude_each_other(refused):
    assert "exclude each other" in refused("predict_sin", "--seed", 3, "--initial-weights", "w.npz")


def test_weights_of_another_net_are_refused(refused, tmp_path):
    np.savez(str(tmp_path / "w.npz"), **{"rnn/basic_lstm_cell/kernel": np.zeros((3, 8)), "extra": np.zeros(1)})
    assert refused("predict_sin", "--initial-weights", tmp_path / "w.npz").endswith(
        "w.npz does not fit this network: rnn/basic_lstm_cell/bias is missing; extra is not a variable here; "
        "rnn/basic_lstm_cell/kernel has shape (3, 8) instead of (2, 4)\n"
    )


@pytest.mark.parametrize("part", ["predict_sin_MultiRnnCell", "LSTM_for_Mnist", "tflearn_sin"])
def test_a_run_from_saved_weights_is_the_run_of_the_seed(start, tmp_path, part):
    few = {
        "predict_sin_MultiRnnCell": ["--epoch", 1],
        # its seed orders the images too
        "LSTM_for_Mnist": ["--seed", 7, "--training-steps", 3, "--data", "synthetic", "--test-images", 100],
        "tflearn_sin": ["--training-steps", 5],
    }[part]
    file = str(tmp_path / "weights.npz")
    first = start(part + ".py", "--save-initial-weights", file, *few)
    losses = record_of(tmp_path / "out", part)["losses"]
    again = start(part + ".py", "--initial-weights", file, *few)
    assert first.returncode == again.returncode == 0 and first.stdout == again.stdout
    assert record_of(tmp_path / "out", part)["losses"] == losses


def test_no_digits(refused, tmp_path, monkeypatch):
    missing = tmp_path / "missing"
    said = refused("LSTM_for_Mnist", "--data-dir", missing)
    assert str(missing) in said and "--data synthetic" in said
    missing.mkdir()
    said = refused("LSTM_for_Mnist", "--data-dir", missing)
    assert str(missing) in said and "lacks train-images-idx3-ubyte.gz" in said and "--data synthetic" in said
    for name in input_data.FILES:
        (missing / name).write_bytes(b"no digits")
    said = refused("LSTM_for_Mnist", "--data-dir", missing)
    assert "train-images-idx3-ubyte.gz" in said and "9912422 were expected" in said


@pytest.mark.parametrize("backend", ["", "agg", "TkAgg", "nonsense"])
def test_without_a_screen_show_says_so(start, backend):
    done = start("predict_sin.py", "--epoch", 1, "--show", environment={"MPLBACKEND": backend})
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("predict_sin.py: error: --show: no window can be opened")
    assert done.stderr.count("\n") == 1


# runs that fail


@pytest.mark.parametrize(
    "arguments",
    [
        ["predict_sin.py", "--learning-rate", "1e38", "--epoch", "1"],
        ["LSTM_for_Mnist.py", "--learning-rate", "1e38", "--training-steps", "9", "--data", "synthetic"],
        ["tflearn_sin.py", "--learning-rate", "1e38", "--training-steps", "9"],
        ["tflearn_sin.py", "--learning-rate", "1e38", "--training-steps", "1"],
    ],
)
def test_a_loss_that_is_no_number_ends_the_run(start, tmp_path, arguments):
    done = start(*arguments)
    last = done.stderr.splitlines()[-1]
    assert done.returncode == 1 and not re.search("nan|inf", done.stdout), done.stderr
    assert re.match(
        r"\w+\.py: error: the training loss is no longer finite \(\S+\) at .*(step \d+|predictions show): lower --l",
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
@pytest.mark.parametrize("script", ["simple_rnn_forward", "LSTM"])
def test_streams_that_the_shell_has_closed(tmp_path, script, closed):
    command = '"%s" "%s.py" --out "%s" %s' % (sys.executable, os.path.join(RNN, script), tmp_path, closed)
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr == ""
    assert (tmp_path / (script + ".json")).exists()


# checkpoints and Ctrl-C

SHORT = ["--training-examples", 600, "--testing-examples", 300, "--batch-size", 64]


def test_ctrl_c_saves_and_the_same_command_goes_on(start, tmp_path):
    """What is interrupted and gone on with gives the very losses of a run that was left alone."""
    checkpoint = str(tmp_path / "model")
    process = start("predict_sin.py", *SHORT, "--epoch", 100000, "--model-dir", checkpoint, call=subprocess.Popen)
    while not os.path.exists(os.path.join(checkpoint, "checkpoint")):
        time.sleep(0.05)
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    found = re.fullmatch(
        r"predict_sin.py: interrupted: stopped after epoch (\d+) and saved in %s; the same command goes on from there\n"
        % re.escape(checkpoint),
        said,
    )
    assert process.returncode == 130 and found, said
    assert not os.listdir(str(tmp_path / "out"))

    epochs = int(found.group(1)) + 4
    done = start("predict_sin.py", *SHORT, "--epoch", epochs, "--model-dir", checkpoint)
    assert done.returncode == 0 and "goes on after epoch %s" % found.group(1) in done.stderr
    resumed = record_of(tmp_path / "out", "predict_sin")
    succeeded(start("predict_sin.py", *SHORT, "--epoch", epochs))
    whole = record_of(tmp_path / "out", "predict_sin")
    for key in ("losses", "curves", "printed", "changed"):
        assert resumed[key] == whole[key]

    done = start("predict_sin.py", *SHORT, "--epoch", epochs - 1, "--model-dir", checkpoint)
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert "is of epoch %d, this run would end with %d; ask for more" % (epochs, epochs - 1) in done.stderr


def test_digits_go_on_with_the_images_that_follow(start, tmp_path):
    few = ["--data", "synthetic", "--test-images", 50, "--batch-size", 20]
    model = ["--model-dir", str(tmp_path / "model")]
    start("LSTM_for_Mnist.py", *few, *model, "--training-steps", 4)
    resumed = start("LSTM_for_Mnist.py", *few, *model, "--training-steps", 7)
    assert "goes on after step 4" in resumed.stderr
    losses = record_of(tmp_path / "out", "LSTM_for_Mnist")["losses"]
    start("LSTM_for_Mnist.py", *few, "--training-steps", 7)
    np.testing.assert_allclose(
        losses["train_loss"], record_of(tmp_path / "out", "LSTM_for_Mnist")["losses"]["train_loss"], rtol=1e-6
    )


def test_an_estimator_goes_on_from_its_checkpoint(start, tmp_path):
    model = ["--model-dir", str(tmp_path / "model")]
    succeeded(start("tflearn_sin.py", "--training-steps", 10, *model))
    first = record_of(tmp_path / "out", "tflearn_sin")["losses"]["train_loss"]
    done = start("tflearn_sin.py", "--training-steps", 10, *model)
    assert done.returncode == 0 and "with 10 more steps" in done.stderr
    second = record_of(tmp_path / "out", "tflearn_sin")["losses"]["train_loss"]
    assert np.mean(second) < np.mean(first)
    assert any(name.startswith("model.ckpt-20") for name in os.listdir(model[1]))
    record = record_of(tmp_path / "out", "tflearn_sin")
    assert record["changed"] == ["--training-steps 10", "after 10 steps"]
    assert record["initial_weights"] == "a checkpoint after 10 steps"


def test_an_estimator_goes_on_with_the_same_options_alone(start, refused, tmp_path):
    """Its checkpoint holds the learning rate: another one would be taken for granted, and not taken."""
    model = tmp_path / "model"
    run = ["--training-steps", 5, "--model-dir", model, "--out", tmp_path / "first"]
    assert start("tflearn_sin.py", *run, "--learning-rate", 0.2).returncode == 0
    said = refused("tflearn_sin", "--model-dir", model)
    assert "was made with --learning-rate 0.2, this run has 0.1; give the same options" in said
    said = refused("tflearn_sin", "--model-dir", model, "--learning-rate", 0.2, "--seed", 3)
    assert "was made with --seed 56, this run has 3" in said
    (model / "options.json").unlink()
    assert "is damaged" in refused("tflearn_sin", "--model-dir", model, "--learning-rate", 0.2)


def test_a_run_from_weights_of_a_file_goes_on_by_the_same_command(start, tmp_path):
    first, second = str(tmp_path / "first.npz"), str(tmp_path / "second.npz")
    succeeded(start("predict_sin.py", *SHORT, "--epoch", 1, "--seed", 4, "--save-initial-weights", first))
    run = [*SHORT, "--initial-weights", first, "--save-initial-weights", second, "--model-dir", tmp_path / "model"]
    succeeded(start("predict_sin.py", *run, "--epoch", 2))
    done = start("predict_sin.py", *run, "--epoch", 3)
    assert done.returncode == 0 and "goes on after epoch 2" in done.stderr
    losses = record_of(tmp_path / "out", "predict_sin")["losses"]
    succeeded(start("predict_sin.py", *SHORT, "--epoch", 3, "--seed", 4))
    assert record_of(tmp_path / "out", "predict_sin")["losses"] == losses
    with np.load(first) as one, np.load(second) as other:
        for name in one.files:
            np.testing.assert_array_equal(one[name], other[name])


@pytest.mark.parametrize("part", ["predict_sin", "tflearn_sin"])
def test_checkpoints_are_found_in_a_folder_that_has_moved_and_never_overwritten(start, refused, tmp_path, part):
    few = {"predict_sin": [*SHORT, "--epoch"], "tflearn_sin": ["--training-steps"]}[part]
    model, moved = tmp_path / "model", tmp_path / "moved"
    assert start(part + ".py", *few, 2, "--model-dir", model, "--out", tmp_path / "first").returncode == 0
    model.rename(moved)
    done = start(part + ".py", *few, 3, "--model-dir", moved, "--out", tmp_path / "first")
    assert done.returncode == 0 and re.search(r"goes on after \w+ 2 ", done.stderr)
    whole = (moved / "checkpoint").read_text()
    kept = sorted(os.listdir(str(moved)))
    for text in ("garbage", "", 'model_checkpoint_path: "model.ckpt-9"', None):
        if text is None:
            (moved / "checkpoint").unlink()
            kept.remove("checkpoint")
        else:
            (moved / "checkpoint").write_text(text)
        said = refused(part, *few, 4, "--model-dir", moved)
        assert "--model-dir: %s, which names the latest checkpoint, is" % (moved / "checkpoint") in said
        assert sorted(os.listdir(str(moved))) == kept
    (moved / "checkpoint").write_text(whole)
    assert "is of another model" in refused("predict_sin_MultiRnnCell", "--model-dir", moved)


@pytest.mark.parametrize(
    "content",
    ["[]", '{"settings": 3}', '{"settings": {}, "history": [], "printed": []}', "[" * 10**5, "{}",
     '{"settings": {}, "history": {"train_loss": [[1]]}, "printed": []}'],
)  # fmt: skip
def test_damaged_losses_beside_a_checkpoint(start, refused, tmp_path, content):
    model = tmp_path / "model"
    run = [*SHORT, "--epoch", 2, "--model-dir", model]
    assert start("predict_sin.py", *run, "--out", tmp_path / "first").returncode == 0
    (model / "model.ckpt-2.json").write_text(content)
    assert "is damaged" in refused("predict_sin", *run)


@pytest.mark.parametrize("delay", [0.3, 1.5])
def test_ctrl_c_while_tensorflow_is_loading(start, delay):
    process = start("predict_sin.py", call=subprocess.Popen)
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130 and "interrupted" in said and said.count("\n") == 1


def test_a_checkpoint_of_another_model_is_refused(start, refused, tmp_path):
    model = str(tmp_path / "model")
    few = [*SHORT, "--epoch", 1, "--model-dir", model]
    assert start("predict_sin_MultiRnnCell.py", *few, "--out", model).returncode == 0
    kept = sorted(os.listdir(model))
    for part in ("predict_sin", "tflearn_sin"):
        said = refused(part, "--model-dir", model)
        assert "--model-dir: the checkpoint in %s is of another model" % model in said
    done = start("LSTM_for_Mnist.py", "--data", "synthetic", "--model-dir", model)
    assert done.returncode == 2 and done.stdout == ""
    assert "--model-dir: the checkpoint in %s is of another model" % model in done.stderr.splitlines()[-1]
    said = refused("predict_sin_MultiRnnCell", *SHORT, "--model-dir", model, "--batch-size", 32)
    assert "was made with --batch-size 64, this run has 32" in said
    assert sorted(os.listdir(model)) == kept


def test_a_damaged_checkpoint_is_refused(start, refused, tmp_path):
    model = tmp_path / "model"
    assert start("predict_sin.py", *SHORT, "--epoch", 1, "--model-dir", str(model)).returncode == 0
    for name in os.listdir(str(tmp_path / "out")):
        os.remove(str(tmp_path / "out" / name))
    (index,) = model.glob("*.index")
    (data,) = model.glob("*.data-*")
    whole = data.read_bytes()
    data.write_bytes(whole[:10])
    said = refused("predict_sin", *SHORT, "--model-dir", model)
    assert "is damaged" in said and "Graph execution error" not in said
    data.write_bytes(whole)
    index.write_bytes(index.read_bytes()[:20])
    assert "is damaged" in refused("predict_sin", *SHORT, "--model-dir", model)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("disk full\n\t [[node a]]", "disk full"),
        ("Graph execution error:\n\nDetected at node 'a' (most recent):\n  File x\nNode: 'a'\nfull\n\t[[a]]", "full"),
    ],
)
def test_the_reason_of_a_tensorflow_error(text, expected):
    assert errors.reason(text) == expected
