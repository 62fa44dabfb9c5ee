"""tf.set_random_seed in a program draws what TensorFlow 1.15.5 drew: seeds of random operations, losses of training.

tests/reference/seeds_1_15.json has TensorFlow 1.15.5's (make tf1-reference), of the cases that seeds_1_15.py builds.
"""

import json
import os
import subprocess
import sys

import pytest
import seeds_1_15
from conftest import RNN
from differences import REFERENCE, names_in

import tf1

pytestmark = [
    pytest.mark.slow,  # the cases use contrib
    pytest.mark.skipif(tf1.__version__.startswith("1."), reason="TensorFlow 1.15 is the reference itself"),
]


@pytest.fixture(scope="module", params=seeds_1_15.KINDS)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def pair(kind, tmp_path_factory):
    """(kind, 1.15.5's results, those of this TensorFlow), each {case: numbers}."""
    out = str(tmp_path_factory.mktemp("seeds") / "out.json")
    script = os.path.join(seeds_1_15.TESTS, "seeds_1_15.py")
    subprocess.run([sys.executable, os.path.join(RNN, "tf1"), script, out, kind], check=True, capture_output=True)
    with open(seeds_1_15.REFERENCE) as file:
        expected = json.load(file)[kind]
    with open(out) as file:
        found = json.load(file)[kind]
    return kind, expected, found


def test_seeds_are_those_of_tensorflow_1_15(pair):
    kind, expected, found = pair
    assert len(expected) > 5
    different = {}
    for name, numbers in expected.items():
        if kind == "trained":
            same = found[name] == pytest.approx(numbers, rel=1e-6)
        else:
            same = found[name] == numbers
        if not same:
            different[name] = (numbers[-3:], found[name][-3:])
    listed = set(names_in(os.path.join(REFERENCE, "seed_differences.txt"))) & set(expected)
    assert not {name: numbers for name, numbers in different.items() if name not in listed}
    assert not listed - set(different), "listed, but not different"


def test_every_listed_case_exists():
    with open(seeds_1_15.REFERENCE) as file:
        cases = {name for cases in json.load(file).values() for name in cases}
    assert not set(names_in(os.path.join(REFERENCE, "seed_differences.txt"))) - cases
