"""Initial weights of a seed or of a file."""

import os
import zipfile

from common import weights
from common.errors import UsageError

import numpy as np
import pytest

import tf1 as tf


def build(initial_weights, name="rnn"):
    """A graph with a kernel and a bias, and their initial values."""
    with tf.Graph().as_default(), initial_weights.scope(), tf.Session() as session:
        with tf.variable_scope(name):
            tf.get_variable("kernel", [2, 3])
            tf.get_variable("bias", [3], initializer=tf.zeros_initializer())
        initial_weights.check()
        session.run(tf.global_variables_initializer())
        return session.run({v.op.name: v for v in tf.global_variables()})


def test_a_seed_determines_the_weights():
    first, again = build(weights.InitialWeights(seed=1)), build(weights.InitialWeights(seed=1))
    other, by_hand = build(weights.InitialWeights(seed=2)), build(weights.InitialWeights(seed=1), "RNN")
    np.testing.assert_array_equal(first["rnn/kernel"], again["rnn/kernel"])
    np.testing.assert_array_equal(first["rnn/kernel"], by_hand["RNN/kernel"])
    assert not np.any(first["rnn/kernel"] == other["rnn/kernel"])
    assert np.abs(first["rnn/kernel"]).max() <= np.sqrt(6 / (2 + 3))  # glorot uniform
    np.testing.assert_array_equal(first["rnn/bias"], [0, 0, 0])


ARRAYS = {"rnn/kernel": np.arange(6, dtype=np.float64).reshape(2, 3), "rnn/bias": np.array([7, 8, 9])}


@pytest.mark.parametrize("in_file, in_graph", [("rnn", "rnn"), ("RNN", "rnn"), ("rnn", "RNN")])
def test_weights_are_read_from_a_file(tmp_path, in_file, in_graph):
    path = str(tmp_path / "weights.npz")
    np.savez(path, **{name.replace("rnn", in_file): array for name, array in ARRAYS.items()})
    found = build(weights.of_file(path), in_graph)
    np.testing.assert_array_equal(found[in_graph + "/kernel"], [[0, 1, 2], [3, 4, 5]])
    np.testing.assert_array_equal(found[in_graph + "/bias"], [7, 8, 9])


def test_all_weights_that_do_not_fit_are_listed(tmp_path):
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
def test_damaged_weight_files_are_refused(tmp_path, damage):
    path = tmp_path / "weights.npz"
    np.savez(str(path), **ARRAYS)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(UsageError, match="--initial-weights: .*weights.npz"):
        weights.of_file(str(path))


def test_a_weight_file_with_other_content_is_refused(tmp_path):
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
def test_weights_must_be_finite_numbers(tmp_path, array):
    path = str(tmp_path / "weights.npz")
    np.savez(path, a=array)
    with pytest.raises(UsageError, match="the array a is not made of finite numbers"):
        weights.of_file(path).read("a")


def test_a_flipped_bit_in_weights_is_detected(tmp_path):
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
def test_a_large_weight_file_is_not_decompressed(tmp_path, monkeypatch, promised, fault):
    """A file of some kilobytes that holds 64 MB: nothing but its header is read."""
    path = tmp_path / "weights.npz"
    huge(path, (2**24,), promised)
    read, whole = [], zipfile.ZipExtFile.read
    monkeypatch.setattr(zipfile.ZipExtFile, "read", lambda self, n=-1: read.append(n) or whole(self, n))
    with pytest.raises(UsageError, match=fault) as error:
        build(weights.of_file(str(path)))
    assert str(path) in str(error.value)
    assert all(0 <= n <= 2**16 for n in read)


def test_only_the_compression_of_numpy_is_read(tmp_path):
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
