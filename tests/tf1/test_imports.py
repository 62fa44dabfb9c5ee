"""Whatever loads code, it gets TensorFlow 1.15.5; programs with old names and old checkpoints run."""

import importlib.util
import json
import os
import subprocess
import sys

import programs_1_15
import pytest
from conftest import TF1_PROGRAMS

pytestmark = pytest.mark.slow
NAMES = ["imports", "contrib_parts", "old_names", "old_checkpoint"]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """{name: (lines on standard output, on standard error)} of programs that ran in forks of one process."""
    path = str(tmp_path_factory.mktemp("programs") / "results.json")
    environment = dict(os.environ, PROGRAMS_1_15=TF1_PROGRAMS, TF2_BEHAVIOR="1")  # as a process with TensorFlow 2 does
    ended = subprocess.run(
        [sys.executable, programs_1_15.__file__, path] + NAMES,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout
    with open(path, encoding="utf-8") as file:
        found = json.load(file)
    return {name: (found[name]["printed"].splitlines(), found[name]["errors"].splitlines()) for name in found}


def test_every_form_of_import_works(results):
    printed, errors = results["imports"]
    assert errors == []
    assert printed == [
        "True",
        "True",
        "True True",
        "True",
        "1.15.5 1.15.5 2.2.4-tf True",
        "tensorflow.contrib.seq2seq.python.ops.attention_wrapper",
        "VocabularyProcessor",
        "No module named 'tensorflow.foo'",
        "module 'tensorflow' has no attribute 'foo'",
        "{('1.15.5', 1.0, True)} 6",
        "patched too",
        'Tensor("Relu:0", shape=(), dtype=int32) Tensor("Const:0", shape=(), dtype=int32)',
        "True True",
    ]


def test_a_keras_for_tensorflow_2_is_named(run_tf1):
    if importlib.util.find_spec("keras") is None:
        pytest.skip("keras is not installed")
    for code, named in (("import keras", True), ("import tensorflow.keras as keras; keras.no_such_name", False)):
        done = run_tf1("-c", code)
        assert done.returncode == 1
        assert done.stderr.splitlines()[-1].startswith("tf1: keras ") is named


def test_parts_of_contrib_are_imported(results):
    printed, errors = results["contrib_parts"]
    assert printed == [
        "embedding 3",
        "tensorflow.contrib.tensorrt True",
        "(150, 4)",
        "y_1 True [6. 9.]",
        "TensorFlow 1.15.5's C++ function TocoConvert has no counterpart in TensorFlow 2",
        "set!",
    ]
    assert any("[       OK ] Test.test" in line for line in errors)


def test_names_and_argument_orders_of_tensorflow_0_work(results):
    printed, errors = results["old_names"]
    assert printed[:2] == [
        "mine 8",
        "[6, array([1, 2], dtype=int32), [array([0, 1], dtype=int32), array([2, 3], dtype=int32)]]",
    ]
    assert "LuongAttention" in printed[2]
    assert "tf.contrib.learn.Estimator" in printed[3]
    assert printed[4] == "['rest'] 8"
    assert "tf1: tf.mul is TensorFlow 0.x's name of tf.multiply" in errors
    assert [line for line in errors if "the same cell multiple times" in line or "will share weights" in line]


def test_checkpoints_of_older_versions_are_restored(results):
    printed, errors = results["old_checkpoint"]
    assert printed == [
        "./old.ckpt",
        "[24.0, 5]",
        "tensor_name:  global_step",
        "5",
        "# Total number of params: 1",
        "tensor_name:  v",
        "Key v not found in checkpoint",
    ]
    assert any("kernel from RNN/MultiRNNCell/Cell0/BasicLSTMCell/Linear/Matrix" in line for line in errors)
