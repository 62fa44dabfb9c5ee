"""What the parts share: records and files, weights, options, figures, and how a part ends."""

import json
import os
import subprocess
import sys
import time
import zipfile

from common import errors, figures, records, weights
from common.errors import RunError, UsageError
from common.run import Run

import numpy as np
import pytest
from conftest import RNN

import tf1 as tf

# files


def test_a_file_is_replaced(tmp_path):
    path = tmp_path / "a file"
    records.write_files({str(path): b"first"})
    records.write_files({str(path): b"second"})
    assert path.read_bytes() == b"second"
    assert os.listdir(str(tmp_path)) == ["a file"]


def test_a_full_disk_leaves_what_was_there():
    """The device that is always full stands in for the disk: what is written is redirected to it."""
    program = """
import os, sys
from common import records
folder = sys.argv[1]
records.write_files({folder + "/figure.png": b"old"})
records.files.fcntl.flock = lambda file, how: os.dup2(os.open("/dev/full", os.O_WRONLY), file.fileno())
try:
    records.write_files({folder + "/figure.png": b"new"})
except records.RunError as error:
    print(error)
"""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", program, folder],
            env=dict(os.environ, PYTHONPATH=RNN),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert done.stdout == (
            "cannot write %s/figure.png: No space left on device; existing files are unchanged; "
            "free some disk space or use a different --out\n" % folder
        )
        with open(folder + "/figure.png", "rb") as file:
            assert file.read() == b"old"
        assert os.listdir(folder) == ["figure.png"]


def test_files_are_written_atomically_together(tmp_path):
    (tmp_path / "record.json").write_bytes(b"old")
    (tmp_path / "folder.png").mkdir()
    contents = {str(tmp_path / "record.json"): b"new", str(tmp_path / "folder.png"): b"new"}
    with pytest.raises(RunError, match="folder.png: it exists and is not a file; existing files are unchanged"):
        records.write_files(contents)
    assert (tmp_path / "record.json").read_bytes() == b"old"
    assert sorted(os.listdir(str(tmp_path))) == ["folder.png", "record.json"]
    (tmp_path / "folder.png").rmdir()
    (tmp_path / "folder.png").symlink_to(tmp_path / "picture.png")
    records.write_files(contents)
    assert (tmp_path / "record.json").read_bytes() == (tmp_path / "picture.png").read_bytes() == b"new"
    assert (tmp_path / "folder.png").is_symlink()


@pytest.mark.slow
def test_a_run_killed_while_it_writes_leaves_the_old_file(tmp_path):
    """kill -9 at any byte: the file is a complete old or new one."""
    program = (
        """
import sys
sys.path.insert(0, %r)
from common import records
for i in range(10**6):
    records.write_files({sys.argv[1]: (b"%%08d" %% i) * 200000})
"""
        % RNN
    )
    path = tmp_path / "record.json"
    seen = set()
    for delay in (0.05, 0.11, 0.17, 0.23):
        process = subprocess.Popen([sys.executable, "-c", program, str(path)])
        while not path.exists():
            time.sleep(0.01)
        time.sleep(delay)
        process.kill()
        process.wait()
        content = path.read_bytes()
        assert len(content) == 1600000 and content == content[:8] * 200000
        seen.add(content[:8])
    assert all(name.endswith(".tmp") for name in os.listdir(str(tmp_path)) if name != "record.json")
    for name in os.listdir(str(tmp_path)):
        os.utime(str(tmp_path / name), (0, 0))
    records.write_files({str(path): b"last"})  # takes away what killed runs have left
    assert os.listdir(str(tmp_path)) == ["record.json"]


def test_two_writers_of_a_file_do_not_disturb_each_other(tmp_path):
    """Both write all the time, over old temporary files that both try to remove."""
    path = tmp_path / "record.json"
    program = (
        """
import os, sys
sys.path.insert(0, %r)
from common import records
folder, name = os.path.split(sys.argv[1])
for i in range(60):
    leftover = os.path.join(folder, ".%%s.%%016x.tmp" %% (name, i))
    open(leftover, "w").close()
    records.write_files({sys.argv[1]: sys.argv[2].encode() * 5000})
"""
        % RNN
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", program, str(path), letter], stderr=subprocess.PIPE, text=True)
        for letter in "ab"
    ]
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


def test_a_record_comes_back_as_it_was(tmp_path):
    path = str(tmp_path / "record.json")
    records.write(path, a_record())
    assert records.read(path) == a_record()
    with open(path) as file:
        assert file.read().count("\n") > 10  # a line per entry


def test_float32_survives_a_record():
    numbers = np.random.RandomState(0).normal(size=10000).astype(np.float32) ** 5
    again = np.array(json.loads(json.dumps(records.floats(numbers))), np.float32)
    np.testing.assert_array_equal(again, numbers)
    assert records.floats({"a": [np.float32(0.1)], "b": np.eye(2)}) == {"a": [0.100000001], "b": [[1, 0], [0, 1]]}


def test_versions_name_what_the_numbers_depend_on():
    version = tf.__version__  # loads TensorFlow
    found = records.versions()
    assert found["tensorflow"] == version and found["numpy"] == np.__version__
    assert found["python"] == "%d.%d.%d" % sys.version_info[:3] and found["cpu"]


@pytest.mark.parametrize(
    "content", ["", "[1, 2]", "{", '{"script": "a.py"}', '{"script": NaN}', "[" * 100000, "\udcff"]
)
def test_a_damaged_record_is_named(tmp_path, content):
    path = tmp_path / "record.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError, match="record.json: is damaged, not the record of a run"):
        records.read(str(path))


def test_a_missing_record_is_named(tmp_path):
    with pytest.raises(UsageError, match="none.json: there is no such record"):
        records.read(str(tmp_path / "none.json"))


def test_a_record_holds_no_nan(tmp_path):
    record = a_record()
    record["losses"]["train_loss"] = [float("nan")]
    with pytest.raises(RunError, match="not finite; nothing was written"):
        records.write(str(tmp_path / "record.json"), record)
    assert not os.listdir(str(tmp_path))


# initial weights


def build(initial_weights, name="rnn"):
    """A graph with a kernel and a bias, and their initial values."""
    with tf.Graph().as_default(), initial_weights.scope(), tf.Session() as session:
        with tf.variable_scope(name):
            tf.get_variable("kernel", [2, 3])
            tf.get_variable("bias", [3], initializer=tf.zeros_initializer())
        initial_weights.check()
        session.run(tf.global_variables_initializer())
        return session.run({v.op.name: v for v in tf.global_variables()})


def test_a_seed_is_a_set_of_weights():
    first, again = build(weights.InitialWeights(seed=1)), build(weights.InitialWeights(seed=1))
    other, by_hand = build(weights.InitialWeights(seed=2)), build(weights.InitialWeights(seed=1), "RNN")
    np.testing.assert_array_equal(first["rnn/kernel"], again["rnn/kernel"])
    np.testing.assert_array_equal(first["rnn/kernel"], by_hand["RNN/kernel"])
    assert not np.any(first["rnn/kernel"] == other["rnn/kernel"])
    assert np.abs(first["rnn/kernel"]).max() <= np.sqrt(6 / (2 + 3))  # glorot uniform
    np.testing.assert_array_equal(first["rnn/bias"], [0, 0, 0])


ARRAYS = {"rnn/kernel": np.arange(6, dtype=np.float64).reshape(2, 3), "rnn/bias": np.array([7, 8, 9])}


@pytest.mark.parametrize("in_file, in_graph", [("rnn", "rnn"), ("RNN", "rnn"), ("rnn", "RNN")])
def test_weights_of_a_file(tmp_path, in_file, in_graph):
    path = str(tmp_path / "weights.npz")
    np.savez(path, **{name.replace("rnn", in_file): array for name, array in ARRAYS.items()})
    found = build(weights.of_file(path), in_graph)
    np.testing.assert_array_equal(found[in_graph + "/kernel"], [[0, 1, 2], [3, 4, 5]])
    np.testing.assert_array_equal(found[in_graph + "/bias"], [7, 8, 9])


def test_weights_that_do_not_fit_are_all_listed(tmp_path):
    path = str(tmp_path / "some.npz")
    np.savez(path, **{"rnn/kernel": np.zeros((3, 2)), "dense/kernel": np.zeros(3)})
    with pytest.raises(UsageError) as error:
        build(weights.of_file(path))
    assert str(error.value) == (
        path + " does not fit this network: rnn/bias is missing; dense/kernel is not a variable here; "
        "rnn/kernel has shape (3, 2) instead of (2, 3)"
    )


def test_saved_weights_are_the_initial_ones(tmp_path):
    path = str(tmp_path / "weights.npz")
    with tf.Graph().as_default(), weights.InitialWeights(seed=4).scope(), tf.Session() as session:
        kernel = tf.get_variable("rnn/kernel", [2, 3])
        session.run(tf.global_variables_initializer())
        weights.save(path, session)
        np.testing.assert_array_equal(weights.of_file(path).read("rnn/kernel"), session.run(kernel))


class Trap:
    """An object whose unpickling would be noticed."""

    def __reduce__(self):
        return os.mkdir, ("unpickled",)


def test_no_pickle_is_loaded(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.savez("weights.npz", **{"rnn/kernel": np.array([Trap()], dtype=object)})
    with pytest.raises(UsageError, match="--initial-weights: weights.npz is not an .npz file of plain arrays"):
        weights.of_file("weights.npz")
    np.save("array.npy", np.zeros(3))
    with pytest.raises(UsageError, match="a single array"):
        weights.of_file("array.npy")
    assert not os.path.exists("unpickled")


@pytest.mark.parametrize(
    "damage",
    [
        lambda b: b[: len(b) // 2],
        lambda b: b"",
        lambda b: b"PK" + b[:50],
        lambda b: b[9:],
        lambda b: b[: b.rindex(b"PK\1\2") + 8] + b"\1" + b[b.rindex(b"PK\1\2") + 9 :],  # encrypted, it says
    ],
)
def test_damaged_files_of_weights(tmp_path, damage):
    path = tmp_path / "weights.npz"
    np.savez(str(path), **ARRAYS)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(UsageError, match="--initial-weights: .*weights.npz"):
        weights.of_file(str(path))


def test_a_zip_file_of_other_things_and_a_name_in_two_spellings(tmp_path):
    path = str(tmp_path / "weights.npz")
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("note.txt", "no array")
    with pytest.raises(UsageError, match="is not an .npz file of plain arrays: note.txt in it is not an array"):
        weights.of_file(path)
    np.savez(path, **{"rnn/kernel": np.zeros(1), "RNN/kernel": np.zeros(1)})
    with pytest.raises(UsageError, match="holds both rnn/kernel and RNN/kernel"):
        weights.of_file(path)


@pytest.mark.parametrize(
    "array", [np.array([1e39]), np.array([np.nan]), np.array([np.inf]), np.array(["a"]), np.array([1j])]
)
def test_weights_are_finite_numbers(tmp_path, array):
    path = str(tmp_path / "weights.npz")
    np.savez(path, a=array)
    with pytest.raises(UsageError, match="the array a is not made of finite numbers"):
        weights.of_file(path).read("a")


def test_a_flipped_bit_in_weights_is_noticed(tmp_path):
    path = tmp_path / "weights.npz"
    np.savez(str(path), a=np.arange(9999, dtype=np.float32))
    content = path.read_bytes()
    place = content.index(np.float32(7777).tobytes())
    path.write_bytes(content[:place] + b"\1" + content[place + 1 :])
    with pytest.raises(UsageError, match="--initial-weights: .*weights.npz is damaged"):
        weights.of_file(str(path)).read("a")


def huge(path, shape, promised=None):
    """A small compressed file with an array of zeros; its header may promise a different shape."""
    with zipfile.ZipFile(str(path), "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.npy", "w") as file:
        header = {"descr": "<f4", "fortran_order": False, "shape": promised or shape}
        np.lib.format.write_array_header_1_0(file, header)
        for _ in range(int(np.prod(shape)) * 4 // 2**20):
            file.write(bytes(2**20))


@pytest.mark.parametrize("promised, fault", [(None, "a is not a variable"), ((2, 3), "not a plain array of the size")])
def test_no_large_file_is_inflated(tmp_path, monkeypatch, promised, fault):
    """A file of some kilobytes that holds 64 MB: nothing but its header is read."""
    path = tmp_path / "weights.npz"
    huge(path, (2**24,), promised)
    read, whole = [], zipfile.ZipExtFile.read
    monkeypatch.setattr(zipfile.ZipExtFile, "read", lambda self, n=-1: read.append(n) or whole(self, n))
    with pytest.raises(UsageError, match=fault) as error:
        build(weights.of_file(str(path)))
    assert str(path) in str(error.value)
    assert all(0 <= n <= 2**16 for n in read)


def test_a_single_kind_of_compression_is_read(tmp_path):
    """bzip2 and lzma inflate without a limit."""
    path = str(tmp_path / "weights.npz")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.npy", bytes(99))
    with pytest.raises(UsageError, match="compressed in a way that numpy does not use"):
        weights.of_file(path)


def test_weights_may_be_compressed_and_in_any_order(tmp_path):
    path = str(tmp_path / "weights.npz")
    array = np.asfortranarray(np.arange(6, dtype=">f8").reshape(2, 3))
    np.savez_compressed(path, a=array)
    np.testing.assert_array_equal(weights.of_file(path).read("a"), array)


# how a part ends


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
def test_one_line_and_a_status(error, status, line, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["/somewhere/predict_sin.py"])

    def main():
        raise error

    assert ended(main, capsys) == (status, "predict_sin.py: %s\n" % line)


def test_a_good_end_is_silent(capsys):
    assert ended(lambda: None, capsys) == (None, "")
    assert ended(lambda: 1, capsys) == (1, "")


def test_a_mistake_of_ours_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        errors.run(lambda: 1 / 0)


# options and figures


SCRIPT = """
X = [1.0, 2.0]  # any numbers
PAIR = (1.0, 2.0)  # two numbers
EPOCH = 5  # passes; 100 % of the data
LR = 0.5  # learning rate
KIND = "one"  # one of two
SEED = None  # random seed


def train():
    NOT_A_CONSTANT = 3  # in a function
"""


def a_run(tmp_path, *argv, **settings):
    path = tmp_path / "script.py"
    path.write_text(SCRIPT)
    module = {"__file__": str(path), "__doc__": "doc"}
    exec(SCRIPT, module)
    return module, Run(module, "onelayer_lstm.png", choices={"KIND": ("one", "two")}, argv=list(argv), **settings)


def test_options_override_the_constants(tmp_path):
    out = ["--out", str(tmp_path)]
    module, run = a_run(tmp_path, "--epoch", "7", "--learning-rate", "0.25", "--pair", "3,4", "--kind", "two", *out)
    assert [module[name] for name in ("EPOCH", "LR", "X", "PAIR", "KIND")] == [7, 0.25, [1.0, 2.0], (3.0, 4.0), "two"]
    assert run.changed == ["--epoch 7", "--kind two", "--lr 0.25", "--pair 3,4"]
    assert run.result_options == {
        "x": [1.0, 2.0], "pair": [3.0, 4.0], "epoch": 7, "lr": 0.25, "kind": "two", "seed": None, "threads": 1,
        "initial_weights": None,
    }  # fmt: skip


def test_the_remark_behind_a_constant_is_its_help(tmp_path, capsys):
    with pytest.raises(SystemExit):
        a_run(tmp_path, "--help")
    text = " ".join(capsys.readouterr().out.split())
    assert "--epoch N passes; 100 % of the data (default: 5)" in text
    assert "--kind {one,two} one of two" in text and "NOT_A_CONSTANT" not in text


@pytest.mark.parametrize(
    "argv", [["--pair", "1"], ["--x", "a"], ["--kind", "three"], ["--lr", "0"], ["--epoch", "0"], ["--seed", "-1"]]
)
def test_the_value_of_a_constant_is_its_type_and_range(tmp_path, argv):
    with pytest.raises(UsageError, match="argument .*" + argv[0]):
        a_run(tmp_path, *argv)


def drawn(changed):
    """An empty figure of a run with these options."""
    return figures.drawn(lambda axes, record: None, {"changed": changed}, "mnist_lstm.png")


def test_a_changed_run_says_so_on_its_figure():
    assert not drawn([]).texts
    figure = drawn(["--epoch 7", "--seed 3"])
    assert [text.get_text() for text in figure.texts] == ["non-default options: --epoch 7 --seed 3"]


def test_many_changes_and_odd_paths_stay_on_the_figure():
    changed = ["--initial-weights $_$.npz", "--initial-weights \u6f22.npz"] + [
        "--option-%d 12345" % i for i in range(9)
    ]
    figure = drawn(changed)
    assert figures.saved(figure)[:4] == b"\x89PNG"
    box = figure.texts[0].get_window_extent()
    assert box.x0 >= 0 and box.x1 <= figure.bbox.x1
