"""The sine wave and the windows cut from it, in each script that uses them, compared with literal arrays."""

import numpy as np
import pytest

WINDOWS = {"predict_sin": (10990, 1090), "predict_sin_MultiRnnCell": (10990, 1090), "tflearn_sin": (9989, 989)}
LEFT_OUT = {"predict_sin": 0, "predict_sin_MultiRnnCell": 0, "tflearn_sin": 1}  # windows at the end, as in the original


@pytest.mark.parametrize("part", sorted(WINDOWS))
def test_each_window_has_the_next_point_as_its_target(loaded, part):
    module, _ = loaded(part, "--time-steps", 3)
    X, y = module.generate(np.array([0, 1, 2, 3, 4, 5, 6], np.float32))
    count = 4 - LEFT_OUT[part]
    np.testing.assert_array_equal(X[:, :, 0], [[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5]][:count])
    np.testing.assert_array_equal(y, [[3], [4], [5], [6]][:count])
    assert X.shape == (count, 3, 1)
    assert X.dtype == y.dtype == np.float32


@pytest.mark.parametrize("part", sorted(WINDOWS))
def test_the_number_of_windows_is_the_originals(loaded, part):
    module, _ = loaded(part)
    for examples, windows in zip((module.TRAINING_EXAMPLES, module.TESTING_EXAMPLES), WINDOWS[part]):
        X, y = module.generate(np.zeros(examples, np.float32))
        assert X.shape == (windows, 10, 1)
        assert y.shape == (windows, 1)


@pytest.mark.parametrize("part", sorted(WINDOWS))
def test_the_smallest_series_gives_one_window(loaded, part):
    module, _ = loaded(part, "--time-steps", 1)
    points = 2 + LEFT_OUT[part]
    X, y = module.generate(np.arange(5, 5 + points, dtype=np.float32))
    assert X.tolist() == [[[5]]]
    assert y.tolist() == [[6]]


@pytest.mark.parametrize("part", sorted(WINDOWS))
def test_the_series_is_the_sine_of_float32_positions(loaded, part):
    module, run = loaded(part)
    found = []

    class Enough(Exception):
        pass

    def generate(series):
        found.append(series)
        if len(found) == 2:
            raise Enough
        return None, None

    module.generate = generate
    with pytest.raises(Enough):
        module.train(run)
    train, test = found
    examples = 10000 if part == "tflearn_sin" else 11000
    assert train.dtype == test.dtype == np.float32
    assert (len(train), len(test)) == (examples, examples // 10)
    if examples == 11000:  # numpy 1.14.5, which the original ran on; later versions round the last bit otherwise
        expected = [0.0, 0.009091611, 0.99554628, -0.50636566]
        np.testing.assert_allclose(train[[0, 1, 5000, 10999]], expected, atol=2e-7)
    positions = np.linspace(100, 110, examples // 10).astype(np.float32).astype(np.float64)
    np.testing.assert_allclose(test, np.sin(positions), atol=1.2e-7)
