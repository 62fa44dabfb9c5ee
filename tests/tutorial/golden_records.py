"""The golden records, whole and changed, and the comparison of them."""

import os
import shutil

from common import figures, records
from common.parts import BY_SCRIPT, PARTS

import pytest
from conftest import RNN

from compare import comparison

ROOT = os.path.dirname(RNN)
GOLDEN = os.path.join(ROOT, "tests", "golden")  # records of default runs
SCRIPTS = list(BY_SCRIPT)
WITH_PICTURE = [part for part in PARTS if part.trains]


@pytest.fixture(scope="module")
def golden_results():
    return comparison.compare_all(GOLDEN)


@pytest.fixture
def directory(tmp_path, monkeypatch):
    """A directory with the golden records; pictures are drawn, but not encoded, which takes the most time."""
    monkeypatch.setattr(figures, "saved", lambda figure, kind="png": b"not encoded")
    for part in PARTS:
        shutil.copy(os.path.join(GOLDEN, part.record), str(tmp_path / part.record))
    return tmp_path


def change(directory, script, function):
    """Changes a record in the directory."""
    path = str(directory / BY_SCRIPT[script].record)
    record = records.read(path)
    function(record)
    records.write(path, record)


def compared(directory, script):
    return comparison.compare_part(BY_SCRIPT[script], str(directory))


def states(directory):
    return {result.part.script: result.state for result in comparison.compare_all(str(directory))}
