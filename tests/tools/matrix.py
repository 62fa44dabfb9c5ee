"""Runs the core tests, programs by the runner, and predict_sin's first epochs on every TensorFlow from 2.13 to 2.21.

    python tests/tools/matrix.py             all versions (make matrix)
    python tests/tools/matrix.py 2.17.1      some

Each version gets an environment of its own in build/matrix/. The table of the results is printed as the READMEs show
it. Python 3.11 runs 2.13 to 2.15, Python 3.12 the others; both are looked for on the PATH and in pyenv. The status is 0
if all passed, and if predict_sin wrote no line on standard error.
"""

import glob
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, "build", "matrix")
VERSIONS = ("2.13.1", "2.14.1", "2.15.1", "2.16.2", "2.17.1", "2.18.1", "2.19.1", "2.20.0", "2.21.0")
CORE = ("tests/tf1/test_cells.py", "tests/tf1/test_contrib.py", "tests/tutorial/test_seeds.py")
RUNNER = ("tests/oracle/test_programs.py",)
RUNNER_FROM = 15  # program/source/finder.py says why
EPOCHS = 10
LOSS_TOLERANCE = 1e-6  # as in tests/tools/regression.py


def find_python(version):
    """The path or name of an interpreter of this version, or None."""
    pyenv = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    for candidate in ["python" + version] + glob.glob(os.path.join(pyenv, "versions", version + ".*", "bin", "python")):
        try:
            subprocess.run([candidate, "-c", "import venv"], check=True, capture_output=True)
            return candidate
        except (OSError, subprocess.CalledProcessError):
            continue
    return None


def requirements(version):
    """The requirements of a version: requirements.txt without TensorFlow, tf-keras, numpy and the estimator."""
    minor = int(version.split(".")[1])
    wanted = ["tensorflow==" + version, "numpy<2" if minor < 16 else "numpy<2.2"]
    if minor >= 16:
        wanted += ["tf-keras~=2.%d.0" % minor, "tensorflow-estimator==2.15.0"]
    with open(os.path.join(ROOT, "requirements.txt"), encoding="utf-8") as file:
        for line in file:
            if re.match("(tf-slim|platformdirs|tqdm|markdown|pytest|pytest-xdist)==", line) and "<" not in line:
                wanted.append(line.partition(";")[0].strip())
    return wanted + ["matplotlib"]


def install(version, interpreter):
    """Creates the environment of a version, unless it is there; returns its interpreter."""
    directory = os.path.join(BUILD, version)
    python = os.path.join(directory, "bin", "python")
    done = os.path.join(directory, "installed")
    if not os.path.exists(done):
        subprocess.run([interpreter, "-m", "venv", "--clear", directory], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run(pip + requirements(version), check=True)
        open(done, "w").close()
    return python


def test(python, arguments):
    """Runs pytest; returns the table's cell, and whether all passed."""
    command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider"] + list(arguments)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    passed = re.search(r"(\d+) passed", done.stdout)
    if done.returncode or not passed:
        print(done.stdout[-2000:], file=sys.stderr)
        return "failed", False
    return "%s passed" % passed.group(1), True


def check(version, interpreter):
    """Tests a version.

    Returns:
        (core tests, runner, predict_sin): the table's cells; whether all passed.
    """
    python = install(version, interpreter)
    core, ok = test(python, CORE)
    runner, runs = "-", True
    if int(version.split(".")[1]) >= RUNNER_FROM:
        runner, runs = test(python, RUNNER)
    out = os.path.join(BUILD, "output")
    command = [python, os.path.join(ROOT, "RNN", "predict_sin.py"), "--epoch", str(EPOCHS), "--out", out]
    run = subprocess.run(command, capture_output=True, text=True)
    print(run.stderr[-2000:], end="", file=sys.stderr)
    if run.returncode:
        return core, runner, "failed", False
    losses = []
    for path in (os.path.join(out, "predict_sin.json"), os.path.join(ROOT, "tests", "golden", "predict_sin.json")):
        with open(path, encoding="utf-8") as file:
            losses.append([loss for epoch in json.load(file)["losses"]["train_loss"][:EPOCHS] for loss in epoch])
    difference = max(abs(one - other) for one, other in zip(*losses))
    return core, runner, "%.1e" % difference, ok and runs and difference <= LOSS_TOLERANCE and not run.stderr


def main():
    """Tests the versions and prints the table; returns the status."""
    titles = ("TensorFlow", "Python", "core tests", "old programs through tf1")
    print("| %s | part 3, ten epochs: largest loss difference |" % " | ".join(titles))
    print("|---|---|---|---|---|")
    status = 0
    for version in sys.argv[1:] or VERSIONS:
        wanted = "3.11" if int(version.split(".")[1]) < 16 else "3.12"
        interpreter = find_python(wanted)
        if interpreter is None:
            sys.exit("matrix.py: error: TensorFlow %s needs Python %s, which is not installed" % (version, wanted))
        *cells, ok = check(version, interpreter)
        print("| %s |" % " | ".join([version, wanted] + cells), flush=True)
        status |= not ok
    return status


if __name__ == "__main__":
    sys.exit(main())
