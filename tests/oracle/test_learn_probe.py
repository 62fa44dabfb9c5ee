"""The contrib.learn of RNN/tf1 against that of TensorFlow 1.15.5, in the runner, on the same TensorFlow."""

import json
import os
import subprocess
import sys

import pytest
from conftest import RNN

import tf1 as tf

PROBE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "learn_probe.py")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(tf.__version__.startswith("1."), reason="TensorFlow 1.15 has its own contrib only"),
]


def probe(*command):
    environment = dict(os.environ, PYTHONPATH=RNN)
    done = subprocess.run([sys.executable] + list(command), env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def both():
    ours, theirs = probe(PROBE, "ours"), probe(os.path.join(RNN, "tf1"), PROBE)
    assert ours.pop("module") == "tf1.contrib.learn.estimator"
    assert theirs.pop("module") == "tensorflow.contrib.learn.python.learn.estimators.estimator"
    return ours, theirs


def test_results_equal_those_of_tensorflow_1(both):
    ours, theirs = both
    assert sorted(ours) == sorted(theirs)
    assert ours["fit"][0][0] == [[8], [1], [5], [0]]
    assert len(ours["fit"]) == 10
    assert ours["fit"][-1][2] < ours["fit"][0][2]
    for name in sorted(set(ours) - {"errors"}):
        assert ours[name] == theirs[name], name


def test_errors_are_of_the_same_kind_as_in_tensorflow_1(both):
    ours, theirs = (result["errors"] for result in both)
    assert ours == theirs
    assert all(ours.values())
    assert ours["not fitted"][:3] == ["NotFittedError", "ValueError", "AttributeError"]
