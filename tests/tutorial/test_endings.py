"""How a part ends: failures in one line, full disks, closed streams, and Ctrl-C."""

import contextlib
import os
import re
import signal
import subprocess
import sys

from common import ctrl_c, errors

import numpy as np
import pytest
from conftest import RNN, program, wait_until
from short_runs import FEW, FORWARD, SHORT, SLOW, record_of, succeeded


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
    assert done.returncode == 1, done.stderr
    assert not re.search("nan|inf", done.stdout), done.stderr
    assert re.match(
        r"\w+\.py: error: (training loss, (step|epoch) \d+.*|test loss, epoch 1, .*|mse) is (nan|inf); try a lower --l",
        last,
    )
    assert "Traceback" not in done.stderr
    assert not os.listdir(str(tmp_path / "out"))


def test_a_full_disk_behind_standard_output_is_reported(tmp_path):
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
def test_a_part_runs_with_closed_streams(tmp_path, script, closed):
    command = '"%s" "%s.py" --out "%s" %s' % (sys.executable, os.path.join(RNN, script), tmp_path, closed)
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stderr == ""
    assert (tmp_path / (script + ".json")).exists()


@pytest.mark.slow
def test_a_path_that_the_locale_cannot_show_is_accepted(start, tmp_path):
    out = tmp_path / "\u6f22"
    model = tmp_path / "model"
    arguments = [*SHORT, "--epoch", 2, "--out", out, "--model-dir", model]
    for _ in range(2):
        done = start(
            "predict_sin", *arguments, environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        )
        assert done.returncode == 0
        assert "Traceback" not in done.stderr
    assert "resumes after epoch 2" in done.stderr
    assert (out / "predict_sin.json").exists()


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
    """An interrupted and resumed run gives the same losses as an uninterrupted one."""
    checkpoint = str(tmp_path / "model")
    process = start("predict_sin", *SHORT, "--epoch", 100000, "--model-dir", checkpoint, call=subprocess.Popen)
    wait_until(lambda: os.path.exists(os.path.join(checkpoint, "checkpoint.npz")), process)
    process.send_signal(signal.SIGINT)
    _, line = process.communicate()
    found = re.fullmatch(
        r"predict_sin.py: interrupted: stopped after epoch (\d+); the same command resumes from %s\n"
        % re.escape(checkpoint),
        line,
    )
    assert process.returncode == 130, line
    assert found, line
    assert not os.listdir(str(tmp_path / "out"))
    assert os.listdir(checkpoint) == ["checkpoint.npz"]

    epochs = int(found.group(1)) + 4
    done = run_part("predict_sin", *SHORT, "--epoch", epochs, "--model-dir", checkpoint)
    assert done.returncode == 0
    assert "resumes after epoch %s" % found.group(1) in done.stderr
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
@pytest.mark.parametrize("number", [1, 2, 5, 20, 60, 150, 500, 1500])
def test_ctrl_c_at_any_import_is_one_line(tmp_path, number):
    """From the import of ``common`` on, whatever is being imported; TensorFlow too."""
    done = program("presses_ctrl_c.py", number, os.path.join(RNN, "predict_sin.py"), "--out", tmp_path)
    assert done.returncode == 130
    assert done.stderr == "predict_sin.py: interrupted\n"


def test_an_ignored_ctrl_c_stays_ignored(tmp_path):
    command = [sys.executable, os.path.join(RNN, "simple_rnn_forward.py"), "--out", str(tmp_path)]
    process = subprocess.Popen(
        ["sh", "-c", "trap '' INT; echo ignored; exec \"$@\"", "sh", *command],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "ignored\n"
    while process.poll() is None:  # from its start to its end
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    printed, line = process.communicate()
    assert process.returncode == 0
    assert line == ""
    assert printed == FORWARD
