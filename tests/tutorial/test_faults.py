"""One test for each kind of fault: what is deleted, mixed, inflated, left behind, waited for, believed, or shown."""

import copy
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile

from common import checkpoint, errors, npz, options, records, tasks
from common.errors import UsageError

import cluster
import numpy as np
import pytest
from conftest import RNN

import tf1 as tf
from tf1 import files

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals, locks and devices as Linux has them")
TEMPORARY = ".record.json.%016x.tmp"


def program(code, *arguments, **settings):
    """Python code in a process of its own, with ``common`` to import."""
    settings.setdefault("stderr", subprocess.PIPE)
    call = settings.pop("call", subprocess.run)
    return call(
        [sys.executable, "-c", code] + [str(argument) for argument in arguments], stdout=subprocess.PIPE, text=True,
        env=dict(os.environ, PYTHONPATH=RNN), **settings
    )  # fmt: skip


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
def test_the_command_of_the_cluster_deletes_nothing_else(tmp_path, linked):
    place = tmp_path / "elsewhere" if linked else tmp_path / "out" / "one"
    (place / "model").mkdir(parents=True)
    (place / "model" / "thesis.docx").write_text("precious")
    if linked:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "one").symlink_to(place)
    command = [sys.executable, "-m", "RNN.cluster", "--out", str(tmp_path / "out"), "--training-steps", "10"]
    done = subprocess.run(command, cwd=os.path.dirname(RNN), capture_output=True, text=True)
    assert done.returncode == 2 and done.stdout == "" and done.stderr.count("\n") == 1
    assert done.stderr.startswith("cluster.py: error: --out: ") and "thesis.docx" in done.stderr
    assert (place / "model" / "thesis.docx").read_text() == "precious"


@pytest.mark.parametrize("name, content", [("checkpoint", "my notes"), ("options.json", "{}"), ("options.json", "[]")])
def test_an_estimator_overwrites_no_files_of_others(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    with pytest.raises(UsageError, match="is of a different model .%s" % name):
        checkpoint.latest(str(tmp_path), {"script": "tflearn_sin.py"})
    assert (tmp_path / name).read_text() == content and os.listdir(str(tmp_path)) == [name]


# --- a checkpoint is one file, of one run


STATE = {
    "options": {"script": "a.py"},
    "done": 2,
    "losses": {"train_loss": [[1.5, 2], [1, 2]], "epoch_train_loss": [1, 2.5]},
    "curves": {"predictions": [{"epoch": 1, "y": [1, 2.5]}, {"epoch": 2, "y": [1, 2]}], "target": [3, 4]},
    "printed": ["a", "b"],
}
LOGGED = ["train_loss", "epoch_train_loss"]


def saved(directory, value, change=None, **arrays):
    """Writes a checkpoint of one variable by hand."""
    state = copy.deepcopy(STATE)
    if change:
        change(state)
    content = io.BytesIO()
    arrays.setdefault("state", np.frombuffer(json.dumps(state).encode(), np.uint8))
    arrays.setdefault("variables/a", np.full(3, value, np.float32))
    arrays.setdefault("variables/b", np.full(3, value, np.float32))
    np.savez_compressed(content, **arrays) if arrays.pop("compressed", False) else np.savez(content, **arrays)
    (directory / "checkpoint.npz").write_bytes(content.getvalue())


def restored(directory):
    """(state, values of the variables) of the checkpoint in a directory."""
    with tf.Graph().as_default(), tf.Session() as session:
        variables = [tf.get_variable(name, [3]) for name in "ab"]
        state = checkpoint.restore(str(directory), session, STATE["options"], LOGGED)
        return state, [list(value) for value in session.run(variables)]


def test_a_restore_reads_one_checkpoint(tmp_path, monkeypatch):
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


HOLDER = """
import sys
from common import checkpoint
with checkpoint.in_use("--model-dir", sys.argv[1]):
    print("locked", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, None])
def test_a_second_run_is_refused_while_the_first_lives(tmp_path, number):
    first = program(HOLDER, tmp_path, call=subprocess.Popen, stdin=subprocess.PIPE)
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


@pytest.mark.parametrize("part", ["predict_sin", "tflearn_sin"])
def test_the_parts_take_the_lock(refused, tmp_path, part):
    model = tmp_path / "model"
    model.mkdir()
    with checkpoint.in_use("--model-dir", str(model)):
        line = refused(part, "--model-dir", model)
    assert "--model-dir: %s is in use by process %d;" % (model, os.getpid()) in line


# --- what a state is


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
def test_a_state_that_no_run_has_saved_is_refused(change):
    state = copy.deepcopy(STATE)
    checkpoint.require_state(state, LOGGED)
    STATES[change](state)
    with pytest.raises(npz.DAMAGED):
        state = records.parse(json.dumps(state), dict(records.ENTRIES, done=int))
        checkpoint.require_state(state, LOGGED)


def test_a_state_with_accuracies():
    losses = {"train_loss": [1, 2, 3], "accuracy": [0.5, 1], "accuracy_step": [0, 2]}
    state = {"done": 3, "losses": losses, "curves": {}, "printed": ["a", "b"]}
    checkpoint.require_state(state, list(losses))
    losses["accuracy"].append(1)
    with pytest.raises(ValueError, match="its numbers are not those of 3 steps"):
        checkpoint.require_state(state, list(losses))


def test_every_part_names_the_losses_that_it_logs(loaded):
    assert set(loaded("predict_sin")[1].logged) == {"train_loss", "test_loss", "epoch_train_loss", "epoch_test_loss"}
    assert loaded("predict_sin_MultiRnnCell")[1].logged == loaded("predict_sin")[1].logged
    assert set(loaded("LSTM_for_Mnist")[1].logged) == {"train_loss", "accuracy", "accuracy_step"}


# --- files that grow


@pytest.mark.parametrize("name", ["state", "variables/a"])
@pytest.mark.parametrize(
    "shape, dtype", [((10**7,), "u1"), ((4000, 4000), "u1"), ((3,), "S9000000"), ((3,), "f8"), ((3,), "(9999999,)u1")]
)
def test_no_array_is_inflated_before_it_is_compared(tmp_path, monkeypatch, name, shape, dtype):
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


# --- what stays


def test_what_a_killed_writer_left_goes_at_once(tmp_path):
    """Whatever file is written next; what another writer has open stays."""
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


def test_a_checkpoint_whose_writer_was_killed_is_not_damage(tmp_path):
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


# --- what is no file


@pytest.mark.parametrize("name", ["checkpoint", "options.json", "model.ckpt-2.index", "checkpoint.npz"])
@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo, lambda path: os.symlink("/dev/zero", path)])
def test_what_is_no_file_is_refused(tmp_path, name, make):
    make(str(tmp_path / name))
    with pytest.raises(UsageError, match="--model-dir: "):
        checkpoint.latest(str(tmp_path), {"script": "tflearn_sin.py"})
    if name == "checkpoint.npz":
        with pytest.raises(UsageError, match="is damaged: it is not a file"):
            restored(tmp_path)
        with pytest.raises(UsageError, match="is damaged.*it is not a file|it is not a file"):
            records.read(str(tmp_path / name))


def test_what_is_no_address_is_refused(monkeypatch):
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


# --- the terminal


def test_no_control_characters_reach_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["/somewhere/a.py"])
    text = "--x\x1b[2J\x9b\x07\u202e\ud800 \u6f22 is\r\n wrong"
    errors.report(text, 2)
    options.remark(text)
    assert capsys.readouterr().err == "a.py: --x\\x1b[2J\\x9b\\x07\\u202e\\ud800 \u6f22 is wrong\n" * 2
    errors.report("start" + "x" * 10**6 + "end", 2)
    line = capsys.readouterr().err
    assert len(line) < 2100 and line.startswith("a.py: startx") and line.endswith("xend\n") and " ... " in line


def test_control_characters_of_a_checkpoint(tmp_path, capsys):
    saved(tmp_path, 1, lambda state: state["options"].update({"\x1b[2J": "\x1b[1m" * 10**5}))
    with pytest.raises(UsageError) as error:
        restored(tmp_path)
    errors.report(error.value, 2)
    line = capsys.readouterr().err
    assert "\x1b" not in line and "\\x1b[2J" in line and len(line) < 2100


ENDS = """
import sys
from common import errors, options
def main():
    for i in range(3):
        options.remark("a remark")
        print("x" * 5000, file=sys.stderr)
    print("done")
errors.run(main)
"""


@pytest.mark.parametrize("shell", ["2>/dev/full", "2>&-", "2>/dev/null"])
def test_standard_error_ends_no_run(shell):
    done = subprocess.run(
        ["sh", "-c", '"$0" -c "$1" ' + shell, sys.executable, ENDS], env=dict(os.environ, PYTHONPATH=RNN),
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "done\n")


def test_a_reader_of_standard_error_that_ends_ends_no_run():
    read, write = os.pipe()
    os.close(read)
    done = program(ENDS, stderr=write)
    os.close(write)
    assert (done.returncode, done.stdout) == (0, "done\n")


@pytest.mark.parametrize("module", ["__main__", "cluster", "compare/__main__"])
def test_ctrl_c_comes_before_slow_imports(module):
    """The first module that a command imports, after what Python has loaded, is ``common``."""
    code = """
import sys
first = []
class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        first.append(name)
sys.meta_path.insert(0, Finder)
import common.ctrl_c
path = sys.argv[1]
source = compile(open(path).read(), path, "exec")
del sys.modules["common"], sys.modules["common.ctrl_c"], first[:]
sys.modules["__main__"].__file__ = path
try:
    exec(source, {"__name__": "program", "__file__": path})
finally:
    print(first[:2])
"""
    done = program(code, os.path.join(RNN, module + ".py"))
    assert done.stdout == "['common', 'common.ctrl_c']\n", done.stderr


def test_ctrl_c_during_imports_is_one_line(tmp_path):
    """Also between two imports of a program, where an exception would show its frames."""
    code = "import os, sys\nsys.argv[0] = %r\nfrom common import ctrl_c\nctrl_c.listen()\nos.kill(os.getpid(), 2)"
    done = program(code % str(tmp_path / "part.py"))
    assert (done.returncode, done.stderr) == (130, "part.py: interrupted\n")


@pytest.mark.slow
def test_sigterm_leaves_no_scratch_directory(start, tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = start(
        "tflearn_sin", "--training-steps", 10**6, call=subprocess.Popen, environment={"TMPDIR": str(scratch)}
    )
    while not any(os.listdir(str(path)) for path in scratch.iterdir()):
        time.sleep(0.05)
        assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert process.communicate()[1] == "" and process.returncode == 143
    assert os.listdir(str(scratch)) == []
