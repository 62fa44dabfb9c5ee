"""A Run: constants as options, changed options on the figure, and how a part ends."""

import os
import runpy
import sys

from common import errors, figures
from common.errors import RunError, UsageError
from common.parts import BY_SCRIPT
from common.run import Run

import pytest
from conftest import TUTORIAL_PROGRAMS


def ended(main, capsys):
    with pytest.raises(SystemExit) as end:
        errors.run(main)
    return end.value.code, capsys.readouterr().err


@pytest.mark.parametrize(
    "error, status, line",
    [
        (UsageError("--epoch is\n wrong"), 2, "error: --epoch is wrong"),
        (RunError("the disk is full"), 1, "error: the disk is full"),
        (errors.Interrupted("resume with --model-dir"), 130, "interrupted: resume with --model-dir"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (OSError(28, "No space left on device", "a.png"), 1, "error: No space left on device (a.png)"),
        (MemoryError("8 GiB"), 1, "error: out of memory (8 GiB); use less data or smaller batches"),
    ],
)
def test_errors_end_in_one_line_and_a_status(error, status, line, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["/somewhere/predict_sin.py"])

    def main():
        raise error

    assert ended(main, capsys) == (status, "predict_sin.py: %s\n" % line)


def test_success_is_silent(capsys):
    assert ended(lambda: None, capsys) == (None, "")
    assert ended(lambda: 1, capsys) == (1, "")


def test_an_unexpected_error_keeps_its_traceback():
    with pytest.raises(ZeroDivisionError):
        errors.run(lambda: 1 / 0)


# options and figures


def a_run(*argv):
    """(the module of programs/constants.py, a Run of it)."""
    path = os.path.join(TUTORIAL_PROGRAMS, "constants.py")
    module = runpy.run_path(path)
    return module, Run(module, {"KIND": ("one", "two")}, argv=list(argv), part=BY_SCRIPT["predict_sin.py"])


def test_options_override_the_constants(tmp_path):
    out = ["--out", str(tmp_path)]
    module, run = a_run("--epoch", "7", "--learning-rate", "0.25", "--pair", "3,4", "--kind", "two", *out)
    assert [module[name] for name in ("EPOCH", "LR", "X", "PAIR", "KIND")] == [7, 0.25, [1.0, 2.0], (3.0, 4.0), "two"]
    assert run.changed == ["--epoch 7", "--kind two", "--lr 0.25", "--pair 3,4"]
    assert run.result_options == {
        "x": [1.0, 2.0], "pair": [3.0, 4.0], "epoch": 7, "lr": 0.25, "kind": "two", "seed": None, "threads": 1,
        "initial_weights": None,
    }  # fmt: skip


def test_the_remark_behind_a_constant_is_its_help(capsys):
    with pytest.raises(SystemExit):
        a_run("--help")
    text = " ".join(capsys.readouterr().out.split())
    assert "--epoch N passes; 100 % of the data (default: 5)" in text
    assert "--kind {one,two} one of two" in text
    assert "NOT_A_CONSTANT" not in text


@pytest.mark.parametrize(
    "argv", [["--pair", "1"], ["--x", "a"], ["--kind", "three"], ["--lr", "0"], ["--epoch", "0"], ["--seed", "-1"]]
)
def test_the_default_of_a_constant_determines_type_and_range(argv):
    with pytest.raises(UsageError, match="argument .*" + argv[0]):
        a_run(*argv)


def drawn(changed):
    """An empty figure of a run with these options."""
    return figures.drawn(BY_SCRIPT["LSTM_for_Mnist.py"], lambda axes, record: None, {"changed": changed})


def test_non_default_options_are_written_on_the_figure():
    assert not drawn([]).texts
    figure = drawn(["--epoch 7", "--seed 3"])
    assert [text.get_text() for text in figure.texts] == ["non-default options: --epoch 7 --seed 3"]


def test_long_lists_of_options_fit_the_figure():
    changed = ["--initial-weights $_$.npz", "--initial-weights \u6f22.npz"] + [
        "--option-%d 12345" % i for i in range(9)
    ]
    figure = drawn(changed)
    assert figures.saved(figure)[:4] == b"\x89PNG"
    box = figure.texts[0].get_window_extent()
    assert box.x0 >= 0
    assert box.x1 <= figure.bbox.x1
