"""--model-dir: runs are resumed; checkpoints that are damaged or of a different run are refused."""

import io
import json
import os
import re
import sys

import numpy as np
import pytest
from conftest import RNN
from short_runs import FEW, SHORT, SLOW, record_of, succeeded


def test_digits_resume_with_the_next_images(run_part, tmp_path):
    few, model = FEW["LSTM_for_Mnist"], ["--model-dir", str(tmp_path / "model")]
    run_part("LSTM_for_Mnist", *few, 4, *model)
    resumed = run_part("LSTM_for_Mnist", *few, 7, *model)
    assert "resumes after step 4" in resumed.stderr
    losses = record_of(tmp_path / "out", "LSTM_for_Mnist")["losses"]
    run_part("LSTM_for_Mnist", *few, 7)
    np.testing.assert_allclose(
        losses["train_loss"], record_of(tmp_path / "out", "LSTM_for_Mnist")["losses"]["train_loss"], rtol=1e-6
    )


def test_an_estimator_resumes_to_the_same_total_of_steps(run_part, refused, tmp_path):
    """And only with the same options: its checkpoint holds the learning rate, so a different one would be ignored."""
    model = tmp_path / "model"
    rate = ["--model-dir", model, "--learning-rate", 0.2]
    succeeded(run_part("tflearn_sin", "--training-steps", 10, *rate))
    first = record_of(tmp_path / "out", "tflearn_sin")["losses"]["train_loss"]
    done = run_part("tflearn_sin", "--training-steps", 25, *rate)
    assert done.returncode == 0
    assert re.fullmatch(r"tflearn_sin.py: resumes after step 10 from the checkpoint in \S+\n", done.stderr)
    record = record_of(tmp_path / "out", "tflearn_sin")
    assert len(record["losses"]["train_loss"]) == 15
    assert np.mean(record["losses"]["train_loss"]) < np.mean(first)
    assert (model / "model.ckpt-25.index").exists()
    assert not list(model.glob("model.ckpt-3?.index"))
    assert record["changed"] == ["--learning-rate 0.2", "--training-steps 25", "resumed after 10 steps"]
    assert record["initial_weights"] == "a checkpoint after 10 steps"

    done = run_part("tflearn_sin", "--training-steps", 25, *rate)  # nothing is left to train
    assert done.returncode == 0
    assert record_of(tmp_path / "out", "tflearn_sin")["curves"] == record["curves"]

    new = ["--out", tmp_path / "new", "--model-dir", model]
    line = refused("tflearn_sin", *new)
    assert "was made with --learning-rate 0.2, but this run has 0.1; use the same options" in line
    line = refused("tflearn_sin", *new, "--learning-rate", 0.2, "--seed", 3)
    assert "was made with --seed 56, but this run has 3" in line
    line = refused("tflearn_sin", *new, "--learning-rate", 0.2, "--training-steps", 24)
    assert "is already at step 25, but --training-steps is 24" in line
    (model / "options.json").unlink()
    assert "is damaged" in refused("tflearn_sin", *new, "--learning-rate", 0.2)


def test_a_run_from_a_weight_file_can_be_resumed(run_part, tmp_path):
    first, second = str(tmp_path / "first.npz"), str(tmp_path / "second.npz")
    succeeded(run_part("predict_sin", *SHORT, "--epoch", 1, "--seed", 4, "--save-initial-weights", first))
    run = [*SHORT, "--initial-weights", first, "--save-initial-weights", second, "--model-dir", tmp_path / "model"]
    succeeded(run_part("predict_sin", *run, "--epoch", 2))
    done = run_part("predict_sin", *run, "--epoch", 3)
    assert done.returncode == 0
    assert "resumes after epoch 2" in done.stderr
    losses = record_of(tmp_path / "out", "predict_sin")["losses"]
    succeeded(run_part("predict_sin", *SHORT, "--epoch", 3, "--seed", 4))
    assert record_of(tmp_path / "out", "predict_sin")["losses"] == losses
    with np.load(first) as one, np.load(second) as other:
        for name in one.files:
            np.testing.assert_array_equal(one[name], other[name])


@pytest.fixture(scope="module")
def npz_checkpoint(tmp_path_factory):
    """The bytes of a checkpoint of predict_sin after two epochs."""
    import conftest

    directory = tmp_path_factory.mktemp("checkpoint")
    arguments = [str(a) for a in [*FEW["predict_sin"], 2, "--model-dir", directory, "--out", directory / "out"]]
    before, sys.argv = sys.argv, [os.path.join(RNN, "predict_sin.py")] + arguments
    try:
        with pytest.raises(SystemExit):
            conftest.execute("predict_sin")
    finally:
        sys.argv = before
    assert sorted(os.listdir(str(directory))) == ["checkpoint.npz", "out"]
    return (directory / "checkpoint.npz").read_bytes()


def with_state(content, change):
    """A checkpoint whose state is changed; its checksums are right."""
    arrays = dict(np.load(io.BytesIO(content)).items())
    text = change(arrays.pop("state").tobytes())
    changed = io.BytesIO()
    np.savez(changed, state=np.frombuffer(text, np.uint8), **arrays)
    return changed.getvalue()


def test_a_checkpoint_in_a_moved_directory_can_be_resumed(run_part, refused, tmp_path, npz_checkpoint):
    (tmp_path / "moved").mkdir()
    (tmp_path / "moved" / "checkpoint.npz").write_bytes(npz_checkpoint)
    run = ["--model-dir", tmp_path / "moved"]
    done = run_part("predict_sin", *FEW["predict_sin"], 3, *run, "--out", tmp_path / "first")
    assert done.returncode == 0
    assert "resumes after epoch 2 " in done.stderr
    for part in ("predict_sin_MultiRnnCell", "tflearn_sin"):
        assert "is of a different model" in refused(part, *run)
    done = run_part("LSTM_for_Mnist", *FEW["LSTM_for_Mnist"], 3, *run)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "is of a different model" in done.stderr.splitlines()[-1]
    line = refused("predict_sin", *SHORT, *run, "--batch-size", 32)
    assert "was made with --batch-size 64, but this run has 32" in line
    assert os.listdir(str(tmp_path / "moved")) == ["checkpoint.npz"]


STATES = [
    lambda text: b"[]",
    lambda text: b"3",
    lambda text: b"{}",
    lambda text: b"[" * 10**5,
    lambda text: b"\xff\xfe",
    lambda text: text[: len(text) // 2],
    lambda text: json.dumps(dict(json.loads(text), options=3)).encode(),
    lambda text: json.dumps(dict(json.loads(text), losses=[])).encode(),
    lambda text: json.dumps(dict(json.loads(text), losses={"train_loss": [[1]]})).encode(),
    lambda text: json.dumps(dict(json.loads(text), losses={"train_loss": 3})).encode(),
    lambda text: json.dumps(dict(json.loads(text), done="2")).encode(),
    lambda text: json.dumps(dict(json.loads(text), printed=3)).encode(),
    lambda text: json.dumps(dict(json.loads(text), printed=[3])).encode(),
    lambda text: json.dumps(dict(json.loads(text), curves={"predictions": [3]})).encode(),
    lambda text: json.dumps(dict(json.loads(text), curves={"predictions": 3})).encode(),
    lambda text: text.replace(b'"train_loss": [[', b'"train_loss": [["x", '),
    lambda text: text.replace(b'"train_loss": [[', b'"train_loss": [[NaN, '),
]


@pytest.mark.parametrize(
    "number", [0, 3, 8, 15] + [pytest.param(i, marks=SLOW) for i in set(range(17)) - {0, 3, 8, 15}]
)
def test_a_checkpoint_with_a_different_state_is_refused(refused, tmp_path, npz_checkpoint, number):
    (tmp_path / "model").mkdir()
    path = tmp_path / "model" / "checkpoint.npz"
    path.write_bytes(with_state(npz_checkpoint, STATES[number]))
    before = path.read_bytes()
    line = refused("predict_sin", *FEW["predict_sin"], 3, "--model-dir", tmp_path / "model")
    assert "--model-dir: the checkpoint %s is damaged" % path in line
    assert path.read_bytes() == before


def test_every_damaged_byte_of_a_checkpoint_is_detected(refused, tmp_path, npz_checkpoint):
    """A flipped bit anywhere, a file cut short, something else: one line, status 2."""
    (tmp_path / "model").mkdir()
    path = tmp_path / "model" / "checkpoint.npz"
    run = [*FEW["predict_sin"], 3, "--model-dir", tmp_path / "model"]
    damaged = [b"", npz_checkpoint[:100], npz_checkpoint[: len(npz_checkpoint) // 2], npz_checkpoint[9:], b"x" * 999]
    state = npz_checkpoint.index(b"train_loss")
    kernel = npz_checkpoint.index(b"\x93NUMPY", npz_checkpoint.index(b"kernel")) + 130
    for place in (state + 30, kernel):
        damaged.append(npz_checkpoint[:place] + bytes([npz_checkpoint[place] ^ 1]) + npz_checkpoint[place + 1 :])
    for content in damaged:
        path.write_bytes(content)
        line = refused("predict_sin", *run)
        assert "--model-dir: the checkpoint %s is damaged" % path in line


def test_a_compressed_checkpoint_is_refused_by_its_headers(refused, tmp_path, npz_checkpoint):
    """A small file that promises much is refused by its headers."""
    (tmp_path / "model").mkdir()
    path = tmp_path / "model" / "checkpoint.npz"
    arrays = dict(np.load(io.BytesIO(npz_checkpoint)).items())
    arrays["state"] = np.zeros(2 * 10**7, np.uint8)
    np.savez_compressed(str(path), **arrays)
    assert path.stat().st_size < 100000
    line = refused("predict_sin", *FEW["predict_sin"], 3, "--model-dir", tmp_path / "model")
    assert "is damaged: its state is not a text, or compressed" in line


@pytest.fixture(scope="module")
def estimator_checkpoint(tmp_path_factory):
    """The files of an Estimator's directory after two steps: {name: bytes}."""
    import conftest

    directory = tmp_path_factory.mktemp("estimator")
    arguments = ["--training-steps", "2", "--model-dir", str(directory), "--out", str(directory / "out")]
    before, sys.argv = sys.argv, [os.path.join(RNN, "tflearn_sin.py")] + arguments
    try:
        with pytest.raises(SystemExit):
            conftest.execute("tflearn_sin")
    finally:
        sys.argv = before
    return {path.name: path.read_bytes() for path in directory.iterdir() if path.is_file()}


@pytest.fixture
def estimator_directory(estimator_checkpoint, tmp_path):
    directory = tmp_path / "model"
    directory.mkdir()
    for name, content in estimator_checkpoint.items():
        (directory / name).write_bytes(content)
    return directory


def test_nothing_outside_the_directory_of_an_estimator_is_read_or_deleted(run_part, estimator_directory, tmp_path):
    """TensorFlow reads, and deletes, the files that the file ``checkpoint`` names."""
    other = tmp_path / "other"
    other.mkdir()
    for name in os.listdir(str(estimator_directory)):
        if name.startswith("model.ckpt-2."):
            (other / name).write_bytes((estimator_directory / name).read_bytes())
    mine = sorted(os.listdir(str(other)))
    crafted = 'model_checkpoint_path: "%s"\n' % (other / "model.ckpt-2")
    crafted += "".join('all_model_checkpoint_paths: "%s"\n' % (other / "model.ckpt-2") for _ in range(9))
    (estimator_directory / "checkpoint").write_text(crafted)
    done = run_part("tflearn_sin", "--training-steps", 9, "--model-dir", estimator_directory)
    assert done.returncode == 0
    assert "resumes after step 2 from the checkpoint in %s" % estimator_directory in done.stderr
    assert sorted(os.listdir(str(other))) == mine
    assert str(other) not in (estimator_directory / "checkpoint").read_text()


@pytest.mark.parametrize(
    "content",
    [
        "garbage",
        pytest.param("", marks=SLOW),
        pytest.param('model_checkpoint_path: "model.ckpt-9"', marks=SLOW),
        pytest.param(None, marks=SLOW),
    ],
)
def test_an_estimator_resumes_without_its_list_of_checkpoints(run_part, estimator_directory, content):
    if content is None:
        (estimator_directory / "checkpoint").unlink()
    else:
        (estimator_directory / "checkpoint").write_text(content)
    done = run_part("tflearn_sin", "--training-steps", 3, "--model-dir", estimator_directory)
    assert done.returncode == 0
    assert "resumes after step 2 " in done.stderr


@SLOW
def test_an_incomplete_first_checkpoint_of_an_estimator_is_replaced(run_part, estimator_directory):
    for name in os.listdir(str(estimator_directory)):
        if name.endswith(".index") or name == "checkpoint":
            (estimator_directory / name).unlink()
    done = run_part("tflearn_sin", "--training-steps", 3, "--model-dir", estimator_directory)
    assert done.returncode == 0
    assert done.stderr == ""
    assert (estimator_directory / "model.ckpt-3.index").exists()


def test_links_in_the_directory_of_an_estimator_are_refused(refused, estimator_directory, tmp_path):
    content = tmp_path / "elsewhere"
    (estimator_directory / "model.ckpt-2.index").rename(content)
    (estimator_directory / "model.ckpt-2.index").symlink_to(content)
    line = refused("tflearn_sin", "--training-steps", 3, "--model-dir", estimator_directory)
    assert "model.ckpt-2.index in %s is a link" % estimator_directory in line


def test_a_damaged_checkpoint_of_an_estimator_is_refused(refused, estimator_directory):
    run = ["--training-steps", 3, "--model-dir", estimator_directory]
    index, data = (estimator_directory / name for name in ("model.ckpt-2.index", "model.ckpt-2.data-00000-of-00001"))
    whole = data.read_bytes()
    for content in (whole[:10], whole[:-4] + bytes(4)):
        data.write_bytes(content)
        line = refused("tflearn_sin", *run)
        assert "is damaged" in line
        assert "Graph execution error" not in line
    data.write_bytes(whole)
    index.write_bytes(index.read_bytes()[:20])
    assert "is damaged" in refused("tflearn_sin", *run)


def test_checkpoints_of_different_models_are_refused(refused, estimator_directory):
    kept = sorted(os.listdir(str(estimator_directory)))
    line = refused("predict_sin", "--model-dir", estimator_directory)
    assert "--model-dir: the checkpoint in %s is of a different model" % estimator_directory in line
    line = refused("tflearn_sin", "--hidden-size", 7, "--model-dir", estimator_directory)
    assert "was made with --hidden-size 30, but this run has 7" in line
    assert sorted(os.listdir(str(estimator_directory))) == kept
