"""tf1 program.py executes a program as python executes it. Nothing here imports TensorFlow."""

import os
import signal
import subprocess
import sys

import pytest
from conftest import RNN, TF1, TF1_PROGRAMS

COMMAND = list(TF1)


@pytest.fixture
def run_both(run_tf1):
    """Runs the same by the runner and by python; the results must be the same. Returns the runner's."""

    def run(*arguments, **options):
        ours, pythons = run_tf1(*arguments, **options), run_tf1(*arguments, command=[sys.executable], **options)
        assert (ours.stdout, ours.stderr, ours.returncode) == (pythons.stdout, pythons.stderr, pythons.returncode)
        return ours

    return run


def test_the_program_is_the_main_module(run_both):
    done = run_both("main.py", "--x", "-1", input="given")
    assert done.stdout.startswith("__main__ %s" % os.path.join(TF1_PROGRAMS, "main.py"))
    assert done.stdout.endswith("True\nchild\n")
    assert done.returncode == 3


def test_options_of_python_are_passed_on(run_both):
    done = run_both("-u", "-O", "-W", "error", "-X", "utf8", "-Wonce", "main.py", "-h", input="")
    assert "optimize=1" in done.stdout
    assert "['error', 'once']" in done.stdout
    assert "'-h'" in done.stdout
    assert run_both("-i", "fails_in_hook.py", input="print(6 * 7)\n").stdout == "hook division by zero 9\n42\n"


def test_modules_code_and_standard_input_are_executed(run_both):
    assert run_both("-m", "package.main", "-x", cwd=TF1_PROGRAMS).stdout == "5 __main__ package ['-x']\n"
    assert run_both("-c", "import sys; print(sys.argv)", "a").stdout == "['-c', 'a']\n"
    assert run_both("-", input="print(1 + 1)").stdout == "2\n"
    assert "No module named tf_no_such" in run_both("-m", "tf_no_such").stderr


@pytest.mark.parametrize("name", ["fails.py", "fails_in_str.py", "fails_in_hook.py"])
def test_a_traceback_equals_that_of_python(run_both, name):
    assert run_both(name).returncode == 1


@pytest.mark.parametrize(
    "source, printed",
    [
        (b"", ""),
        (
            b"\xef\xbb\xbf# -*- coding: utf-8 -*-\nfrom __future__ import division\nprint('\xe4\xb8\xad', 1 / 2)",
            "中 0.5\n",
        ),
        ("# coding: gbk\nprint(len('中文'))".encode("gbk"), "2\n"),
        (b"\x7fELF\0\0\0\1", ""),
    ],
    ids=["empty", "BOM", "encoding line", "no Python"],
)
def test_files_in_any_encoding_are_executed(run_both, tmp_path, source, printed):
    program = tmp_path / "目录 1" / "程序.py"
    program.parent.mkdir()
    program.write_bytes(source)
    done = run_both(str(program), environment={"LANG": "C", "LC_ALL": "C"})
    assert done.stdout == printed
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments, error, status",
    [
        (["missing.py"], "tf1: can't open file '", 2),
        (["."], "tf1: can't find '__main__' module in '.'\n", 1),
        (["--no-such-option"], "tf1: wrong command line: --no-such-option", 2),
        (["--fetch", "missing.whl"], "tf1: error: missing.whl: No such file", 1),
    ],
)
def test_invalid_commands_are_refused_in_one_line(run_tf1, arguments, error, status, tmp_path):
    done = run_tf1(*arguments, environment={"TF1_CACHE": str(tmp_path / "cache")})
    assert done.returncode == status
    assert done.stderr.startswith(error)
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.prefix == sys.base_prefix, reason="this Python has no environment of its own")
def test_python_in_a_program_is_that_of_its_environment(run_tf1):
    child = "import sys; print(sys.prefix)"
    code = "import os; os.system('python -c \"%s\"')" % child
    assert run_tf1("-c", code, environment={"PATH": os.defpath}).stdout == sys.prefix + "\n"


def test_a_python_2_program_is_reported_with_its_line(run_tf1, tmp_path):
    (tmp_path / "old.py").write_text("import os\nprint 'hello'\n")
    done = run_tf1("old.py")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("tf1: line 2 is Python 2; ")
    assert run_tf1("-c", "xrange(3)").stderr.splitlines()[-1].startswith("tf1: line 1 is Python 2; ")
    assert "Python 2" not in run_tf1("-c", "no_such_name").stderr


def test_closed_or_full_standard_output_is_handled(run_tf1):
    for option in ("--help", "--version"):
        with subprocess.Popen(COMMAND + [option], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
            command.stdout.close()
            assert command.stderr.read() == b""
    if os.path.exists("/dev/full"):
        with open("/dev/full", "w") as full:
            done = subprocess.run(COMMAND + ["--help"], stdout=full, stderr=subprocess.PIPE, text=True)
        assert done.returncode == 1
        assert done.stderr == "tf1: error: standard output: No space left on device\n"


def test_ctrl_c_ends_a_program_as_in_python():
    process = subprocess.Popen(
        COMMAND + [os.path.join(TF1_PROGRAMS, "waits.py")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGINT
    assert errors.splitlines()[-1] == "KeyboardInterrupt"
    assert errors.count("  File") == 1


@pytest.mark.parametrize("seconds", [0.01, 0.03, 0.06, 0.1])
def test_ctrl_c_at_the_start_shows_no_frames_of_tf1(seconds):
    command = COMMAND + [os.path.join(TF1_PROGRAMS, "waits.py")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode != 0
    assert os.path.join(RNN, "tf1") not in errors
