"""python -m RNN and the Makefile, as a newcomer meets them."""

import importlib.util
import os
import re
import signal
import subprocess
import sys
import time

from common import errors, figures, records
from common.parts import PARTS

import pytest
from conftest import RNN

ROOT = os.path.dirname(RNN)
SCRIPTS = [part.script for part in PARTS]
DIGITS = "LSTM_for_Mnist.py"


@pytest.fixture
def main(monkeypatch, tmp_path):
    """python -m RNN as a module; its parts leave the golden records and do not run.

    ``main.commands`` are the command lines, without Python and --out; ``main.status`` gives the status of a script.
    """
    specification = importlib.util.spec_from_file_location("run_all", os.path.join(RNN, "__main__.py"))
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    module.commands, module.status = [], {}

    def run_process(command):
        script, out = os.path.basename(command[1]), command[3]
        (part,) = [part for part in PARTS if part.script == script]
        module.commands.append([script] + command[4:])
        status = module.status.get(script, 0)
        status = status(command) if callable(status) else status
        if status == 0:
            record = records.read(os.path.join(ROOT, "tests", "golden", part.record))
            if "synthetic" in command:
                record["options"]["data"] = "synthetic"
                record["changed"] = ["--data synthetic"]
            records.write(os.path.join(out, part.record), record)
        return status

    monkeypatch.setattr(module, "run_process", run_process)
    monkeypatch.setattr(figures, "saved", lambda figure, kind="png": b"not encoded")  # which takes the most time
    monkeypatch.delenv("MNIST_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    return module


def table_of(printed):
    """{script: [seconds, last loss, figure]} of the table at the end; an empty cell is left out."""
    rows = printed[printed.index("part ") :].partition("\ncompared with the original:")[0].splitlines()[1:]
    return {row.split()[0]: re.split(r"  +", row)[1:] for row in rows if row.split()[0] in SCRIPTS}


def results_of(printed):
    """{script: its line of the comparison}."""
    lines = printed.partition("\ncompared with the original:\n")[2].splitlines()
    return {line.split()[0]: line.partition(" ")[2].strip() for line in lines if line.split()[0] in SCRIPTS}


def test_all_parts_run_and_are_compared(main, tmp_path, capsys):
    assert main.main(["--out", str(tmp_path / "out")]) == 0
    assert main.commands == [[script] for script in SCRIPTS]
    printed = capsys.readouterr().out
    found = table_of(printed)
    assert list(found) == SCRIPTS
    assert [found[part.script][-1] for part in PARTS] == [os.path.join("out", part.figure) for part in PARTS]
    assert found["predict_sin.py"][1] == "0.0005" and len(found["LSTM.py"]) == 2
    assert all(line.startswith("pass: ") for line in results_of(printed).values()) and len(results_of(printed)) == 6
    assert (tmp_path / "out" / "comparison.html").exists()


def test_options_reach_the_parts(main, tmp_path, capsys):
    assert main.main(["--quick", "--out", str(tmp_path / "out"), "--data", "mnist", "--data-dir", "here"]) == 0
    expected = [[part.script, *part.quick] for part in PARTS]
    expected[SCRIPTS.index(DIGITS)] += ["--data", "mnist", "--data-dir", "here"]
    assert main.commands == expected
    said = capsys.readouterr().err.splitlines()
    assert said == ["[%d/6] %s" % (i + 1, " ".join(command)) for i, command in enumerate(expected)]


@pytest.mark.parametrize("options, directory", [([], "output"), (["--quick"], "output/quick")])
def test_the_default_directory_is_not_tracked(main, options, directory, tmp_path, monkeypatch):
    monkeypatch.setattr(main.options, "OUTPUT", str(tmp_path / "output"))
    assert main.main(options) == 0
    assert (tmp_path / directory / "comparison.html").exists()


def test_a_part_that_fails_is_named_and_the_others_run(main, tmp_path, capsys):
    main.status[DIGITS] = 2
    assert main.main(["--out", str(tmp_path / "out"), "--data-dir", "none"]) == 1
    printed = capsys.readouterr().out
    found = table_of(printed)
    assert list(found) == SCRIPTS and found[DIGITS][-1] == "failed (status 2), see above"
    assert all(found[script][-1].endswith((".png", ".jpg")) for script in SCRIPTS if script != DIGITS)
    assert results_of(printed)[DIGITS] == "not compared: not run; records of earlier runs are ignored"


def test_without_mnist_part_6_runs_on_generated_digits(main, tmp_path, capsys):
    main.status[DIGITS] = lambda command: 0 if "synthetic" in command else 2
    assert main.main(["--out", str(tmp_path / "out")]) == 0
    instead = [DIGITS, "--data", "synthetic", "--training-steps", "501"]
    assert [command for command in main.commands if command[0] == DIGITS] == [[DIGITS], instead]
    said = capsys.readouterr()
    assert "python -m RNN: MNIST is not available, see above; instead: %s\n" % " ".join(instead) in said.err
    assert table_of(said.out)[DIGITS][-1].endswith("mnist_lstm.png (generated digits, not MNIST)")
    result = results_of(said.out)[DIGITS]
    assert result == ("not compared: this run used generated digits, not MNIST (non-default options: --data synthetic)")


@pytest.mark.parametrize("named", ["option", "environment", "damaged file"])
def test_mnist_that_was_named_is_never_replaced(main, tmp_path, monkeypatch, named):
    from tf1.examples.tutorials.mnist import input_data

    main.status[DIGITS] = 2
    if named == "environment":
        monkeypatch.setenv("MNIST_DATA", str(tmp_path / "none"))
    if named == "damaged file":
        (tmp_path / "MNIST_data").mkdir()
        for name in input_data.FILES:
            (tmp_path / "MNIST_data" / name).write_text("damaged")
    options = ["--data-dir", "none"] if named == "option" else []
    assert main.main(["--out", str(tmp_path / "out")] + options) == 1
    assert sum(command[0] == DIGITS for command in main.commands) == 1


def test_ctrl_c_ends_with_the_table_so_far(main, tmp_path, capsys):
    def interrupted(command):
        raise errors.Interrupted("")

    main.status["LSTM.py"] = interrupted
    with pytest.raises(errors.Interrupted):
        main.main(["--out", str(tmp_path / "out")])
    found = table_of(capsys.readouterr().out)
    assert list(found) == SCRIPTS[:2] and found["LSTM.py"] == ["interrupted"]
    assert len(main.commands) == 2


@pytest.mark.parametrize("name", ["file", "result_picture", "my_picture"])
def test_an_unusable_directory_is_refused_before_anything_runs(main, tmp_path, name):
    (tmp_path / "file").write_text("mine")
    out = str(tmp_path / "file") if name == "file" else os.path.join(ROOT, name)
    message = "--out: cannot write to the " if name == "file" else "--out: .* holds the published figures"
    with pytest.raises(errors.UsageError, match=message):
        main.main(["--out", out])
    assert main.commands == []


# signals: a small program in place of a part

CHILD = """
import os, signal, sys, time
def end(number, frame):
    print("child got", number, flush=True)
    sys.exit(130 if number == signal.SIGINT else 7)
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, end)
print("child runs", flush=True)
time.sleep(30)
"""
PARENT = """
import runpy, sys
module = runpy.run_path(sys.argv[1], run_name="run_all")
module["errors"].run(lambda: module["run_process"]([sys.executable] + sys.argv[2:]))
"""


def start_as_part(*arguments, **environment):
    """Starts a Python command line as python -m RNN starts a part."""
    return subprocess.Popen(
        [sys.executable, "-c", PARENT, os.path.join(RNN, "__main__.py")] + list(arguments),
        env=dict(os.environ, **environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number, status", [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_ends_the_running_part_too(number, status):
    process = start_as_part("-c", CHILD)
    assert process.stdout.readline() == "child runs\n"
    if number == signal.SIGINT:
        os.killpg(process.pid, number)  # as a terminal does
    else:
        process.send_signal(number)
    printed, said = process.communicate(timeout=20)
    assert process.returncode == status
    assert printed == "child got %d\n" % number
    assert "Traceback" not in said


# whole runs


def run_all(*arguments, call=subprocess.run):
    return call(
        [sys.executable, "-m", "RNN"] + [str(argument) for argument in arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.slow
def test_quick_runs_all_six(tmp_path):
    done = run_all("--quick", "--out", tmp_path, "--data", "synthetic")
    assert done.returncode == 0, done.stderr
    found = table_of(done.stdout)
    assert list(found) == SCRIPTS
    for script in SCRIPTS:
        figure = os.path.join(ROOT, found[script][-1])
        assert os.path.dirname(os.path.realpath(figure)) == os.path.realpath(str(tmp_path)), found[script]
        assert os.path.getsize(figure) > 10000
    assert found["predict_sin.py"][1] == "0.0167"  # of the author's own run after 30 epochs
    assert "epoch:30 ,average test loss=0.0163" in done.stdout
    results = results_of(done.stdout)
    assert list(results) == SCRIPTS
    assert re.match(r"pass: RMSE of 3 of 15 curves .*\(non-default options: --epoch 30\)$", results["predict_sin.py"])
    assert results[DIGITS].startswith("not compared: ")
    assert (tmp_path / "comparison.html").exists()


@pytest.mark.slow
def test_ctrl_c_ends_the_whole_run(tmp_path):
    process = run_all("--quick", "--out", tmp_path, "--data", "synthetic", call=subprocess.Popen)
    while not (tmp_path / "LSTM3.png").exists():
        time.sleep(0.05)
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    printed, said = process.communicate()
    assert process.returncode == 130 and "Traceback" not in said
    assert len(table_of(printed)) in (2, 3) and "interrupted" in said.splitlines()[-1]


@pytest.mark.slow
def test_sigterm_leaves_no_temporary_directory(tmp_path):
    """While the Estimator trains, whose checkpoints are in one."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    script = os.path.join(RNN, "tflearn_sin.py")
    process = start_as_part(script, "--out", str(tmp_path / "out"), TMPDIR=str(temporary))
    while not list(temporary.glob("*/model.ckpt*")):
        time.sleep(0.05)
        assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert process.returncode == 143
    assert list(temporary.iterdir()) == []


# the Makefile


def make(target, **variables):
    settings = ["%s=%s" % item for item in variables.items()]
    return subprocess.run(["make", "--no-print-directory", target] + settings, cwd=ROOT, capture_output=True, text=True)


def pretend(tmp_path, version, modules="ensurepip venv"):
    """A Python that claims a different version, and has only the modules named."""
    path = tmp_path / "python"
    path.write_text(
        """#!%s
import sys
code = sys.argv[sys.argv.index("-c") + 1] if "-c" in sys.argv else ""
sys.version_info = tuple(int(n) for n in %r.split(".")) + ("final", 0)
if "--version" in sys.argv:
    print("Python %s")
elif code.startswith("import ensurepip"):
    sys.exit(0 if "venv" in %r else 1)
else:
    exec(code)
"""
        % (sys.executable, version, version, modules)
    )
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("version", ["3.14.0", "3.8.18", "3.6.15"])
def test_a_python_without_tensorflow_gets_a_sentence(tmp_path, version):
    done = make("run", PYTHON=pretend(tmp_path, version), VENV=str(tmp_path / "venv"))
    assert done.returncode != 0 and done.stdout == ""
    assert done.stderr.splitlines()[0] == (
        "make: TensorFlow has no package for Python %s; use Python 3.9 to 3.13: PYTHON=python3.12 make run" % version
    )
    assert not (tmp_path / "venv").exists()


def test_a_python_without_venv_gets_a_sentence(tmp_path):
    done = make("test", PYTHON=pretend(tmp_path, "3.11.2", modules=""), VENV=str(tmp_path / "venv"))
    assert done.returncode != 0
    assert done.stderr.startswith("make: Python 3.11.2 has no venv; install it (Debian: apt install python3-venv)")


def test_a_python_that_is_not_there_gets_a_sentence(tmp_path):
    done = make("run", PYTHON="python3.99", VENV=str(tmp_path / "venv"))
    assert done.returncode != 0
    assert done.stderr.startswith("make: cannot run python3.99; install Python 3.9 to 3.13, or choose one")
