"""The four wheels: their digests, their download by pip, and the checks of given files."""

import contextlib
import hashlib
import os
import signal
import stat
import subprocess
import sys
import threading

from tf1.program.source.cache import FetchError, say

WHEELS = {  # sha256: (size, requirement)
    "29831dda98d668067de75403b2fca0d06a2f026ef6f217fa2ca873c20b4ee4d3": (110499974, "tensorflow==1.15.5"),
    "8853bfb7c3c96fbdc80b3d66c37a10af6ccbcd235dc87474764270c02a0f86b9": (503446, "tensorflow-estimator==1.15.1"),
    "df4323692b8c1174af821bf906f1e442e63fa7589bf0f1230a0b6bdc5a810c95": (50704, "Keras-Applications==1.0.8"),
    "7b82029b130ff61cc99b55f3bd27427df4838576838c5b2f65940e4fcec99a7b": (42581, "Keras-Preprocessing==1.1.2"),
}

PIP = "download --no-deps --only-binary=:all: --python-version 3.7 --implementation cp --platform manylinux2010_x86_64"
ELSEWHERE = "'python -m pip %s %s' on a machine with a network downloads the files for 'tf1 --fetch FILE FILE...' here"
# pip in a child that ends when this process ends in whatever way, and that takes no modules from the current directory
_CHILD = """
import sys
sys.path[:] = [path for path in sys.path if path]
import os, runpy, threading
sys.path[:] = [path for path in sys.path if os.path.abspath(path) != os.getcwd()]
threading.Thread(target=lambda: os.read(0, 1) or os._exit(1), daemon=True).start()
runpy.run_module("pip", run_name="__main__", alter_sys=True)
"""


def identified(path):
    """(sha256, path) of a file that was given, if it is one of the wheels."""
    digest = hashlib.sha256()
    try:
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode):
            raise FetchError("%s is not a regular file" % path)
        if found.st_size > max(size for size, _ in WHEELS.values()):
            raise FetchError(
                "%s is none of the wheels: it has %d bytes; %s" % (path, found.st_size, _elsewhere(WHEELS))
            )
        with open(path, "rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                digest.update(block)
    except OSError as error:
        raise FetchError("%s: %s" % (path or "''", error.strerror)) from error
    if digest.hexdigest() not in WHEELS:
        text = "%s is none of the wheels: its sha256 is %s; %s"
        raise FetchError(text % (path, digest.hexdigest(), _elsewhere(WHEELS)))
    return digest.hexdigest(), path


def _elsewhere(digests):
    return ELSEWHERE % (PIP, " ".join(WHEELS[digest][1] for digest in digests))


def download(work, digests):
    """Downloads wheels with pip, which shows its progress on standard error; returns {sha256: path}."""
    size = sum(WHEELS[digest][0] for digest in digests) / 1e6
    shown = say("fetching the Python files of TensorFlow 1.15.5 (%.0f MB, once)" % size)
    command = [sys.executable, "-c", _CHILD] + PIP.split() + ["--no-input", "--disable-pip-version-check"]
    command += ["--retries", "1", "-d", work] + [WHEELS[digest][1] for digest in digests]
    with subprocess.Popen(
        command,
        env=dict(os.environ, TMPDIR=work, TEMP=work, TMP=work),  # what pip leaves behind is removed too
        stdin=subprocess.PIPE,
        stdout=2 if shown else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as pip:
        try:
            printed = pip.stderr.read().decode(errors="replace").splitlines()
        except BaseException:
            pip.kill()
            raise
    paths = [os.path.join(work, name) for name in os.listdir(work) if name.endswith(".whl")]
    found = {hashlib.sha256(open(path, "rb").read()).hexdigest(): path for path in paths}
    if pip.returncode or set(found) != set(digests):
        reasons = [line for line in printed if line.startswith("ERROR") or "No module" in line]
        text = "the wheels could not be downloaded (%s); %s"
        raise FetchError(text % (reasons[-1] if reasons else "pip failed", _elsewhere(digests)))
    return found


@contextlib.contextmanager
def ended_by_signals():
    """A context that SIGTERM and SIGHUP leave as exceptions do; then they end this process as without it."""
    received = []

    def receive(number, frame):
        received.append(number)
        if len(received) == 1:
            raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    numbers = [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]
    if threading.current_thread() is not threading.main_thread():
        numbers = []
    for number in numbers:
        signal.signal(number, receive)
    try:
        yield
    finally:
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)
        if received:
            os.kill(os.getpid(), received[0])
