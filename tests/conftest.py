"""Fixtures: a part as a user starts it, in this process or in one of its own, and a part's real ``train``."""

import glob
import os
import signal
import subprocess
import sys
import time
import types

from common import run as common_run

import pytest

TESTS = os.path.dirname(os.path.abspath(__file__))
RNN = os.path.join(os.path.dirname(TESTS), "RNN")
TF1 = (sys.executable, os.path.join(RNN, "tf1"))  # the command
TF1_PROGRAMS = os.path.join(TESTS, "tf1", "programs")
TUTORIAL_PROGRAMS = os.path.join(TESTS, "tutorial", "programs")

# TensorFlow 1.15 has no runner: of tests/tf1, it runs the tests of `import tf1` only
_OF_THE_LIBRARY = ("test_cells", "test_contrib", "test_estimator", "test_experiment", "test_learn", "test_mnist")
collect_ignore = []
if sys.version_info < (3, 9):
    _tests_of_tf1 = glob.glob(os.path.join(TESTS, "tf1", "test_*.py"))
    collect_ignore = [path for path in _tests_of_tf1 if not os.path.basename(path).startswith(_OF_THE_LIBRARY)]

# a test runner in the background (nohup, some CI) ignores these, which the programs that the tests start would inherit
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


# files whose tests share nothing that takes long to make; the tests of any other file run in one process
INDEPENDENT = ("test_cluster", "test_experiment", "test_reference")


def pytest_collection_modifyitems(items):
    """Names the group of each test for --dist loadgroup, which begins with the largest groups."""
    for item in items:
        if item.module.__name__ not in INDEPENDENT:
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))


def program(name, *arguments, **settings):
    """A program of tests/tutorial/programs in a process of its own, with the modules of RNN/ to import."""
    settings.setdefault("stderr", subprocess.PIPE)
    call = settings.pop("call", subprocess.run)
    environment = dict(os.environ, PYTHONPATH=RNN, **settings.pop("environment", {}))
    command = [sys.executable, os.path.join(TUTORIAL_PROGRAMS, name)] + [str(argument) for argument in arguments]
    return call(command, stdout=subprocess.PIPE, text=True, env=environment, **settings)


def wait_until(condition, process=None):
    """Waits until something is true of files or processes, a minute at most; ``process`` must not end before."""
    limit = time.monotonic() + 60
    while not condition():
        assert process is None or process.poll() is None, process.communicate()
        assert time.monotonic() < limit
        time.sleep(0.05)


def execute(name):
    """Executes a part's file as the program that Python was started with; returns its module."""
    module = types.ModuleType("__main__")
    module.__file__ = os.path.join(RNN, name + ".py")
    with open(module.__file__, encoding="utf-8") as file:
        exec(compile(file.read(), module.__file__, "exec"), vars(module))
    return module


@pytest.fixture
def start(tmp_path):
    """start("predict_sin", "--epoch", 1): runs a part in a process of its own, with its output in tmp_path/out."""

    def run(name, *arguments, **settings):
        environment = dict(os.environ, **settings.pop("environment", {}))
        environment.pop("DISPLAY", None)
        command = [sys.executable, os.path.join(RNN, name + ".py")] + [str(argument) for argument in arguments]
        if "--out" not in arguments:
            command += ["--out", str(tmp_path / "out")]
        run_or_popen = settings.pop("call", subprocess.run)
        return run_or_popen(
            command, env=environment, cwd=str(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            **settings
        )  # fmt: skip

    return run


@pytest.fixture
def run_tf1(tmp_path):
    """run_tf1("main.py", "--x"): executes a program of tests/tf1/programs by the runner, in tmp_path.

    ``command`` is another command in place of the runner's; ``environment`` changes variables, None removes one.
    """

    def run(*arguments, command=TF1, environment=(), **options):
        paths = [os.path.join(TF1_PROGRAMS, argument) for argument in arguments]
        paths = [path if os.path.isfile(path) else argument for path, argument in zip(paths, arguments)]
        changed = dict(os.environ, MPLBACKEND="", DISPLAY=None, **dict(environment))
        return subprocess.run(
            list(command) + paths,
            cwd=str(options.pop("cwd", tmp_path)),
            env={name: text for name, text in changed.items() if text is not None},
            capture_output=True,
            **{"encoding": "utf-8", **options},
        )

    return run


@pytest.fixture
def run_part(tmp_path, monkeypatch, capsys):
    """run_part("predict_sin", "--epoch", 1): the same as ``start`` in this process; returns status and output."""

    def run(name, *arguments):
        arguments = [str(argument) for argument in arguments]
        if "--out" not in arguments:
            arguments += ["--out", str(tmp_path / "out")]
        monkeypatch.setattr(sys, "argv", [os.path.join(RNN, name + ".py")] + arguments)
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            execute(name)
        printed = capsys.readouterr()
        return types.SimpleNamespace(returncode=ended.value.code or 0, stdout=printed.out, stderr=printed.err)

    return run


@pytest.fixture
def refused(run_part, tmp_path):
    """refused("predict_sin", "--epoch", "0"): the line that a part ends with, status 2; it writes nothing else."""

    def files():
        return sorted(str(path) for path in tmp_path.rglob("*") if path.parent.name in ("out", "first", "again"))

    def check(name, *arguments, status=2):
        before = files()
        done = run_part(name, *arguments)
        assert done.returncode == status, done.stderr
        assert done.stdout == ""
        assert done.stderr.startswith("%s.py: error: " % name)
        assert done.stderr.endswith("\n")
        assert done.stderr.count("\n") == 1
        assert files() == before
        return done.stderr

    return check


@pytest.fixture
def loaded(monkeypatch, tmp_path):
    """loaded("predict_sin", "--epoch", 2): (the module of a part, its Run), ready for ``module.train(run)``."""

    def load(name, *arguments):
        found = {}

        def main(module, train, draw, run=common_run.Run, **settings):
            found.update(train=train, draw=draw, run=run, settings=settings)

        with monkeypatch.context() as patch:
            patch.setattr(common_run, "main", main)
            module = execute(name)
        argv = [str(argument) for argument in arguments]
        if "--out" not in argv:
            argv += ["--out", str(tmp_path / "out")]
        run = found["run"](vars(module), argv=argv, **found["settings"])
        module.train, module.draw = found["train"], found["draw"]
        return module, run

    return load


@pytest.fixture
def trained(loaded):
    """trained("predict_sin", "--epoch", 2): the Run of a part after its real train, in this process.

    ``change`` is a function of the part's module that is called before the training.
    """

    def train(name, *arguments, change=None):
        module, run = loaded(name, *arguments)
        if change:
            change(module)
        with run.cleanup:
            module.train(run)
        return run

    return train
