"""Files of others and of killed runs in the directories that a run uses."""

import json
import os
import subprocess
import sys

from common import checkpoint, records, tasks
from common.errors import UsageError

import cluster
import pytest
from conftest import RNN
from small_checkpoint import restored

import tf1 as tf
from tf1 import files

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals, locks and devices as Linux has them")
TEMPORARY = ".record.json.%016x.tmp"


# --- nothing is deleted that a run of ours has not written


def checkpoints_of_part_7(directory):
    names = ["checkpoint", "graph.pbtxt", "events.out.tfevents.1.host", "model.ckpt-2.index", "model.ckpt-2.meta"]
    directory.mkdir(parents=True)
    for name in names:
        (directory / name).write_bytes(b"")
    (directory / "options.json").write_text('{"script": "tflearn_sin.py"}')


@pytest.mark.parametrize("name", ["thesis.docx", "model.ckpt-3", "options.json.bak", "eval", "link"])
def test_a_cluster_deletes_only_its_own_checkpoints(tmp_path, monkeypatch, name):
    model = tmp_path / "model"
    checkpoints_of_part_7(model)
    if name == "eval":
        (model / name).mkdir()
    elif name == "link":
        (model / "model.ckpt-4.index").symlink_to(tmp_path / "elsewhere")
    else:
        (model / name).write_text("precious")
    before = sorted(os.listdir(str(model)))
    with pytest.raises(UsageError, match="--out: .*model holds something else than checkpoints of part 7"):
        cluster.remove_checkpoints(str(model))
    assert sorted(os.listdir(str(model))) == before


@pytest.mark.parametrize("content", [None, "[]", "{}", '{"script": "predict_sin.py"}', "\xff"])
def test_checkpoints_without_the_options_of_part_7_are_not_deleted(tmp_path, content):
    checkpoints_of_part_7(tmp_path / "model")
    (tmp_path / "model" / "options.json").unlink()
    if content:
        (tmp_path / "model" / "options.json").write_bytes(content.encode("latin-1"))
    before = sorted(os.listdir(str(tmp_path / "model")))
    with pytest.raises(UsageError, match="--out: "):
        cluster.remove_checkpoints(str(tmp_path / "model"))
    assert sorted(os.listdir(str(tmp_path / "model"))) == before


def test_a_cluster_starts_without_its_earlier_checkpoints(tmp_path):
    checkpoints_of_part_7(tmp_path / "model")
    cluster.remove_checkpoints(str(tmp_path / "model"))
    assert os.listdir(str(tmp_path / "model")) == []
    cluster.remove_checkpoints(str(tmp_path / "model"))


@pytest.mark.parametrize("linked", [False, True])
def test_the_cluster_command_deletes_no_other_files(tmp_path, linked):
    place = tmp_path / "elsewhere" if linked else tmp_path / "out" / "one"
    (place / "model").mkdir(parents=True)
    (place / "model" / "thesis.docx").write_text("precious")
    if linked:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "one").symlink_to(place)
    command = [sys.executable, "-m", "RNN.cluster", "--out", str(tmp_path / "out"), "--training-steps", "10"]
    done = subprocess.run(command, cwd=os.path.dirname(RNN), capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("cluster.py: error: --out: ")
    assert "thesis.docx" in done.stderr
    assert (place / "model" / "thesis.docx").read_text() == "precious"


@pytest.mark.parametrize("name, content", [("checkpoint", "my notes"), ("options.json", "{}"), ("options.json", "[]")])
def test_an_estimator_does_not_overwrite_other_files(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    with pytest.raises(UsageError, match="is of a different model .%s" % name):
        checkpoint.latest(str(tmp_path), {"script": "tflearn_sin.py"})
    assert (tmp_path / name).read_text() == content
    assert os.listdir(str(tmp_path)) == [name]


# --- what stays


def test_leftovers_of_a_killed_writer_are_removed(tmp_path):
    """By the next write of any file; files that another writer has open stay."""
    left, kept = tmp_path / (TEMPORARY % 1), tmp_path / (TEMPORARY % 2)
    left.write_bytes(b"left")
    (tmp_path / ".record.json.notes.tmp").write_bytes(b"not ours")
    (tmp_path / (TEMPORARY % 3)).symlink_to(left)
    with open(str(kept), "wb") as file:
        assert files.lock(file)
        records.write_files({str(tmp_path / "other.json"): b"{}"})
    names = sorted(os.listdir(str(tmp_path)))
    assert names == [TEMPORARY % 2, TEMPORARY % 3, ".record.json.notes.tmp", "other.json"]


def test_a_model_dir_is_cleaned_at_the_next_start(tmp_path):
    for name in (".options.json.%016x.tmp" % 5, "checkpoint.tmp0a1b", "graph.pbtxt.tmp0a1b", "model.ckpt-0.meta.tmp0a"):
        (tmp_path / name).write_bytes(b"")
    for scratch, name in (
        ("model.ckpt-0_temp", "part-00000-of-00001.index.tempstate12"),
        ("model.ckpt-5_temp", "mine"),
    ):
        (tmp_path / scratch).mkdir()
        (tmp_path / scratch / name).write_bytes(b"")
    (tmp_path / "checkpoint.txt").write_bytes(b"")
    with checkpoint.in_use("--model-dir", str(tmp_path)):
        assert sorted(os.listdir(str(tmp_path))) == [".run.lock", "checkpoint.txt", "model.ckpt-5_temp"]
    assert os.listdir(str(tmp_path / "model.ckpt-5_temp")) == ["mine"]


def test_an_incomplete_checkpoint_is_not_reported_as_damaged(tmp_path):
    """TensorFlow writes an index in place; before it is complete, the checkpoint is neither listed nor has a graph."""
    settings = {"script": "tflearn_sin.py"}
    assert checkpoint.latest(str(tmp_path), settings) is None
    with tf.Graph().as_default(), tf.Session() as session:
        tf.get_variable("a", [3])
        session.run(tf.global_variables_initializer())
        tf.train.Saver().save(session, str(tmp_path / "model.ckpt"), global_step=2)
    index = (tmp_path / "model.ckpt-2.index").read_bytes()
    for size in range(0, len(index), 40):
        (tmp_path / "model.ckpt-7.index").write_bytes(index[:size])
        assert checkpoint.latest(str(tmp_path), settings) == 2
    (tmp_path / "model.ckpt-7.meta").write_bytes(b"")
    with pytest.raises(UsageError, match="model.ckpt-7 is damaged"):
        checkpoint.latest(str(tmp_path), settings)


# --- links and special files


@pytest.mark.parametrize("name", ["checkpoint", "options.json", "model.ckpt-2.index", "checkpoint.npz"])
@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo, lambda path: os.symlink("/dev/zero", path)])
def test_links_and_special_files_are_refused(tmp_path, name, make):
    make(str(tmp_path / name))
    with pytest.raises(UsageError, match="--model-dir: "):
        checkpoint.latest(str(tmp_path), {"script": "tflearn_sin.py"})
    if name == "checkpoint.npz":
        with pytest.raises(UsageError, match="is damaged: it is not a file"):
            restored(tmp_path)
        with pytest.raises(UsageError, match="is damaged.*it is not a file|it is not a file"):
            records.read(str(tmp_path / name))


def test_invalid_addresses_are_refused(monkeypatch):
    """TensorFlow ends the process at some; and numbers that are none, and JSON that is nested too deeply."""
    chosen = type("chosen", (), {"model_dir": "model", "threads": 1, "session_creation_timeout": 1})
    for wrong in ("a", "a:", ":5", "a:0", "a:b", "a:123456", "[::1", "\u6f22:5", "a\0b:5", "x" * 300 + ":5", "a:5\n"):
        jobs = {"ps": ["one:1"], "worker": [wrong]}
        monkeypatch.setenv("TF_CONFIG", json.dumps({"cluster": jobs, "task": {"type": "worker", "index": 0}}))
        with pytest.raises(UsageError, match="TF_CONFIG: .* is not an address HOST:PORT"):
            tasks.of_environment(9, chosen)
    for wrong in ("[" * 10**5, '{"task": {"type": "worker", "index": 1e999}}', '{"task": 5}', '{"cluster": 5}'):
        monkeypatch.setenv("TF_CONFIG", wrong)
        with pytest.raises(UsageError, match="TF_CONFIG: "):
            tasks.of_environment(9, chosen)
