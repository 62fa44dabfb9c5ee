"""A checkpoint is one file, of one run; a state that no run has saved is refused."""

import copy
import json
import os
import signal
import subprocess
import sys
import zipfile

from common import checkpoint, npz, records
from common.errors import UsageError

import numpy as np
import pytest
from conftest import program
from small_checkpoint import LOGGED, STATE, restored, saved

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals, locks and devices as Linux has them")


def test_a_restore_never_mixes_two_checkpoints(tmp_path, monkeypatch):
    """Another run saves while the first array is read."""
    saved(tmp_path, 1)
    read = npz.Npz.read

    def save_meanwhile(self, name):
        (tmp_path / "new").mkdir(exist_ok=True)
        saved(tmp_path / "new", 2)
        os.replace(str(tmp_path / "new" / "checkpoint.npz"), str(tmp_path / "checkpoint.npz"))
        return read(self, name)

    monkeypatch.setattr(npz.Npz, "read", save_meanwhile)
    assert restored(tmp_path) == (STATE, [[1, 1, 1], [1, 1, 1]])
    assert restored(tmp_path) == (STATE, [[2, 2, 2], [2, 2, 2]])


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, None])
def test_a_second_run_is_refused_while_the_first_lives(tmp_path, number):
    first = program("holds_lock.py", tmp_path, call=subprocess.Popen, stdin=subprocess.PIPE)
    assert first.stdout.readline() == "locked\n"
    for _ in range(2):
        with pytest.raises(UsageError) as error:
            with checkpoint.in_use("--model-dir", str(tmp_path)):
                pass
        advice = "wait for its end or use a different directory"
        assert str(error.value) == "--model-dir: %s is in use by process %d; %s" % (tmp_path, first.pid, advice)
    if number:
        first.send_signal(number)
    first.communicate()
    with checkpoint.in_use("--model-dir", str(tmp_path)):
        assert os.listdir(str(tmp_path)) == [".run.lock"]
    assert os.listdir(str(tmp_path)) == []


def test_a_full_disk_behind_the_lock_is_one_error():
    """The error is raised once, not again when Python closes the file (from 3.13 on with a traceback)."""
    done = program("holds_full_disk.py", stderr=subprocess.STDOUT)
    assert done.stdout == "[Errno 28] No space left on device\n"


@pytest.mark.parametrize("part", ["predict_sin", "tflearn_sin"])
def test_parts_lock_their_model_dir(refused, tmp_path, part):
    model = tmp_path / "model"
    model.mkdir()
    with checkpoint.in_use("--model-dir", str(model)):
        line = refused(part, "--model-dir", model)
    assert "--model-dir: %s is in use by process %d;" % (model, os.getpid()) in line


# --- states


STATES = {
    "done is no number": lambda s: s.update(done="2"),
    "done is true": lambda s: s.update(done=True),
    "done is broken": lambda s: s.update(done=2.0),
    "done is nothing": lambda s: s.update(done=None),
    "done is larger": lambda s: s.update(done=3),
    "done is huge": lambda s: s.update(done=10**300),
    "done is smaller": lambda s: s.update(done=1),
    "done is negative": lambda s: s.update(done=-2),
    "no losses": lambda s: s.update(losses={}),
    "losses are a list": lambda s: s.update(losses=[]),
    "a loss is missing": lambda s: s["losses"].pop("epoch_train_loss"),
    "a loss too many": lambda s: s["losses"].update(mse=[1, 2]),
    "a loss is short": lambda s: s["losses"]["epoch_train_loss"].pop(),
    "a loss is long": lambda s: s["losses"]["epoch_train_loss"].append(3),
    "a loss is a number": lambda s: s["losses"].update(epoch_train_loss=3),
    "a loss is a dict": lambda s: s["losses"].update(train_loss={"a": 1, "b": 2}),
    "a loss is nested": lambda s: s["losses"].update(train_loss=[[[1]], [[2]]]),
    "a loss is mixed": lambda s: s["losses"].update(train_loss=[[1], 2]),
    "a loss is mixed otherwise": lambda s: s["losses"].update(train_loss=[1, [2]]),
    "a loss is ragged": lambda s: s["losses"].update(train_loss=[[1, 2], [2]]),
    "a loss is true": lambda s: s["losses"].update(epoch_train_loss=[True, False]),
    "a loss is none": lambda s: s["losses"].update(epoch_train_loss=[None, None]),
    "a loss is a text": lambda s: s["losses"].update(epoch_train_loss="ab"),
    "curves are a list": lambda s: s.update(curves=[]),
    "a curve too many": lambda s: s["curves"].update(other=[1, 2]),
    "curves without a target": lambda s: s["curves"].pop("target"),
    "a target is a number": lambda s: s["curves"].update(target=3),
    "a target is nested": lambda s: s["curves"].update(target=[[3], [4]]),
    "a target is a dict": lambda s: s["curves"].update(target={"a": 1}),
    "predictions are a number": lambda s: s["curves"].update(predictions=3),
    "predictions are numbers": lambda s: s["curves"].update(predictions=[3]),
    "predictions are a dict": lambda s: s["curves"].update(predictions={"epoch": 1, "y": [1, 2]}),
    "y is missing": lambda s: s["curves"]["predictions"][0].pop("y"),
    "y is a number": lambda s: s["curves"]["predictions"][0].update(y=3),
    "y is short": lambda s: s["curves"]["predictions"][0].update(y=[3]),
    "y is ragged": lambda s: s["curves"]["predictions"][0].update(y=[[3], [1, 2]]),
    "an epoch is a list": lambda s: s["curves"]["predictions"][0].update(epoch=[1]),
    "an epoch is 1e300": lambda s: s["curves"]["predictions"][0].update(epoch=1e300),
    "an epoch is broken": lambda s: s["curves"]["predictions"][0].update(epoch=1.5),
    "an epoch is a text": lambda s: s["curves"]["predictions"][0].update(epoch="1"),
    "an epoch is not reached": lambda s: s["curves"]["predictions"][1].update(epoch=3),
    "epochs are twice": lambda s: s["curves"]["predictions"][1].update(epoch=1),
    "an entry too many": lambda s: s["curves"]["predictions"][0].update(z=1),
    "printed is a number": lambda s: s.update(printed=3),
    "printed is nested": lambda s: s.update(printed=[["a"], "b"]),
    "printed are numbers": lambda s: s.update(printed=[3]),
    "options are a list": lambda s: s.update(options=[]),
    "no options": lambda s: s.pop("options"),
    "a number that is not finite": lambda s: s["losses"].update(epoch_train_loss=[1, float("inf")]),
}


@pytest.mark.parametrize("change", STATES)
def test_an_impossible_state_is_refused(change):
    state = copy.deepcopy(STATE)
    records.require_state(state, LOGGED)
    STATES[change](state)
    with pytest.raises(npz.DAMAGED):
        state = records.parse(json.dumps(state), dict(records.ENTRIES, done=int))
        records.require_state(state, LOGGED)


def test_a_state_with_accuracies_is_checked():
    losses = {"train_loss": [1, 2, 3], "accuracy": [0.5, 1], "accuracy_step": [0, 2]}
    state = {"done": 3, "losses": losses, "curves": {}, "printed": ["a", "b"]}
    records.require_state(state, list(losses))
    losses["accuracy"].append(1)
    with pytest.raises(ValueError, match="its numbers are not those of 3 steps"):
        records.require_state(state, list(losses))


def test_the_losses_of_every_part_are_known(loaded):
    assert set(loaded("predict_sin")[1].logged) == {"train_loss", "test_loss", "epoch_train_loss", "epoch_test_loss"}
    assert loaded("predict_sin_MultiRnnCell")[1].logged == loaded("predict_sin")[1].logged
    assert set(loaded("LSTM_for_Mnist")[1].logged) == {"train_loss", "accuracy", "accuracy_step"}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_variables_are_finite_numbers(tmp_path, value):
    saved(tmp_path, 1, **{"variables/b": np.array([1, value, 1], np.float32)})
    with pytest.raises(
        UsageError, match="checkpoint.npz is damaged: the array variables/b is not made of finite numbers"
    ):
        restored(tmp_path)


# --- files that grow


@pytest.mark.parametrize("name", ["state", "variables/a"])
@pytest.mark.parametrize(
    "shape, dtype", [((10**7,), "u1"), ((4000, 4000), "u1"), ((3,), "S9000000"), ((3,), "f8"), ((3,), "(9999999,)u1")]
)
def test_arrays_are_compared_by_their_headers_first(tmp_path, monkeypatch, name, shape, dtype):
    """Dtype, shape and size are compared from the headers; a megabyte is read of what promises many."""
    saved(tmp_path, 1)
    with zipfile.ZipFile(str(tmp_path / "checkpoint.npz")) as archive:
        entries = {entry: archive.read(entry) for entry in archive.namelist()}
    with zipfile.ZipFile(str(tmp_path / "checkpoint.npz"), "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in entries:
            if entry != name + ".npy":
                archive.writestr(entry, entries[entry])
        with archive.open(name + ".npy", "w") as file:
            header = {"descr": dtype, "fortran_order": False, "shape": shape}
            np.lib.format.write_array_header_1_0(file, header)
            file.write(bytes(int(np.prod(shape)) * np.dtype(dtype).itemsize))
    read, whole = [0], zipfile.ZipExtFile.read
    monkeypatch.setattr(zipfile.ZipExtFile, "read", lambda self, n=-1: counted(whole(self, n), read))
    with pytest.raises(UsageError, match="--model-dir: "):
        restored(tmp_path)
    assert read[0] < 10**6


def counted(content, read):
    read[0] += len(content)
    return content
