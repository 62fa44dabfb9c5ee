"""The Makefile, for a newcomer whose Python is not the right one."""

import os
import shlex
import shutil
import subprocess
import sys

import pytest
from conftest import RNN, TUTORIAL_PROGRAMS

ROOT = os.path.dirname(RNN)


# the Makefile


def make(target, **variables):
    settings = ["%s=%s" % item for item in variables.items()]
    return subprocess.run(["make", "--no-print-directory", target] + settings, cwd=ROOT, capture_output=True, text=True)


def pretend(tmp_path, version, modules="ensurepip venv"):
    """A Python that claims a different version, and has only the modules named."""
    path = tmp_path / "python"
    command = [sys.executable, os.path.join(TUTORIAL_PROGRAMS, "other_python.py"), version, modules]
    path.write_text('#!/bin/sh\nexec %s "$@"\n' % " ".join(map(shlex.quote, command)))
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("version", ["3.14.0", "3.8.18", "3.6.15"])
def test_a_python_without_tensorflow_is_reported(tmp_path, version):
    done = make("run", PYTHON=pretend(tmp_path, version), VENV=str(tmp_path / "venv"))
    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.splitlines()[0] == (
        "make: TensorFlow has no package for Python %s; use Python 3.9 to 3.13: PYTHON=python3.12 make run" % version
    )
    assert not (tmp_path / "venv").exists()


def test_a_python_without_venv_is_reported(tmp_path):
    done = make("test", PYTHON=pretend(tmp_path, "3.11.2", modules=""), VENV=str(tmp_path / "venv"))
    assert done.returncode != 0
    assert done.stderr.startswith("make: Python 3.11.2 has no venv; install it (Debian: apt install python3-venv)")


def test_a_missing_python_is_reported(tmp_path):
    done = make("run", PYTHON="python3.99", VENV=str(tmp_path / "venv"))
    assert done.returncode != 0
    assert done.stderr.startswith("make: cannot run python3.99; install Python 3.9 to 3.13, or choose one")


def test_a_shim_of_pyenv_is_reported_with_an_installed_version(tmp_path):
    shim = tmp_path / "python3.13"
    shutil.copy(os.path.join(TUTORIAL_PROGRAMS, "pyenv_shim.sh"), str(shim))
    shim.chmod(0o755)
    done = make("run", PYTHON=str(shim), VENV=str(tmp_path / "venv"), PYENV_ROOT="/pyenv")
    assert done.returncode != 0
    assert done.stderr.splitlines()[0] == (
        "make: pyenv has %s as version 3.13.2, but that is not selected; "
        "try PYTHON=/pyenv/versions/3.13.2/bin/python make run" % shim
    )


def test_later_targets_use_the_same_python(tmp_path):
    (tmp_path / "interpreter").write_text(sys.executable + "\n")
    command = ["make", "-pn", "VENV=%s" % tmp_path, "check-python"]
    environment = {name: text for name, text in os.environ.items() if name != "PYTHON"}
    for content, expected in ((sys.executable, sys.executable), ("/none/python", "python3")):
        (tmp_path / "interpreter").write_text(content + "\n")
        printed = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True).stdout
        assert "\"%s\" -c 'import ensurepip, venv'" % expected in printed


def test_a_directory_that_is_not_a_virtual_environment_is_not_cleared(tmp_path):
    (tmp_path / "venv").mkdir()
    (tmp_path / "venv" / "thesis.docx").write_text("precious")
    done = make("test", PYTHON=sys.executable, VENV=str(tmp_path / "venv"))
    assert done.returncode != 0
    assert done.stderr.startswith("make: %s exists and is not a virtual environment;" % (tmp_path / "venv"))
    assert (tmp_path / "venv" / "thesis.docx").read_text() == "precious"
