"""The digits of part 6: MNIST, or generated digits for machines without a network, used on request only."""

import os

from common import console, errors, options

import numpy as np

from tf1.examples.tutorials.mnist import files, input_data

DATA_OPTIONS = {
    "--data": {
        "choices": ["mnist", "synthetic"],
        "default": "mnist",
        "help": "the MNIST digits, or generated ones (default: mnist)",
    },
    "--data-dir": {
        "type": options.path,
        "metavar": "DIR",
        "help": "directory of the four MNIST files (default: $MNIST_DATA, else MNIST_data/)",
    },
}


def read_data_sets(chosen, seed):
    """The digits that the options --data and --data-dir ask for; next_batch returns them in the order of the seed.

    Returns:
        Datasets(train, validation, test) of 55,000, 5,000 and 10,000 digits; images [n, 784] from 0 to 1, labels
        one-hot [n, 10].

    Raises:
        UsageError: the files are missing or damaged.
    """
    if chosen.data == "synthetic":
        if chosen.data_dir:
            raise errors.UsageError("--data-dir cannot be used with --data synthetic, which reads no files")
        console.remark("using generated digits, not MNIST; the losses are not the tutorial's")
        return generated(seed)
    directory = find_data(chosen.data_dir)
    try:
        return input_data.read_data_sets(directory, one_hot=True, seed=seed)
    except files.NotDownloaded as error:
        raise errors.UsageError("%s, or use --data synthetic for generated digits" % error) from error
    except files.DifferentFile as error:
        if directory == files.DEFAULT_DIRECTORY:
            raise errors.UsageError(error) from error
        raise errors.UsageError(
            "%s; put a complete one there, or name no directory, neither by --data-dir nor by MNIST_DATA, to have all "
            "four downloaded to %s" % (error.fault, files.DEFAULT_DIRECTORY)
        ) from error
    except files.MNISTError as error:
        raise errors.UsageError(error) from error


def find_data(data_dir=None):
    """The directory to read the four files from.

    Args:
        data_dir: a directory that must hold them; if None, the directory in the environment variable MNIST_DATA, which
            must hold them too; without either, ``MNIST_data``, to which missing files are downloaded.

    Returns:
        The directory.

    Raises:
        UsageError: a directory was given, but is missing or lacks files.
    """
    directory = data_dir or os.environ.get("MNIST_DATA")
    if not directory:
        return files.DEFAULT_DIRECTORY
    named_by = "--data-dir" if data_dir else "the environment variable MNIST_DATA"
    if not os.path.isdir(directory):
        fault = "is not a directory" if os.path.exists(directory) else "does not exist"
        raise errors.UsageError(
            "%s: the directory %s %s; name the one with %s in it, or run with --data synthetic"
            % (named_by, directory, fault, ", ".join(files.FILES))
        )
    missing = [name for name in files.FILES if not os.path.exists(os.path.join(directory, name))]
    if missing:
        raise errors.UsageError(
            "%s: the directory %s lacks %s; put them there, name no directory to have them downloaded to %s, or run "
            "with --data synthetic" % (named_by, directory, ", ".join(missing), files.DEFAULT_DIRECTORY)
        )
    return directory


_GLYPHS = """
.###. ..#.. .###. .###. ...#. ##### .###. ##### .###. .###.
#...# .##.. #...# #...# ..##. #.... #.... ....# #...# #...#
#...# ..#.. ....# ....# .#.#. #.... #.... ...#. #...# #...#
#...# ..#.. ...#. ..##. #..#. ####. ####. ..#.. .###. .####
#...# ..#.. ..#.. ....# ##### ....# #...# .#... #...# ....#
#...# ..#.. .#... #...# ...#. #...# #...# .#... #...# ....#
.###. .###. ##### .###. ...#. .###. .###. .#... .###. .###.
"""
_SEED = 28  # of the images, which are the same in every run
# height, width, slant, distances down and right, thickness, strength
_RANGES = ((2.2, 3.2), (2.2, 3.4), (-0.35, 0.35), (-3, 3), (-3, 3), (1.0, 1.9), (0.6, 1.0))


class GeneratedImages:
    """Ten glyphs at random places in random sizes, slants, thicknesses and strengths, with noise.

    Works like an array float32 [count, 784] that is only read by rows; an image is drawn when it is first read. Sines
    and powers, which numpy's versions round differently, are not used: the images are the same everywhere.
    """

    def __init__(self, labels, random_state):
        rows = [line.split() for line in _GLYPHS.strip().split("\n")]
        self._glyphs = np.zeros((10, 7 + 4, 5 + 4))  # with a margin of two
        for digit in range(10):
            self._glyphs[digit, 2:-2, 2:-2] = [[point == "#" for point in row[digit]] for row in rows]
        self._labels = labels
        low, high = np.array(_RANGES).T
        self._shapes = random_state.uniform(low, high, (len(labels), len(_RANGES)))
        self._noise = random_state.uniform(-0.06, 0.06, 2**16 + 784)
        self._noise_starts = random_state.randint(0, 2**16, (len(labels), 1))
        self._pixels = np.zeros((len(labels), 784), np.uint8)
        self._is_drawn = np.zeros(len(labels), bool)

    def __len__(self):
        return len(self._labels)

    def __getitem__(self, rows):
        new = rows[~self._is_drawn[rows]]
        self._pixels[new] = self.draw(new)
        self._is_drawn[new] = True
        return np.multiply(self._pixels[rows].astype(np.float32), np.float32(1.0 / 255.0))

    def draw(self, rows):
        """The pixels [n, 784] of some images."""
        y, x = np.mgrid[0:28, 0:28] - 13.5  # pixels from the middle of the image
        height, width, slant, down, right, thickness, strength = self._shapes[rows].T[:, :, np.newaxis, np.newaxis]
        ink = self._look_up(rows, (y - down) / height + 3, (x - right + slant * (y - down)) / width + 2) * thickness
        noise = self._noise[self._noise_starts[rows] + np.arange(784)].reshape(-1, 28, 28)
        bright = (np.clip(ink * 1.6 - 0.45, 0, 1) * strength + noise) * 255
        return np.clip(bright, 0, 255).astype(np.uint8).reshape(-1, 784)

    def _look_up(self, rows, y, x):
        """The ink of the glyphs at the points (y, x), by bilinear interpolation: [n, 28, 28]."""
        y = np.clip(y + 2, 0, self._glyphs.shape[1] - 1.001)
        x = np.clip(x + 2, 0, self._glyphs.shape[2] - 1.001)
        top, left = y.astype(int), x.astype(int)
        below, beside = y - top, x - left
        digit = self._labels[rows][:, np.newaxis, np.newaxis]
        upper = self._glyphs[digit, top, left] * (1 - beside) + self._glyphs[digit, top, left + 1] * beside
        lower = self._glyphs[digit, top + 1, left] * (1 - beside) + self._glyphs[digit, top + 1, left + 1] * beside
        return upper * (1 - below) + lower * below


def generated(seed):
    """Generated digits in the sizes of MNIST; ``seed`` orders them."""
    order, random_state = np.random.RandomState(seed), np.random.RandomState(_SEED)
    data_sets = []
    for count in (55000, 5000, 10000):
        labels = random_state.randint(0, 10, count)
        one_hot = input_data.dense_to_one_hot(labels, 10)
        images = GeneratedImages(labels, random_state)  # which a uint8 DataSet without reshape leaves unchanged
        data_sets.append(input_data.DataSet(images, one_hot, dtype=np.uint8, reshape=False, random_state=order))
    return input_data.Datasets(*data_sets)
