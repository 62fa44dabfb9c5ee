"""Installs the newest versions of libraries that programs use, and runs a small job of each under tf1.

    make libraries
    python tests/tools/libraries.py DIRECTORY    with the Python of an environment that has tf1 and pip

Not part of the tests: it downloads some 300 MB into DIRECTORY. The libraries are found by PYTHONPATH, once as a
directory of the user's choice (pip install --target), once as one called site-packages.
"""

import os
import re
import subprocess
import sys
from importlib import metadata

# a file for each library, of its name on the package index; it prints a line
JOBS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "library_jobs")
NAMES = sorted(os.path.splitext(name)[0] for name in os.listdir(JOBS))
TENSORFLOW = "import tensorflow as tf; assert tf.VERSION == '1.15.5'; tf.Session().run(tf.zeros([]))\n"


def install(directory):
    """Installs the libraries, with the numpy of this environment."""
    os.makedirs(directory, exist_ok=True)
    constraints = os.path.join(directory, "constraints.txt")
    with open(constraints, "w") as file:
        file.write("numpy==%s\n" % metadata.version("numpy"))
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade"]
    subprocess.check_call(command + ["-c", constraints, "--target", os.path.join(directory, "libraries"), *NAMES])
    link = os.path.join(directory, "site-packages")
    if not os.path.lexists(link):
        os.symlink("libraries", link)


def run(code, directory, path):
    """(whether it ended well, the last line that it printed, its standard error) of code under tf1."""
    environment = dict(os.environ, PYTHONPATH=os.path.join(directory, path), MPLBACKEND="Agg")
    command = [sys.executable, "-m", "tf1", "-c", code]
    done = subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True)
    lines = (done.stdout if done.returncode == 0 else done.stderr).splitlines() or ["(nothing)"]
    return done.returncode == 0 and not re.search("warning|error", done.stderr, re.IGNORECASE), lines[-1], done.stderr


def main():
    directory = os.path.abspath(sys.argv[1])
    install(directory)
    failed = 0
    for name in NAMES:
        with open(os.path.join(JOBS, name + ".py"), encoding="utf-8") as file:
            job = file.read()
        for path in ("libraries", "site-packages"):
            for first in ("", TENSORFLOW):
                good, line, errors = run(first + job, directory, path)
                failed += not good
                mark = "ok  " if good else "FAIL"
                print(mark, name, "in", path, "after TensorFlow" if first else "", line, sep=" ", flush=True)
                if not good:
                    print("\n".join("     " + text for text in errors.splitlines()[-6:]))
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
