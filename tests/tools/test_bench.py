"""tests/tools/bench.py measures real training steps; no time is checked."""

import bench
import numpy as np
import pytest


@pytest.mark.parametrize("part", bench.SIZES)
def test_the_benchmarked_step_trains(part):
    step = bench.ours(part)
    losses = [step()[1] for _ in range(30)]
    assert np.isfinite(losses).all() and losses[-1] < losses[0]


@pytest.mark.parametrize("part", bench.SIZES)
def test_the_benchmarked_step_in_pytorch_trains(part):
    pytest.importorskip("torch")
    step = bench.pytorch(part)
    losses = [step() for _ in range(30)]
    assert np.isfinite(losses).all() and losses[-1] < losses[0]
