"""Names that Python, numpy and other libraries have removed or changed since 2019 work in a program."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from conftest import RNN, TF1_PROGRAMS

EXPECTED = {
    "collections": ["Mapping", True, "Callable"],
    "inspect": [["a", "b"], "c", "d", [1]],
    "other modules": [2, True, True, "a", True],
    "unittest": [True],
    "imp": [3.0, 3.0, True, "new"],
    "numpy names": [True, True, 2.0, True, True, True]  # bool int float object str long
    + ["nan", True, True, True, 6]
    + [1.0, True, [False, True], 2]
    + [[[1], [2]], 1.0, [0, 1, 0]]
    + [[1, 1], [1], True]
    + [True, True],  # dir
    "numpy arrays": [[1, 5], 4, 16, "1.5", "[1.5]"]
    + [True, [1.0, 5.0], False]  # copy=False means "if needed"
    + ["object", [97, 98], "U1"]
    + [[[1], [2]], [1.0, 1.0]]
    + [True, True, "float64"]
    + ["float64", "uint8"],  # types of scalars and values, as before numpy 2
    "pickles": [True] * 6,
    "mock.patch": ["patched", 5, 2, [0.0], True, [1], False],
    "set": ["mine", "mine", True, True],
    "reload": [True, True, 1.0, "object"],
    "builtins": ["text"],
    "libraries": [True, True, True],  # numpy's own np.bool and np.array, and np.float, which no longer means something
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The results of programs/retired.py, with a library for today's numpy that pip has installed."""
    directory = tmp_path_factory.mktemp("retired")
    library = directory / "installed"
    (library / "today_library-1.0.dist-info").mkdir(parents=True)
    shutil.copy(os.path.join(TF1_PROGRAMS, "today_library.py"), str(library))
    command = [sys.executable, os.path.join(RNN, "tf1"), os.path.join(TF1_PROGRAMS, "retired.py"), str(library)]
    done = subprocess.run(command, cwd=str(directory), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("subject", EXPECTED)
def test_removed_names_are_restored(subject, found):
    assert found[subject] == EXPECTED[subject]


OF_AN_OLD_LIBRARY = {
    "numpy": [True, 2.0, "float64", "1.15.5", True],
    "messages": ["a", 2, "n", "letter_pb2", "post.Letter"],
    "autograph": ["a_1", "b = 1"],  # modules of 1.15.5 that TensorFlow 2's autograph does not have
    "gast": [True, False],
}


@pytest.fixture(scope="module")
def of_an_old_library(tmp_path_factory):
    """What programs/uses_old_library.py found: the library is not the program's, but imports TensorFlow."""
    program, installed = (os.path.join(TF1_PROGRAMS, name) for name in ("uses_old_library.py", "installed"))
    command = [sys.executable, os.path.join(RNN, "tf1"), program, installed]
    done = subprocess.run(command, cwd=str(tmp_path_factory.mktemp("old")), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("subject", OF_AN_OLD_LIBRARY)
def test_an_old_library_finds_what_it_knew(subject, of_an_old_library):
    assert of_an_old_library[subject] == OF_AN_OLD_LIBRARY[subject]


def test_removed_names_of_pillow_and_protobuf_are_restored(run_tf1):
    done = run_tf1("pictures_and_messages.py")
    assert done.stderr == ""
    assert done.stdout in ("number_value: 1.5\n%s\n" % line for line in ("(2, 2) True", "no Pillow"))


def test_figures_are_saved_without_a_screen(run_tf1, tmp_path):
    pytest.importorskip("matplotlib")
    done = run_tf1("figures.py")
    assert done.returncode == 0
    for number in (1, 2):
        path = tmp_path / ("figures_figure_%d.png" % number)
        assert path.stat().st_size > 1000
        assert "tf1: no screen; the figure is saved as %s" % path in done.stderr
