"""Processes that a program starts see TensorFlow 1.15.5 too, and no others do."""

import json
import os
import subprocess
import sys
import time

import pytest
from conftest import RNN
from test_package import environment_of_its_own

PTH = os.path.join(RNN, "tf1", "program", "tf1.pth")
PATH = {"PATH": os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]}


@pytest.fixture(scope="module")
def uninstalled(tmp_path_factory):
    """The Python of an environment with TensorFlow and numpy, without tf1."""
    return environment_of_its_own(tmp_path_factory.mktemp("uninstalled"))[0]


EXPECTED = {
    **dict.fromkeys(("itself", "python", "-I", "-E", "a shell"), "True"),
    **dict.fromkeys(("a Python of its own", "without our variable"), "False"),
    "os.system": 0,
    **dict.fromkeys(("fork", "spawn", "forkserver"), [2.0, 3, [1, 2]]),
    "executor": [2.0],
}


def test_children_of_every_kind_see_tensorflow_1(run_tf1, uninstalled):
    done = run_tf1("children.py", uninstalled, environment=PATH)
    assert done.stderr == ""
    assert json.loads(done.stdout) == EXPECTED


def test_children_see_tensorflow_1_where_tf1_is_not_installed(run_tf1, uninstalled):
    path = {"PATH": os.path.dirname(uninstalled) + os.pathsep + os.environ["PATH"]}
    command = [uninstalled, os.path.join(RNN, "tf1")]
    done = run_tf1("children.py", sys.executable, command=command, environment=path)
    assert done.stderr == ""
    # -I and -E are for programs that do not want a PYTHONPATH
    assert json.loads(done.stdout) == dict(EXPECTED, **{"-I": "False", "-E": "False"})


@pytest.mark.slow
def test_a_spawned_child_defines_the_programs_cells(run_tf1):
    done = run_tf1("child_cells.py")
    assert (done.stdout, done.stderr) == ("1.15.5 (1, 2, 4) True\n", "")


def test_python_without_a_program_is_unchanged(run_tf1):
    code = "import sys, time; print(hasattr(time, 'clock'), 'tf1' in sys.modules, sys.excepthook)"
    done = run_tf1("-c", code, command=[sys.executable], environment={"TF1_PROGRAM": None})
    assert done.stdout == "False False <built-in function excepthook>\n"
    assert done.stderr == ""


def test_python_without_a_program_starts_as_fast():
    """The .pth line takes less than 2 ms (0.1 ms, measured)."""
    with open(PTH, encoding="utf-8") as file:
        line = file.read()
    code = compile(line, PTH, "exec")
    names = {}
    start = time.perf_counter()
    exec(code, names)
    assert time.perf_counter() - start < 0.002
    assert "TF1_PROGRAM" not in os.environ
    assert line.startswith("import ")
    assert line.count("\n") == 1


@pytest.mark.slow
def test_an_environment_with_system_packages_is_supported(tmp_path):
    """--system-site-packages: the command of the environment below runs programs with this one's Python."""
    subprocess.check_call(
        [sys.executable, "-m", "venv", "--without-pip", "--system-site-packages", str(tmp_path / "venv")]
    )
    python = str(tmp_path / "venv" / "bin" / "python")
    done = subprocess.run(
        [python, os.path.join(RNN, "tf1"), "-c", "import time; print(time.clock() >= 0)"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert done.stdout == "True\n"
