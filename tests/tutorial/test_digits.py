"""The digits of part 6: the directory of the MNIST files, the cure in each message, and the generated digits."""

import hashlib
import types

from common import digits
from common.errors import UsageError

import numpy as np
import pytest

from tf1.examples.tutorials.mnist import files

NAMES = list(files.FILES)


@pytest.fixture
def four(tmp_path):
    """A directory with files of the four names, which hold no digits."""
    directory = tmp_path / "digits"
    directory.mkdir()
    for name in NAMES:
        (directory / name).write_bytes(b"no digits")
    return directory


def test_the_option_overrides_the_environment_and_the_default_directory(four, monkeypatch, tmp_path):
    monkeypatch.setenv("MNIST_DATA", str(tmp_path / "elsewhere"))
    assert digits.find_data(str(four)) == str(four)
    with pytest.raises(UsageError, match="MNIST_DATA: the directory .*elsewhere does not exist"):
        digits.find_data()
    monkeypatch.delenv("MNIST_DATA")
    assert digits.find_data() == "MNIST_data"


def test_a_directory_without_the_files_is_refused(four, tmp_path):
    with pytest.raises(UsageError, match="--data-dir: .* lacks train-images"):
        digits.find_data(str(tmp_path))
    with pytest.raises(UsageError, match="is not a directory"):
        digits.find_data(str(four / NAMES[0]))
    (four / NAMES[3]).unlink()
    with pytest.raises(UsageError, match="lacks t10k-labels-idx1-ubyte.gz;"):
        digits.find_data(str(four))


def read(data_dir=None):
    """The message with which the options --data mnist and --data-dir are refused."""
    with pytest.raises(UsageError) as error:
        digits.read_data_sets(types.SimpleNamespace(data="mnist", data_dir=data_dir), seed=0)
    return str(error.value)


def test_a_different_file_in_a_named_directory_is_reported(four):
    text = "%s: 9 bytes, where 9912422 were expected; put a complete one there, or name no directory, neither by"
    assert read(str(four)).startswith(text % (four / NAMES[0]))


def test_a_different_file_in_the_default_directory_is_reported(four, monkeypatch):
    monkeypatch.delenv("MNIST_DATA", raising=False)
    monkeypatch.setattr(files, "DEFAULT_DIRECTORY", str(four))
    assert read().endswith("; delete it, and the next run downloads it again")


def test_without_a_network_generated_digits_are_suggested(tmp_path, monkeypatch):
    monkeypatch.delenv("MNIST_DATA", raising=False)
    monkeypatch.setattr(files, "DEFAULT_DIRECTORY", str(tmp_path))
    monkeypatch.setattr(files, "MIRRORS", ("http://127.0.0.1:9/",))
    assert read().endswith("into the directory %s yourself, or use --data synthetic for generated digits" % tmp_path)


def test_generated_digits_are_the_same_everywhere():
    mnist = digits.generated(seed=1)
    images, labels = mnist.test.images[np.arange(2500)], mnist.test.labels.argmax(axis=1)
    assert images.shape == (2500, 784)
    assert images.dtype == np.float32
    assert 0 <= images.min() < images.max() <= 1
    assert list(labels[:10]) == [4, 3, 0, 5, 9, 3, 8, 0, 8, 3]
    assert hashlib.sha256(np.round(images * 255).astype(np.uint8).tobytes()).hexdigest()[:16] == "f7d7566d26ece803"
    np.testing.assert_array_equal(mnist.test.images[np.array([7, 3])], images[[7, 3]])


def test_generated_digits_have_the_interface_of_mnist():
    mnist = digits.generated(seed=1)
    assert [len(data_set.images) for data_set in mnist] == [55000, 5000, 10000]
    images, labels = mnist.train.next_batch(100)
    assert images.shape == (100, 784)
    assert labels.shape == (100, 10)
    assert set(labels.sum(axis=1)) == {1}
    again = digits.generated(seed=1).train.next_batch(100)
    np.testing.assert_array_equal(images, again[0])
    assert not np.array_equal(labels, digits.generated(seed=2).train.next_batch(100)[1])


def test_generated_digits_are_drawn_when_first_read(monkeypatch):
    drawn = []
    draw = digits.GeneratedImages.draw
    monkeypatch.setattr(digits.GeneratedImages, "draw", lambda self, rows: drawn.append(len(rows)) or draw(self, rows))
    images = digits.generated(seed=1).train.images
    first, again = images[np.arange(100)], images[np.arange(100)]
    assert drawn == [100, 0]
    np.testing.assert_array_equal(first, again)


def test_the_nearest_mean_classifies_most_generated_digits_but_not_all():
    data_set = digits.generated(seed=1).train
    pixels, labels = data_set.images[np.arange(4000)], data_set.labels.argmax(axis=1)[:4000]
    means = np.array([pixels[:3000][labels[:3000] == digit].mean(axis=0) for digit in range(10)])
    nearest = ((pixels[3000:, np.newaxis] - means) ** 2).sum(axis=2).argmin(axis=1)
    assert 0.6 < (nearest == labels[3000:]).mean() < 0.85
