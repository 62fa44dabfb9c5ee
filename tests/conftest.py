"""What several tests need: a part as a user starts it, and a part as a module of its own."""

import importlib.util
import os
import subprocess
import sys

import pytest

import tf1  # noqa: F401  before any test can load TensorFlow in another way

RNN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "RNN")


@pytest.fixture
def start(tmp_path):
    """start("predict_sin.py", "--epoch", 1): runs a part in a process of its own, with its output in tmp_path/out."""

    def run(script, *arguments, **settings):
        environment = dict(os.environ, **settings.pop("environment", {}))
        environment.pop("DISPLAY", None)
        command = [sys.executable, os.path.join(RNN, script)] + [str(argument) for argument in arguments]
        if "--out" not in arguments:
            command += ["--out", str(tmp_path / "out")]
        run_or_popen = settings.pop("call", subprocess.run)
        return run_or_popen(
            command,
            env=environment,
            cwd=settings.pop("cwd", str(tmp_path)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **settings,
        )

    return run


@pytest.fixture
def fresh():
    """fresh("predict_sin"): a new copy of a part's module, whose constants a test may change."""

    def load(name):
        specification = importlib.util.spec_from_file_location(name, os.path.join(RNN, name + ".py"))
        module = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(module)
        return module

    return load


@pytest.fixture
def refused(fresh, capsys, tmp_path, monkeypatch):
    """refused("predict_sin", "--epoch", "0"): the line a part ends with, status 2; nothing else is said or written."""
    from common import errors

    def check(name, *arguments, status=2):
        arguments = [str(argument) for argument in arguments]
        if "--out" not in arguments:
            arguments += ["--out", str(tmp_path / "out")]
        monkeypatch.setattr(sys, "argv", [os.path.join(RNN, name + ".py")] + arguments)
        part = fresh(name)
        with pytest.raises(SystemExit) as ended:
            errors.run(part.main)
        said = capsys.readouterr()
        assert ended.value.code == status
        assert said.out == ""
        assert said.err.startswith("%s.py: error: " % name) and said.err.endswith("\n") and said.err.count("\n") == 1
        assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").is_dir() else True
        return said.err

    return check
