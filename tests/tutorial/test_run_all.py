"""python -m RNN: the parts run side by side, signals, and complete runs."""

import importlib.util
import os
import re
import signal
import subprocess
import sys
import threading

from common import errors, figures, records, side_by_side
from common.parts import PARTS

import pytest
from conftest import RNN, TUTORIAL_PROGRAMS, program, wait_until

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

    def run(processes, command, screen, job):
        script, out = os.path.basename(command[1]), command[3]
        (part,) = [part for part in PARTS if part.script == script]
        module.commands.append([script] + command[4:])
        if processes.ending:
            return None
        status = module.status.get(script, 0)
        status = status(command) if callable(status) else status
        if status == 0:
            record = records.read(os.path.join(ROOT, "tests", "golden", part.record))
            if "synthetic" in command:
                record["options"]["data"] = "synthetic"
                record["changed"] = ["--data synthetic"]
            records.write(os.path.join(out, part.record), record)
        return status

    monkeypatch.setattr(side_by_side.Processes, "run", run)
    monkeypatch.setattr(side_by_side, "cores", lambda: 1)  # one after the other
    monkeypatch.setattr(figures, "saved", lambda figure, kind="png": b"not encoded")  # which takes the most time
    monkeypatch.delenv("MNIST_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    return module


def table_of(printed):
    """{script: [seconds, last training loss, figure]} of the table at the end; an empty cell is left out."""
    rows = printed[printed.index("part  ") :].partition("\ncompared with the original:")[0].splitlines()[1:]
    return {row.split(": ")[1].split()[0]: re.split(r"  +", row)[1:] for row in rows if row.startswith("Part")}


def results_of(printed):
    """{script: its line of the comparison}."""
    lines = printed.partition("\ncompared with the original:\n")[2].splitlines()
    found = [re.match(r"Parts? [\d and]+: (\S+) +(.*)$", line) for line in lines]
    return dict(match.groups() for match in found if match)


def test_all_parts_run_and_are_compared(main, tmp_path, capsys):
    assert main.main(["--out", str(tmp_path / "out")]) == 0
    assert main.commands == [[script] for script in SCRIPTS]
    printed = capsys.readouterr().out
    found = table_of(printed)
    assert list(found) == SCRIPTS
    assert [found[part.script][-1] for part in PARTS] == [os.path.join("out", part.figure) for part in PARTS]
    assert found["predict_sin.py"][1] == "0.0005 (mean of an epoch)"
    assert len(found["LSTM.py"]) == 2
    assert found[DIGITS][1] == "0.0603 (one batch)"
    assert all(line.startswith("pass: ") for line in results_of(printed).values())
    assert len(results_of(printed)) == 6
    assert (tmp_path / "out" / "comparison.html").exists()


def test_options_reach_the_parts(main, tmp_path, capsys):
    assert main.main(["--quick", "--out", str(tmp_path / "out"), "--data", "mnist", "--data-dir", "here"]) == 0
    expected = [[part.script, *part.quick] for part in PARTS]
    expected[SCRIPTS.index(DIGITS)] += ["--data", "mnist", "--data-dir", "here"]
    assert main.commands == expected
    said = capsys.readouterr().err.splitlines()
    assert said == ["%s: %s" % (part.number, " ".join(command)) for part, command in zip(PARTS, expected)]
    assert [line.partition(":")[0] for line in said][2:4] == ["Part 3", "Parts 4 and 5"]


def test_the_longest_part_starts_first(main, tmp_path, capsys):
    assert main.main(["--at-once", "6", "--out", str(tmp_path / "out")]) == 0
    assert sorted(command[0] for command in main.commands) == sorted(SCRIPTS)
    main.commands.clear()
    started = threading.Event()
    main.status[DIGITS] = lambda command: 0 if started.wait(60) else 1  # the others run meanwhile
    main.status["tflearn_sin.py"] = lambda command: started.set() or 0
    assert main.main(["--at-once", "2", "--out", str(tmp_path / "out")]) == 0
    assert sorted(command[0] for command in main.commands) == sorted(SCRIPTS)
    assert [line.split()[-1] for line in capsys.readouterr().err.splitlines()] == SCRIPTS * 2


@pytest.mark.parametrize("options, directory", [([], "output"), (["--quick"], "output/quick")])
def test_the_default_directory_is_not_tracked(main, options, directory, tmp_path, monkeypatch):
    monkeypatch.setattr(main.parts, "OUTPUT", str(tmp_path / "output"))
    assert main.main(options) == 0
    assert (tmp_path / directory / "comparison.html").exists()


def test_a_failed_part_does_not_stop_the_others(main, tmp_path, capsys):
    main.status[DIGITS] = 2
    assert main.main(["--out", str(tmp_path / "out"), "--data-dir", "none"]) == 1
    printed = capsys.readouterr().out
    found = table_of(printed)
    assert list(found) == SCRIPTS
    assert found[DIGITS][-1] == "failed (status 2), see above"
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
def test_a_named_mnist_directory_is_never_replaced(main, tmp_path, monkeypatch, named):
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
    main.status["LSTM.py"] = 130
    with pytest.raises(errors.Interrupted):
        main.main(["--out", str(tmp_path / "out")])
    found = table_of(capsys.readouterr().out)
    assert list(found) == SCRIPTS[:2]
    assert found["LSTM.py"] == ["interrupted"]
    assert [command[0] for command in main.commands[:2]] == SCRIPTS[:2]


@pytest.mark.parametrize("name", ["file", "result_picture", "my_picture"])
def test_an_unusable_directory_is_refused_before_anything_runs(main, tmp_path, name):
    (tmp_path / "file").write_text("mine")
    out = str(tmp_path / "file") if name == "file" else os.path.join(ROOT, name)
    message = "--out: cannot write to the " if name == "file" else "--out: .* holds the published figures"
    with pytest.raises(errors.UsageError, match=message):
        main.main(["--out", out])
    assert main.commands == []


# signals: a small program in place of a part


def start_as_part(*arguments, **environment):
    """Starts a Python command line as python -m RNN starts a part."""
    return program(
        "runs_as_part.py", os.path.join(RNN, "__main__.py"), *arguments,
        call=subprocess.Popen, environment=environment, start_new_session=True,
    )  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number, status", [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_ends_the_running_part_too(number, status):
    process = start_as_part(os.path.join(TUTORIAL_PROGRAMS, "prints_signals.py"))
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
    assert found["predict_sin.py"][1] == "0.0167 (mean of an epoch)"  # of the author's own run after 30 epochs
    assert "epoch:30 ,average test loss=0.0163" in done.stdout
    results = results_of(done.stdout)
    assert list(results) == SCRIPTS
    assert re.match(
        r"pass: RMSE of 3 of the 15 curves .*\(non-default options: --epoch 30\)$", results["predict_sin.py"]
    )
    assert all(results[script].startswith("not compared: ") for script in SCRIPTS[3:])
    assert (tmp_path / "comparison.html").exists()


@pytest.mark.slow
def test_ctrl_c_ends_the_whole_run(tmp_path):
    process = run_all("--quick", "--out", tmp_path, "--data", "synthetic", call=subprocess.Popen)
    wait_until((tmp_path / "LSTM3.png").exists, process)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    printed, said = process.communicate()
    assert process.returncode == 130
    assert "Traceback" not in said
    assert len(table_of(printed)) in (2, 3, 4)
    assert "interrupted" in said.splitlines()[-1]


@pytest.mark.slow
def test_sigterm_leaves_no_temporary_directory(tmp_path):
    """While the Estimator trains, whose checkpoints are in one."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    script = os.path.join(RNN, "tflearn_sin.py")
    process = start_as_part(script, "--out", str(tmp_path / "out"), TMPDIR=str(temporary))
    wait_until(lambda: list(temporary.glob("*/model.ckpt*")), process)
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert process.returncode == 143
    assert list(temporary.iterdir()) == []
