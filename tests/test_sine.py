"""The sine and the windows cut from it, against arrays written by hand."""

import numpy as np
import pytest
from common.sine import generate, series


def test_windows_and_the_points_after_them():
    X, y = generate(np.array([0, 1, 2, 3, 4, 5, 6], np.float32), 3)
    np.testing.assert_array_equal(X[:, :, 0], [[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5]])
    np.testing.assert_array_equal(y, [[3], [4], [5], [6]])
    assert X.shape == (4, 3, 1) and X.dtype == y.dtype == np.float32


def test_the_last_window_may_be_left_out():
    X, y = generate(np.array([0, 1, 2, 3, 4, 5, 6], np.float32), 3, leave_out=1)
    np.testing.assert_array_equal(X[:, :, 0], [[0, 1, 2], [1, 2, 3], [2, 3, 4]])
    np.testing.assert_array_equal(y, [[3], [4], [5]])


@pytest.mark.parametrize(
    "points, leave_out, windows", [(11000, 0, 10990), (1100, 0, 1090), (10000, 1, 9989), (1000, 1, 989)]
)
def test_as_many_windows_as_the_original_had(points, leave_out, windows):
    X, y = generate(series(0, 100, points), 10, leave_out)
    assert X.shape == (windows, 10, 1) and y.shape == (windows, 1)


def test_the_smallest_series():
    X, y = generate(np.array([5, 6], np.float32), 1)
    assert X.tolist() == [[[5]]] and y.tolist() == [[6]]
    with pytest.raises(ValueError, match="no window"):
        generate(np.array([5, 6], np.float32), 2)


def test_the_series_is_the_sine_of_float32_positions():
    values = series(0, 100, 11000)
    assert values.dtype == np.float32 and len(values) == 11000
    # numpy 1.14.5, which the original ran on; later versions round the last bit otherwise
    np.testing.assert_allclose(values[[0, 1, 5000, 10999]], [0.0, 0.009091611, 0.99554628, -0.50636566], atol=2e-7)
    positions = np.linspace(100, 110, 1100).astype(np.float32).astype(np.float64)
    np.testing.assert_allclose(series(100, 110, 1100), np.sin(positions), atol=1.2e-7)
