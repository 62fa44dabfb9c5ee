"""Files are written atomically; records are read and checked."""

import json
import os
import subprocess
import sys
import time

from common import records
from common.errors import RunError, UsageError

import numpy as np
import pytest
from conftest import program

import tf1 as tf


def test_an_existing_file_is_replaced(tmp_path):
    path = tmp_path / "a file"
    records.write_files({str(path): b"first"})
    records.write_files({str(path): b"second"})
    assert path.read_bytes() == b"second"
    assert os.listdir(str(tmp_path)) == ["a file"]


def test_a_full_disk_leaves_the_existing_file(tmp_path):
    path = tmp_path / "figure.png"
    assert program("full_disk.py", path).stdout == (
        "cannot write %s: No space left on device; existing files are unchanged; "
        "free some disk space or use a different --out\n" % path
    )
    assert path.read_bytes() == b"old"
    assert os.listdir(str(tmp_path)) == ["figure.png"]


def test_several_files_are_written_atomically(tmp_path):
    (tmp_path / "record.json").write_bytes(b"old")
    (tmp_path / "directory.png").mkdir()
    contents = {str(tmp_path / "record.json"): b"new", str(tmp_path / "directory.png"): b"new"}
    with pytest.raises(RunError, match="directory.png: it exists and is not a file; existing files are unchanged"):
        records.write_files(contents)
    assert (tmp_path / "record.json").read_bytes() == b"old"
    assert sorted(os.listdir(str(tmp_path))) == ["directory.png", "record.json"]
    (tmp_path / "directory.png").rmdir()
    (tmp_path / "directory.png").symlink_to(tmp_path / "picture.png")
    records.write_files(contents)
    assert (tmp_path / "record.json").read_bytes() == (tmp_path / "picture.png").read_bytes() == b"new"
    assert (tmp_path / "directory.png").is_symlink()


@pytest.mark.slow
def test_a_run_killed_while_it_writes_leaves_a_complete_file(tmp_path):
    """kill -9 at any byte: the file is a complete old or new one."""
    path = tmp_path / "record.json"
    for delay in (0.05, 0.11, 0.17, 0.23):  # moments within a write, of no particular one
        process = program("writes_until_killed.py", path, call=subprocess.Popen)
        assert process.stdout.readline() == "0\n"
        time.sleep(delay)
        process.kill()
        process.communicate()
        content = path.read_bytes()
        assert len(content) == 1600000
        assert content == content[:8] * 200000
    assert all(name.endswith(".tmp") for name in os.listdir(str(tmp_path)) if name != "record.json")
    for name in os.listdir(str(tmp_path)):
        os.utime(str(tmp_path / name), (0, 0))
    records.write_files({str(path): b"last"})  # removes leftovers of killed runs
    assert os.listdir(str(tmp_path)) == ["record.json"]


def test_two_writers_of_a_file_do_not_disturb_each_other(tmp_path):
    """Both write all the time, over old temporary files that both try to remove."""
    path = tmp_path / "record.json"
    writers = [program("writes_over_leftovers.py", path, letter, call=subprocess.Popen) for letter in "ab"]
    for writer in writers:
        _, line = writer.communicate()
        assert writer.returncode == 0, line
    assert path.read_bytes() in (b"a" * 5000, b"b" * 5000)
    assert os.listdir(str(tmp_path)) == ["record.json"]


# records


def a_record():
    return {
        "script": "predict_sin.py",
        "options": {"epoch": 1},
        "changed": [],
        "seed": 3,
        "versions": records.versions(),
        "printed": ["a line"],
        "losses": {"train_loss": [[0.25, 0.125]]},
        "curves": {"target": records.floats(np.array([0.1, -1e-20], np.float32))},
    }


def test_a_record_is_read_as_it_was_written(tmp_path):
    path = str(tmp_path / "record.json")
    records.write(path, a_record())
    assert records.read(path) == a_record()
    with open(path) as file:
        assert file.read().count("\n") > 10  # a line per entry


def test_float32_numbers_are_recorded_exactly():
    numbers = np.random.RandomState(0).normal(size=10000).astype(np.float32) ** 5
    again = np.array(json.loads(json.dumps(records.floats(numbers))), np.float32)
    np.testing.assert_array_equal(again, numbers)
    assert records.floats({"a": [np.float32(0.1)], "b": np.eye(2)}) == {"a": [0.100000001], "b": [[1, 0], [0, 1]]}


def test_versions_are_recorded():
    version = tf.__version__  # loads TensorFlow
    found = records.versions()
    assert found["tensorflow"] == version
    assert found["numpy"] == np.__version__
    assert found["python"] == "%d.%d.%d" % sys.version_info[:3]
    assert found["cpu"]


@pytest.mark.parametrize(
    "content", ["", "[1, 2]", "{", '{"script": "a.py"}', '{"script": NaN}', "[" * 100000, "\udcff"]
)
def test_a_damaged_record_is_reported(tmp_path, content):
    path = tmp_path / "record.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError, match="record.json: is damaged, not the record of a run"):
        records.read(str(path))


def test_a_missing_record_is_reported(tmp_path):
    with pytest.raises(UsageError, match="none.json: there is no such record"):
        records.read(str(tmp_path / "none.json"))


def test_nan_in_a_record_is_refused(tmp_path):
    record = a_record()
    record["losses"]["train_loss"] = [float("nan")]
    with pytest.raises(RunError, match="not finite; nothing was written"):
        records.write(str(tmp_path / "record.json"), record)
    assert not os.listdir(str(tmp_path))
