"""``tensorflow.examples.tutorials.mnist.input_data``: reads the MNIST digits as TensorFlow 1 did.

Needs only numpy, so it is the same reader with every TensorFlow. Unlike TensorFlow 1's, it checks the SHA-256 of every
file before using it, and does not change numpy's global random state.
"""

import collections
import gzip
import os
import struct
import zlib

import numpy as np

from tf1.examples.tutorials.mnist import files
from tf1.examples.tutorials.mnist.files import FILES, TEST_IMAGES, TEST_LABELS, TRAIN_IMAGES, TRAIN_LABELS, MNISTError

_IMAGES_MAGIC = 2051
_LABELS_MAGIC = 2049
_MOST_ITEMS = 10**6  # upper bound for a file where no count is given

Datasets = collections.namedtuple("Datasets", ["train", "validation", "test"])


def read_data_sets(
    train_dir,
    fake_data=False,
    one_hot=False,
    dtype=np.float32,
    reshape=True,
    validation_size=5000,
    seed=None,
    source_url=None,
    random_state=None,
    other_images=False,
):
    """Reads the digits; downloads the files that are missing.

    Args:
        train_dir: directory of the four files.
        fake_data: return images of ones, without any file, as TensorFlow 1 did for its tests.
        one_hot: labels as rows of ten instead of numbers.
        dtype: np.float32 for pixels from 0 to 1 (times 1/255), np.uint8 for 0 to 255.
        reshape: images as rows of 784 pixels instead of [28, 28, 1].
        validation_size: how many of the first training images are split off for validation.
        seed: of the order in which next_batch returns the images; None for a different order in every run.
        source_url: address to download from instead of files.MIRRORS.
        random_state: a np.random.RandomState, or np.random itself, to draw from instead of a new one with that seed.
        other_images: accept files of the same format that are not MNIST's, such as Fashion-MNIST's.

    Returns:
        Datasets(train, validation, test) of 55,000, 5,000 and 10,000 digits. As in TensorFlow 1, whose sets drew from
        numpy's one state, the three share a random state: the same calls in the same order give the same batches.

    Raises:
        MNISTError: a file is damaged or cannot be downloaded.
        ValueError: validation_size is negative or more than there is.
    """
    random_state = np.random.RandomState(seed) if random_state is None else random_state
    options = {"dtype": dtype, "reshape": reshape, "random_state": random_state}
    if fake_data:
        return Datasets(*(DataSet([], [], fake_data=True, one_hot=one_hot, **options) for _ in Datasets._fields))

    for name in FILES:
        files.download(name, train_dir, (source_url,) if source_url else files.MIRRORS)
    arrays = {}
    for name, (_, _, count) in FILES.items():
        extract = extract_images if "images" in name else extract_labels
        if other_images:
            with open(os.path.join(train_dir, name), "rb") as file:
                arrays[name] = extract(file)
        else:
            arrays[name] = extract(files.checked(name, train_dir), count=count)
    for images, labels in ((TRAIN_IMAGES, TRAIN_LABELS), (TEST_IMAGES, TEST_LABELS)):
        if len(arrays[images]) != len(arrays[labels]):
            raise MNISTError(
                "%s holds %d images, but %s %d labels; download both again"
                % (images, len(arrays[images]), labels, len(arrays[labels]))
            )
        if one_hot:
            arrays[labels] = dense_to_one_hot(arrays[labels], 10)

    images, labels = arrays[TRAIN_IMAGES], arrays[TRAIN_LABELS]
    if not 0 <= validation_size <= len(images):
        raise ValueError("validation_size must be 0 to %d, not %s" % (len(images), validation_size))
    return Datasets(
        train=DataSet(images[validation_size:], labels[validation_size:], **options),
        validation=DataSet(images[:validation_size], labels[:validation_size], **options),
        test=DataSet(arrays[TEST_IMAGES], arrays[TEST_LABELS], **options),
    )


class DataSet:
    """Images with their labels, returned in batches.

    Args:
        images: uint8 [n, 28, 28, 1].
        labels: [n] or one-hot [n, 10].
        fake_data, one_hot, dtype, reshape, seed: as for read_data_sets.
        random_state: a np.random.RandomState to draw from instead of a new one with that seed.

    ``images`` and ``labels`` are in the order of the last shuffle, in which next_batch returns them.
    """

    def __init__(
        self,
        images,
        labels,
        fake_data=False,
        one_hot=False,
        dtype=np.float32,
        reshape=True,
        seed=None,
        random_state=None,
    ):
        dtype = getattr(dtype, "as_numpy_dtype", dtype)  # a tf.DType works as well
        if np.dtype(dtype) not in (np.dtype(np.uint8), np.dtype(np.float32)):
            raise TypeError("dtype must be uint8 or float32, not %r" % (dtype,))
        self.one_hot = one_hot
        self._random_state = np.random.RandomState(seed) if random_state is None else random_state
        self.epochs_completed = 0
        self._index_in_epoch = 0
        if fake_data:
            self.num_examples = 10000
        else:
            if len(images) != len(labels):
                raise ValueError("%d images, but %d labels" % (len(images), len(labels)))
            self.num_examples = len(images)
            if reshape:
                images = images.reshape(len(images), int(np.prod(images.shape[1:])))
            if np.dtype(dtype) == np.dtype(np.float32):
                images = np.multiply(images.astype(np.float32), np.float32(1.0 / 255.0))
        self._images, self._labels = images, labels
        self._order = np.arange(self.num_examples)
        self._is_ordered = True

    @property
    def images(self):
        self._put_in_order()
        return self._images

    @property
    def labels(self):
        self._put_in_order()
        return self._labels

    def next_batch(self, batch_size, fake_data=False, shuffle=True):
        """The next images and labels.

        The order is shuffled at the first call and at the end of each epoch, each time starting from the order before.
        A batch across that end joins the rest of one epoch with the beginning of the next.

        Args:
            batch_size: how many, at least 1; of more than num_examples there are all, as in TensorFlow 1.
            fake_data: return images of ones instead.
            shuffle: whether to shuffle.

        Returns:
            (images [batch_size, ...], labels [batch_size, ...]).

        Raises:
            ValueError: batch_size is less than 1.
        """
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1, not %s" % batch_size)
        if fake_data:
            label = [1] + [0] * 9 if self.one_hot else 0
            return [[1] * 784 for _ in range(batch_size)], [label for _ in range(batch_size)]
        start = self._index_in_epoch
        if self.epochs_completed == 0 and start == 0 and shuffle:
            self._shuffle()
        rows = self._order[start : start + batch_size]
        self._index_in_epoch = start + len(rows)
        if len(rows) < batch_size:
            self.epochs_completed += 1
            if shuffle:
                self._shuffle()
            self._index_in_epoch = batch_size - len(rows)
            rows = np.concatenate([rows, self._order[: self._index_in_epoch]])
        return self._images[rows], self._labels[rows]

    def _shuffle(self):
        permutation = np.arange(self.num_examples)
        self._random_state.shuffle(permutation)
        self._order = self._order[permutation]
        self._is_ordered = False

    def _put_in_order(self):
        """Permutes the arrays as TensorFlow 1 did at each shuffle, which copies them: only when they are asked for."""
        if not self._is_ordered:
            self._images, self._labels = self._images[self._order], self._labels[self._order]
            self._order, self._is_ordered = np.arange(self.num_examples), True


def dense_to_one_hot(labels_dense, num_classes):
    """Labels [n] as rows of zeros with a one at the label's place: float64 [n, num_classes]."""
    return np.eye(num_classes)[labels_dense]


def extract_images(file, count=None):
    """Reads images in the IDX format, gzipped.

    Args:
        file: a binary file, or anything that gzip reads; its ``name`` is used in messages.
        count: how many it must hold; None for the count in its header.

    Returns:
        uint8 [n, 28, 28, 1].

    Raises:
        MNISTError: it is damaged, or of a different kind.
    """
    (found, rows, columns), pixels = _extract(file, _IMAGES_MAGIC, "images", 3, count)
    return pixels.reshape(found, rows, columns, 1)


def extract_labels(file, one_hot=False, num_classes=10, count=None):
    """Reads labels in the IDX format, gzipped.

    Args:
        file, count: as for extract_images.
        one_hot: return rows of ``num_classes`` instead of numbers.
        num_classes: labels go from 0 to one less.

    Returns:
        uint8 [n], or float64 [n, num_classes] if one_hot.

    Raises:
        MNISTError: it is damaged, of a different kind, or holds a label too high.
    """
    _, labels = _extract(file, _LABELS_MAGIC, "labels", 1, count)
    if len(labels) and labels.max() >= num_classes:
        raise MNISTError(
            "%s: label %d at place %d, where 0 to %d were expected; download it again"
            % (_name(file), labels.max(), labels.argmax(), num_classes - 1)
        )
    return dense_to_one_hot(labels, num_classes) if one_hot else labels


def _extract(file, magic, kind, dimensions, count):
    """Reads header and bytes of a gzipped IDX file, decompressing no more than the header may promise.

    Returns:
        (the dimensions in the header, uint8 [their product]).
    """
    name = _name(file)
    try:
        with gzip.GzipFile(fileobj=file) as stream:
            header = stream.read(4 + 4 * dimensions)
            if len(header) < 4 + 4 * dimensions:
                raise MNISTError("%s: ends within its header; download it again" % name)
            numbers = struct.unpack(">%dI" % (1 + dimensions), header)
            if numbers[0] != magic:
                raise MNISTError(
                    "%s: magic number %d, where %d (%s) was expected; download it again"
                    % (name, numbers[0], magic, kind)
                )
            if dimensions == 3 and numbers[2:] != (28, 28):
                raise MNISTError("%s: images of %d x %d, where 28 x 28 were expected" % ((name,) + numbers[2:]))
            most = _MOST_ITEMS if count is None else count
            if numbers[1] > most or (count is not None and numbers[1] != count):
                raise MNISTError(
                    "%s: its header promises %d %s, where %s %d were expected; download it again"
                    % (name, numbers[1], kind, "at most" if count is None else "exactly", most)
                )
            size = int(np.prod(numbers[1:], dtype=np.int64))
            content = stream.read(size + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise MNISTError(
            "%s: cannot be unpacked as gzip (%s): cut short or damaged; download it again" % (name, error)
        ) from error
    if len(content) != size:
        fault = "holds more bytes than" if len(content) > size else "ends before"
        raise MNISTError("%s: %s the %d %s its header promises; download it again" % (name, fault, numbers[1], kind))
    return numbers[1:], np.frombuffer(content, np.uint8)


def _name(file):
    return getattr(file, "name", None) or "MNIST file"
