"""The errors that end a program: one line and a status each."""

import sys

from common import errors
from common.errors import RunError, UsageError

import pytest

import tf1 as tf
from tf1.installed.version import NotInstalled


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
        (NotInstalled("'pip install tensorflow'"), 1, "error: 'pip install tensorflow'"),
    ],
)
def test_errors_end_in_one_line_and_a_status(error, status, line, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["/somewhere/predict_sin.py"])

    def main():
        raise error

    assert ended(main, capsys) == (status, "predict_sin.py: %s\n" % line)


def test_an_error_of_tensorflow_ends_in_one_line_and_a_status(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["/somewhere/predict_sin.py"])

    def main():
        raise tf.errors.ResourceExhaustedError(None, None, "disk full\n\t [[node a]]")

    assert ended(main, capsys) == (1, "predict_sin.py: error: TensorFlow failed: disk full\n")


def test_success_is_silent(capsys):
    assert ended(lambda: None, capsys) == (None, "")
    assert ended(lambda: 1, capsys) == (1, "")


def test_an_unexpected_error_keeps_its_traceback():
    with pytest.raises(ZeroDivisionError):
        errors.run(lambda: 1 / 0)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("disk full\n\t [[node a]]", "disk full"),
        ("Graph execution error:\n\nDetected at node 'a' (most recent):\n  File x\nNode: 'a'\nfull\n\t[[a]]", "full"),
    ],
)
def test_the_reason_of_a_tensorflow_error_is_one_line(text, expected):
    assert errors.reason(text) == expected
