"""The MNIST reader: every fault of a file, the order of the batches, downloads."""

import functools
import gzip
import hashlib
import http.server
import os
import struct
import threading

import numpy as np
import pytest

from tf1.examples.tutorials.mnist import files, input_data

NAMES = list(input_data.FILES)


def idx_images(count, header=None, magic=2051, size=(28, 28), extra=b""):
    pixels = bytes(i % 251 for i in range(count * 28 * 28))
    return gzip.compress(struct.pack(">4I", magic, count if header is None else header, *size) + pixels + extra)


def idx_labels(labels, header=None, magic=2049):
    return gzip.compress(struct.pack(">2I", magic, len(labels) if header is None else header) + bytes(labels))


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Twelve training and four test digits in a directory, and a table of files that expects them."""
    directory = tmp_path / "digits"
    directory.mkdir()
    contents = (idx_images(12), idx_labels([i % 10 for i in range(12)]), idx_images(4), idx_labels([3, 1, 4, 1]))
    for name, content, count in zip(NAMES, contents, (12, 12, 4, 4)):
        (directory / name).write_bytes(content)
        expect(monkeypatch, name, content, count)
    return directory


def expect(monkeypatch, name, content, count):
    entry = (len(content), hashlib.sha256(content).hexdigest(), count)
    monkeypatch.setitem(input_data.FILES, name, entry)


def replace(monkeypatch, directory, name, content, count):
    """Puts a different content in a file, and its SHA-256 in the table, so that the later checks are reached."""
    (directory / name).write_bytes(content)
    expect(monkeypatch, name, content, count)


def test_small_files_are_read(small):
    mnist = input_data.read_data_sets(str(small), one_hot=True, validation_size=2)
    assert [len(mnist.train.images), len(mnist.validation.images), len(mnist.test.images)] == [10, 2, 4]
    first_pixels = np.multiply(np.arange(784, dtype=np.float32) % 251, np.float32(1.0 / 255.0))
    np.testing.assert_array_equal(mnist.validation.images[0], first_pixels)
    np.testing.assert_array_equal(mnist.test.labels, np.eye(10)[[3, 1, 4, 1]])
    np.testing.assert_array_equal(mnist.train.labels.argmax(1), [2, 3, 4, 5, 6, 7, 8, 9, 0, 1])


def test_images_keep_their_shape_and_type_on_request(small):
    mnist = input_data.read_data_sets(str(small), dtype=np.uint8, reshape=False, validation_size=0)
    assert mnist.train.images.shape == (12, 28, 28, 1)
    assert mnist.train.images.dtype == np.uint8
    assert mnist.train.images[0, 0, 5, 0] == 5


@pytest.mark.parametrize("size, train", [(0, 12), (12, 0)])
def test_a_split_may_be_empty(small, size, train):
    mnist = input_data.read_data_sets(str(small), validation_size=size)
    assert mnist.train.images.shape == (train, 784)
    assert mnist.validation.images.shape == (12 - train, 784)
    with pytest.raises(ValueError, match="validation_size must be 0 to 12"):
        input_data.read_data_sets(str(small), validation_size=13)


def test_a_different_file_is_reported_with_the_remedy(small):
    (small / NAMES[1]).write_bytes(b"short")
    with pytest.raises(input_data.MNISTError, match="delete it, and the next run downloads it again"):
        input_data.read_data_sets(str(small))


FAULTS = {
    "a wrong magic number": (0, idx_images(12, magic=2049), "magic number 2049, where 2051"),
    "images of a different size": (0, idx_images(12, size=(14, 56)), "14 x 56, where 28 x 28"),
    "too few images": (0, idx_images(11), "promises 11 images, where exactly 12"),
    "fewer images than promised": (0, idx_images(11, header=12), "ends before the 12 images"),
    "more bytes than promised": (0, idx_images(12, extra=b"x"), "more bytes than the 12 images"),
    "a cut file": (0, idx_images(12)[:-20], "cannot be unpacked as gzip"),
    "no gzip file": (0, b"plain text, long enough for a header", "cannot be unpacked as gzip"),
    "damaged bytes": (0, idx_images(12)[:40] + b"\0\1\2\3" + idx_images(12)[44:], "cannot be unpacked as gzip"),
    "a header cut short": (1, gzip.compress(b"\0\0\x08\x01"), "ends within its header"),
    "a label above 9": (1, idx_labels([0, 1, 2, 10] + [0] * 8), "label 10 at place 3, where 0 to 9"),
    "labels with the magic of images": (1, idx_labels([0] * 12, magic=2051), "magic number 2051, where 2049"),
    "too many labels": (3, idx_labels([1] * 5), "promises 5 labels, where exactly 4"),
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_damaged_file_is_reported_with_the_expected_content(small, monkeypatch, fault):
    place, content, message = FAULTS[fault]
    replace(monkeypatch, small, NAMES[place], content, input_data.FILES[NAMES[place]][2])
    with pytest.raises(input_data.MNISTError) as error:
        input_data.read_data_sets(str(small), validation_size=2)
    assert NAMES[place] in str(error.value)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_wrong_checksum_is_refused(small):
    path = small / NAMES[0]
    content = bytearray(path.read_bytes())
    content[4] ^= 1  # gzip's time stamp: the digits in it are the same
    path.write_bytes(bytes(content))
    with pytest.raises(input_data.MNISTError, match="sha256 .* where %s was expected" % input_data.FILES[NAMES[0]][1]):
        input_data.read_data_sets(str(small), validation_size=2)


def test_a_wrong_size_is_refused(small):
    path = small / NAMES[2]
    size = len(path.read_bytes())
    path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(input_data.MNISTError, match="%d bytes, where %d were expected" % (size - 7, size)):
        input_data.read_data_sets(str(small), validation_size=2)


def test_different_counts_of_images_and_labels_are_refused(small, monkeypatch):
    replace(monkeypatch, small, NAMES[3], idx_labels([1] * 5), 5)
    with pytest.raises(input_data.MNISTError, match="holds 4 images, but .* 5 labels"):
        input_data.read_data_sets(str(small), validation_size=2)


def test_a_gzip_bomb_is_not_decompressed(tmp_path, monkeypatch):
    bomb = tmp_path / "bomb.gz"
    with gzip.open(bomb, "wb", compresslevel=9) as file:
        file.write(struct.pack(">4I", 2051, 1, 28, 28))
        for _ in range(64):
            file.write(bytes(2**20))
    read = []
    original = gzip.GzipFile.read
    monkeypatch.setattr(gzip.GzipFile, "read", lambda self, size=-1: read.append(size) or original(self, size))
    with open(bomb, "rb") as file, pytest.raises(input_data.MNISTError, match="more bytes than the 1 images"):
        input_data.extract_images(file)
    assert read == [16, 28 * 28 + 1]


def test_a_header_with_a_huge_count_is_refused(tmp_path):
    path = tmp_path / "huge.gz"
    path.write_bytes(idx_images(1, header=2**31))
    with open(path, "rb") as file, pytest.raises(input_data.MNISTError, match="at most 1000000"):
        input_data.extract_images(file)


def rows_of(data_set, *sizes, **options):
    return [list(data_set.next_batch(size, **options)[1]) for size in sizes]


def numbered(count, seed):
    return input_data.DataSet(np.zeros((count, 28, 28, 1), np.uint8), np.arange(count), seed=seed)


def test_each_epoch_shuffles_the_order_of_the_last():
    state = np.random.RandomState(7)
    first, second, third = np.arange(10), np.arange(10), np.arange(10)
    for permutation in (first, second, third):
        state.shuffle(permutation)
    epochs = [first, first[second], first[second][third]]
    expected = [list(epochs[0][:4]), list(epochs[0][4:8]), list(epochs[0][8:]) + list(epochs[1][:2])]
    expected += [list(epochs[1][2:6]), list(epochs[1][6:]), list(epochs[2][:4])]
    data_set = numbered(10, seed=7)
    assert rows_of(data_set, 4, 4, 4, 4, 4, 4) == expected
    assert data_set.epochs_completed == 2


def test_images_and_labels_keep_the_order_of_the_last_shuffle():
    images = np.arange(6, dtype=np.uint8).repeat(784).reshape(6, 28, 28, 1)
    data_set = input_data.DataSet(images, np.arange(6), dtype=np.uint8, seed=1)
    np.testing.assert_array_equal(data_set.labels, np.arange(6))
    undisturbed = rows_of(numbered(6, seed=1), 2, 2, 2, 2, 2, 2)
    for start in (0, 2, 4) * 2:
        batch, labels = data_set.next_batch(2)
        np.testing.assert_array_equal(batch[:, 0], labels)
        np.testing.assert_array_equal(data_set.labels[start : start + 2], labels)
        np.testing.assert_array_equal(data_set.images[:, 0], data_set.labels)
        assert list(labels) == undisturbed.pop(0)


def test_without_shuffling_the_batches_follow_the_file():
    assert rows_of(numbered(5, seed=0), 3, 3, 3, shuffle=False) == [[0, 1, 2], [3, 4, 0], [1, 2, 3]]


def test_the_three_sets_share_a_random_state_of_their_own(small):
    np.random.seed(5)
    expected = np.random.random(3)
    np.random.seed(5)
    mnist = input_data.read_data_sets(str(small), validation_size=2, seed=0)
    mnist.train.next_batch(4)
    _, test_labels = mnist.test.next_batch(4)
    np.testing.assert_array_equal(np.random.random(3), expected)

    state = np.random.RandomState(0)
    train, test = np.arange(10), np.arange(4)
    state.shuffle(train)
    state.shuffle(test)
    np.testing.assert_array_equal(test_labels, np.array([3, 1, 4, 1])[test])


@pytest.mark.parametrize("size", [0, -1])
def test_a_batch_size_below_one_is_refused(size):
    with pytest.raises(ValueError, match="batch_size must be at least 1"):
        numbered(10, seed=0).next_batch(size)


def test_a_batch_larger_than_the_set_repeats_rows():
    rows = rows_of(numbered(5, seed=0), 7, 7, 3, shuffle=False)
    assert rows == [[0, 1, 2, 3, 4, 0, 1], [2, 3, 4, 0, 1, 2, 3], [4, 0, 1]]
    assert rows_of(numbered(3, seed=0), 7, 7, shuffle=False) == [[0, 1, 2, 0, 1, 2], [0, 1, 2]]


def test_fake_data_has_constant_images():
    mnist = input_data.read_data_sets("nowhere", fake_data=True, one_hot=True)
    images, labels = mnist.train.next_batch(2, fake_data=True)
    assert images == [[1] * 784] * 2
    assert labels == [[1] + [0] * 9] * 2


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture
def serve():
    """Serves directories on this machine: serve(directory) -> address."""
    servers = []

    def start(directory):
        handler = functools.partial(QuietHandler, directory=str(directory))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return "http://127.0.0.1:%d/" % server.server_port

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def download(monkeypatch, directory, *mirrors):
    monkeypatch.setattr(files, "MIRRORS", mirrors)
    return input_data.read_data_sets(str(directory), validation_size=2)


def test_missing_files_are_downloaded(small, serve, monkeypatch, tmp_path):
    directory = tmp_path / "MNIST_data"
    mnist = download(monkeypatch, directory, serve(small))
    assert sorted(os.listdir(directory)) == sorted(NAMES)
    assert all((directory / name).read_bytes() == (small / name).read_bytes() for name in NAMES)
    np.testing.assert_array_equal(mnist.test.labels, [3, 1, 4, 1])


def test_the_second_mirror_is_used_when_the_first_fails(small, serve, monkeypatch, tmp_path):
    (tmp_path / "empty").mkdir()
    mnist = download(monkeypatch, tmp_path / "MNIST_data", serve(tmp_path / "empty"), serve(small))
    assert len(mnist.train.images) == 10


@pytest.mark.parametrize("damage", [lambda c: c[:-1], lambda c: c + b"more", lambda c: c[:-1] + b"?"])
def test_a_download_with_a_wrong_checksum_is_discarded(small, serve, monkeypatch, tmp_path, damage):
    address = serve(small)
    (small / NAMES[1]).write_bytes(damage((small / NAMES[1]).read_bytes()))
    with pytest.raises(input_data.MNISTError, match="train-labels.*with a different sha256"):
        download(monkeypatch, tmp_path / "MNIST_data", address)
    assert os.listdir(tmp_path / "MNIST_data") == [NAMES[0]]  # the one that was right, and no temporary file


def test_without_a_network_the_mirrors_and_the_directory_are_reported(small, monkeypatch, tmp_path):
    addresses = ("http://127.0.0.1:9/one/", "http://127.0.0.1:9/two/")
    with pytest.raises(input_data.MNISTError) as error:
        download(monkeypatch, tmp_path / "MNIST_data", *addresses)
    for text in addresses + (str(tmp_path / "MNIST_data"),) + tuple(NAMES):
        assert text in str(error.value)
    assert "\n" not in str(error.value)
    assert os.listdir(tmp_path) == ["digits"]  # no empty MNIST_data/


needs_mnist = pytest.mark.skipif(
    not os.environ.get("MNIST_DATA"), reason="MNIST_DATA names no directory with the real digits"
)


@needs_mnist
def test_the_real_mnist_files_are_read():
    mnist = input_data.read_data_sets(os.environ["MNIST_DATA"], seed=0)
    sizes = [data_set.num_examples for data_set in mnist]
    assert sizes == [55000, 5000, 10000]
    assert list(mnist.validation.labels[:5]) == [5, 0, 4, 1, 9]
    assert list(mnist.test.labels[:5]) == [7, 2, 1, 0, 4]
    # the sum of the bytes of the file after the first 5,000 images: a different scaling or split would change it
    assert float(mnist.train.images.sum(dtype=np.float64)) * 255 == pytest.approx(1437128264, rel=1e-7)
    # TensorFlow 1.10.1's first batch with seed 0
    order = np.arange(55000)
    np.random.RandomState(0).shuffle(order)
    all_images, all_labels = mnist.train.images, mnist.train.labels
    images, labels = mnist.train.next_batch(100)
    np.testing.assert_array_equal(images, all_images[order[:100]])
    np.testing.assert_array_equal(labels, all_labels[order[:100]])
    np.testing.assert_array_equal(mnist.train.labels, all_labels[order])
