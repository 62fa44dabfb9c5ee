"""The sine that three parts learn to continue."""

import numpy as np


def series(start, stop, count):
    """``count`` float32 values of the sine over [start, stop], both ends included, in radians.

    The positions are rounded to float32 before the sine is taken, in float32, as the original did. numpy's float32 sine
    differs in its last bit between the versions before and after 1.17.
    """
    return np.sin(np.linspace(start, stop, count, dtype=np.float32))


def generate(seq, time_steps, leave_out=0):
    """Cuts a series into windows, each with the point that follows it as its target.

    Args:
        seq: [n], the series.
        time_steps: points per window.
        leave_out: windows left out at the end; the Estimator's script of the original made one fewer than it could.

    Returns:
        (X, y): float32 [n - time_steps - leave_out, time_steps, 1] and [n - time_steps - leave_out, 1].

    Raises:
        ValueError: the series is too short for a single window.
    """
    count = len(seq) - time_steps - leave_out
    if count < 1:
        raise ValueError("%d points hold no window of %d with the point after it" % (len(seq), time_steps))
    rows = np.arange(count)[:, np.newaxis] + np.arange(time_steps)
    X = np.asarray(seq, dtype=np.float32)[rows]
    y = np.asarray(seq, dtype=np.float32)[time_steps : time_steps + count]
    return X[:, :, np.newaxis], y[:, np.newaxis]
