"""python -m RNN and the Makefile, as a newcomer meets them."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest

from conftest import RNN
from regression import PARTS

ROOT = os.path.dirname(RNN)
SCRIPTS = list(PARTS)


def run_all(*arguments, **more):
    call = more.pop("call", subprocess.run)
    environment = dict(os.environ, **more)
    return call(
        [sys.executable, "-m", "RNN"] + [str(argument) for argument in arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def table_of(printed):
    """{script: [seconds, last loss, figure]} of the table at the end; a cell that is empty is left out."""
    rows = printed[printed.index("part ") :].partition("\nheld against the original:")[0].splitlines()[1:]
    return {row.split()[0]: re.split(r"  +", row)[1:] for row in rows if row.split()[0] in SCRIPTS}


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
    assert [line for line in done.stderr.splitlines() if line.startswith("[")] == [
        line for line in done.stderr.splitlines() if re.match(r"\[\d/6\] \w+\.py --", line)
    ]
    assert "epoch:30 ,average test loss=0.0163" in done.stdout
    verdicts = done.stdout.partition("\nheld against the original:\n")[2].splitlines()
    assert [line.split()[0] for line in verdicts[:-1]] == SCRIPTS
    assert re.search(r" inside: .* 3 curves .*\(not the default run: --epoch 30\)$", verdicts[2])
    assert verdicts[-1].startswith("the page: ") and (tmp_path / "comparison.html").exists()


def test_what_cannot_run_is_named_and_the_others_run(tmp_path):
    done = run_all("--quick", "--out", tmp_path / "out", "--data-dir", tmp_path / "none")
    assert done.returncode == 1
    found = table_of(done.stdout)
    assert list(found) == SCRIPTS
    assert found["LSTM_for_Mnist.py"][-1].startswith(
        "error: --data-dir: the folder %s does not exist" % (tmp_path / "none")
    )
    assert all(found[script][-1].endswith((".png", ".jpg")) for script in SCRIPTS if script != "LSTM_for_Mnist.py")
    assert re.search("LSTM_for_Mnist.py +not compared: it did not run", done.stdout)
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_written_to_is_told_before_anything_runs(tmp_path):
    (tmp_path / "file").write_text("mine")
    done = run_all("--out", tmp_path / "file")
    assert done.returncode == 2 and done.stdout == "" and done.stderr.count("\n") == 1
    assert done.stderr.startswith("python -m RNN: error: --out: cannot write to the folder %s" % (tmp_path / "file"))


@pytest.mark.parametrize("folder", ["result_picture", "my_picture"])
def test_quick_never_overwrites_the_full_figures(folder):
    done = run_all("--quick", "--out", os.path.join(ROOT, folder))
    assert done.returncode == 2 and done.stdout == ""
    assert re.fullmatch(r"python -m RNN: error: --quick never overwrites the pictures of full runs; .*\n", done.stderr)


def test_ctrl_c_ends_all_with_the_table_so_far(tmp_path):
    process = run_all("--quick", "--out", tmp_path, "--data", "synthetic", call=subprocess.Popen)
    while not (tmp_path / "LSTM3.png").exists():
        time.sleep(0.05)
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    printed, said = process.communicate()
    assert process.returncode == 130 and "Traceback" not in said
    assert len(table_of(printed)) in (2, 3) and "interrupted" in said.splitlines()[-1]


def make(target, **variables):
    settings = ["%s=%s" % item for item in variables.items()]
    return subprocess.run(["make", "--no-print-directory", target] + settings, cwd=ROOT, capture_output=True, text=True)


def pretend(tmp_path, version, modules="ensurepip venv"):
    """A Python that claims another version, and has only the modules named."""
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
        "make: TensorFlow has no package for Python %s: use Python 3.9 to 3.13, as in: PYTHON=python3.12 make run"
        % version
    )
    assert not (tmp_path / "venv").exists()


def test_a_python_without_venv_gets_a_sentence(tmp_path):
    done = make("test", PYTHON=pretend(tmp_path, "3.11.2", modules=""), VENV=str(tmp_path / "venv"))
    assert done.returncode != 0
    assert done.stderr.startswith("make: Python 3.11.2 has no venv: install it (Debian: apt install python3-venv)")


def test_a_python_that_is_not_there_gets_a_sentence(tmp_path):
    done = make("run", PYTHON="python3.99", VENV=str(tmp_path / "venv"))
    assert done.returncode != 0
    assert done.stderr.startswith("make: python3.99 cannot be run: install Python 3.9 to 3.13, or name one")
