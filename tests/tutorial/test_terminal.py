"""Standard error and signals: control characters, closed streams, Ctrl-C during imports."""

import glob
import os
import signal
import subprocess
import sys

from common import console, errors
from common.errors import UsageError

import pytest
from conftest import RNN, TUTORIAL_PROGRAMS, program, wait_until
from small_checkpoint import restored, saved

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals, locks and devices as Linux has them")


# --- the terminal


def test_no_control_characters_reach_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["/somewhere/a.py"])
    text = "--x\x1b[2J\x9b\x07\u202e\ud800 \u6f22 is\r\n wrong"
    errors.report(text, 2)
    console.remark(text)
    assert capsys.readouterr().err == "a.py: --x\\x1b[2J\\x9b\\x07\\u202e\\ud800 \u6f22 is wrong\n" * 2
    errors.report("start" + "x" * 10**6 + "end", 2)
    line = capsys.readouterr().err
    assert len(line) < 2100
    assert line.startswith("a.py: startx")
    assert line.endswith("xend\n")
    assert " ... " in line


def test_control_characters_of_a_checkpoint_are_escaped(tmp_path, capsys):
    saved(tmp_path, 1, lambda state: state["options"].update({"\x1b[2J": "\x1b[1m" * 10**5}))
    with pytest.raises(UsageError) as error:
        restored(tmp_path)
    errors.report(error.value, 2)
    line = capsys.readouterr().err
    assert "\x1b" not in line
    assert "\\x1b[2J" in line
    assert len(line) < 2100


@pytest.mark.parametrize("shell", ["2>/dev/full", "2>&-", "2>/dev/null"])
def test_unwritable_standard_error_does_not_end_a_run(shell):
    command = ["sh", "-c", '"$0" "$1" ' + shell, sys.executable, os.path.join(TUTORIAL_PROGRAMS, "remarks.py")]
    environment = dict(os.environ, PYTHONPATH=RNN)
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert (done.returncode, done.stdout) == (0, "done\n")


def test_a_broken_pipe_on_standard_error_does_not_end_a_run():
    read, write = os.pipe()
    os.close(read)
    done = program("remarks.py", stderr=write)
    os.close(write)
    assert (done.returncode, done.stdout) == (0, "done\n")


@pytest.mark.parametrize("module", ["__main__", "cluster", "compare/__main__"])
def test_ctrl_c_is_handled_before_slow_imports(module):
    """The first module that a command imports, after what Python has loaded, is ``common``."""
    done = program("first_imports.py", os.path.join(RNN, module + ".py"))
    assert done.stdout == "['common', 'common.ctrl_c']\n", done.stderr


def test_ctrl_c_during_imports_is_one_line(tmp_path):
    """Also between two imports of a program, where an exception would show its frames."""
    done = program("interrupts_itself.py", tmp_path / "part.py")
    assert (done.returncode, done.stderr) == (130, "part.py: interrupted\n")


@pytest.mark.skipif(sys.version_info < (3, 8), reason="Python 3.7 has no sys.unraisablehook")
@pytest.mark.parametrize(
    "number, status, lines", [(signal.SIGTERM, 143, 0), (signal.SIGHUP, 129, 0), (signal.SIGINT, 130, 1)]
)
def test_a_signal_while_an_object_is_made_shows_no_unfinished_object(number, status, lines):
    done = program("unfinished_object.py", int(number))
    assert (done.returncode, done.stderr.count("\n")) == (status, lines), done.stderr


@pytest.mark.parametrize("number, status", [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (0, 1)])
def test_a_signal_while_tensorflow_loads_does_not_show_what_is_held_back(number, status):
    done = program("signal_while_loading.py", int(number))
    assert done.returncode == status
    assert bool(done.stderr) is (number == 0)
    assert ("noise of a library" in done.stderr) is (number == 0)


@pytest.mark.slow
def test_sigterm_leaves_no_scratch_directory(start, tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = start(
        "tflearn_sin", "--training-steps", 10**6, call=subprocess.Popen, environment={"TMPDIR": str(scratch)}
    )
    wait_until(lambda: glob.glob(str(scratch / "*" / "*")), process)  # a library makes a file there and removes it
    process.send_signal(signal.SIGTERM)
    assert process.communicate()[1] == ""
    assert process.returncode == 143
    assert os.listdir(str(scratch)) == []
