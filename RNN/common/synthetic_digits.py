"""Generated digits: a stand-in for MNIST where there is no network. Never used unless it is asked for.

Ten glyphs of 7x5 points, ours, are drawn at random places in random sizes, slants, thicknesses and strengths, with
noise.
"""

import numpy as np

from tf1.examples.tutorials.mnist.input_data import DataSet, Datasets, dense_to_one_hot

_GLYPHS = """
.###. ..#.. .###. .###. ...#. ##### .###. ##### .###. .###.
#...# .##.. #...# #...# ..##. #.... #.... ....# #...# #...#
#...# ..#.. ....# ....# .#.#. #.... #.... ...#. #...# #...#
#...# ..#.. ...#. ..##. #..#. ####. ####. ..#.. .###. .####
#...# ..#.. ..#.. ....# ##### ....# #...# .#... #...# ....#
#...# ..#.. .#... #...# ...#. #...# #...# .#... #...# ....#
.###. .###. ##### .###. ...#. .###. .###. .#... .###. .###.
"""
_SEED = 28  # of the images themselves, which are the same in every run
_CHUNK = 2000  # images drawn at a time, to bound the memory


def generate(count, random_state):
    """Draws digits.

    No sines, powers or other functions that numpy's versions round differently: the same bytes everywhere.

    Args:
        count: how many.
        random_state: a np.random.RandomState.

    Returns:
        (images uint8 [count, 28, 28, 1], labels uint8 [count]).
    """
    rows = [line.split() for line in _GLYPHS.strip().split("\n")]
    glyphs = np.zeros((10, 7 + 4, 5 + 4))  # a margin of two, where everything outside of the glyph is looked up
    for digit in range(10):
        glyphs[digit, 2:-2, 2:-2] = [[point == "#" for point in row[digit]] for row in rows]

    labels = random_state.randint(0, 10, count)
    images = np.empty((count, 28, 28), np.uint8)
    y, x = np.mgrid[0:28, 0:28] - 13.5  # pixels from the middle of the image
    for start in range(0, count, _CHUNK):
        label = labels[start : start + _CHUNK]
        n = len(label)
        height, width, slant, down, right, thickness, strength = (
            random_state.uniform(low, high, (n, 1, 1))
            for low, high in ((2.2, 3.2), (2.2, 3.4), (-0.35, 0.35), (-3, 3), (-3, 3), (1.0, 1.9), (0.6, 1.0))
        )
        # where each pixel lies on the glyph
        glyph_y = (y - down) / height + 3
        glyph_x = (x - right + slant * (y - down)) / width + 2
        ink = _look_up(glyphs, label, glyph_y, glyph_x) * thickness
        noise = random_state.uniform(-0.06, 0.06, (n, 28, 28))
        bright = (np.clip(ink * 1.6 - 0.45, 0, 1) * strength + noise) * 255
        images[start : start + n] = np.clip(bright, 0, 255).astype(np.uint8)
    return images[..., np.newaxis], labels.astype(np.uint8)


def _look_up(glyphs, label, y, x):
    """The glyphs' ink at points between their own, by bilinear interpolation: [n, 28, 28]."""
    y = np.clip(y + 2, 0, glyphs.shape[1] - 1.001)
    x = np.clip(x + 2, 0, glyphs.shape[2] - 1.001)
    top, left = y.astype(int), x.astype(int)
    below, beside = y - top, x - left
    digit = label[:, np.newaxis, np.newaxis]
    upper = glyphs[digit, top, left] * (1 - beside) + glyphs[digit, top, left + 1] * beside
    lower = glyphs[digit, top + 1, left] * (1 - beside) + glyphs[digit, top + 1, left + 1] * beside
    return upper * (1 - below) + lower * below


def read_data_sets(one_hot=False, reshape=True, validation_size=5000, seed=None):
    """Generated digits in the sizes of MNIST, with the arguments of its reader.

    Args:
        one_hot, reshape, validation_size: as for input_data.read_data_sets.
        seed: of the order in which next_batch hands them out; the digits themselves are always the same.

    Returns:
        Datasets(train, validation, test) of 55,000, 5,000 and 10,000 digits.
    """
    if not 0 <= validation_size <= 60000:
        raise ValueError("validation_size must be 0 to 60000, not %s" % validation_size)
    images, labels = generate(70000, np.random.RandomState(_SEED))
    if one_hot:
        labels = dense_to_one_hot(labels, 10)
    options = {"reshape": reshape, "random_state": np.random.RandomState(seed)}
    splits = (slice(validation_size, 60000), slice(validation_size), slice(60000, None))
    return Datasets(*(DataSet(images[split], labels[split], **options) for split in splits))
