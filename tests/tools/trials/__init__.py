"""The groups of make trial, and what they share: parts in processes of their own, small disks, numbers."""

import concurrent.futures
import contextlib
import json
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
import time

TOOLS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TESTS = os.path.dirname(TOOLS)
FAULTS = os.path.join(TESTS, "tutorial")
RNN = os.path.join(os.path.dirname(TESTS), "RNN")

sys.path[:0] = [RNN, FAULTS, TESTS]

PART_3 = [
    *["predict_sin.py", "--training-examples", "300", "--testing-examples", "120", "--batch-size", "64"],
    *["--print-every", "1", "--epoch"],
]
PART_6 = ["LSTM_for_Mnist.py", "--data", "synthetic", "--print-every", "2", "--training-steps"]
PART_7 = ["tflearn_sin.py", "--training-steps"]
GROUPS = {}


class NotHere(Exception):
    """This machine cannot do what a group needs."""


def group(function):
    GROUPS[function.__name__] = function
    return function


def start(part, *arguments, **settings):
    """Starts a part (a list, of which the first is the script) in a process of its own."""
    command = settings.pop("before", []) + [sys.executable, os.path.join(RNN, part[0])] + part[1:]
    environment = dict(os.environ, **settings.pop("environment", {}))
    settings.setdefault("stderr", subprocess.PIPE)
    settings.setdefault("stdout", subprocess.PIPE)
    return subprocess.Popen(command + [str(a) for a in arguments], env=environment, text=True, **settings)


class Fork:
    """A part in a fork of a process that has loaded TensorFlow: it starts at once. Has what ``ended`` needs of Popen.

    Args:
        part, arguments: as for ``start``.
        environment: variables to change.
        strace: options of strace, under which it runs.
    """

    _idle = []  # the processes of warm.py, each of which runs one part at a time

    def __init__(self, part, *arguments, environment=(), strace=()):
        try:
            self._warm = self._idle.pop()
        except IndexError:
            self._warm = self._new()
        self._stderr, self._strace, self.returncode = tempfile.NamedTemporaryFile("r", errors="replace"), None, None
        words = [os.path.join(RNN, part[0])] + part[1:] + [str(argument) for argument in arguments]
        request = {"arguments": words, "environment": dict(environment), "stderr": self._stderr.name}
        self._warm.stdin.write(json.dumps(request).encode() + b"\n")
        self.pid = int(self._warm.stdout.readline())
        if strace:
            command = ["strace", "-f", *strace, "-p", str(self.pid)]
            self._strace = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
            attached = self._strace.stderr.readline()
            if "attached" not in attached:
                self.kill()
                raise NotHere("strace cannot attach to a process: %s" % attached.strip())
        self._warm.stdin.write(b"\n")

    @staticmethod
    def _new():
        command = [sys.executable, os.path.join(TOOLS, "trials", "warm.py"), RNN]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)

    @classmethod
    def warm_up(cls, count):
        """Has ``count`` processes ready, so that as many parts can start at the same time."""
        cls._idle += [cls._new() for _ in range(count - len(cls._idle))]

    @classmethod
    def end_all(cls):
        """Ends the processes that are ready."""
        while cls._idle:
            cls._idle.pop().communicate()

    def poll(self):
        """The status; None if it runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.communicate(0)
        return self.returncode

    def communicate(self, timeout=None):
        """Waits for its end; returns (None, what it wrote to standard error)."""
        if self.returncode is None:
            if not select.select([self._warm.stdout], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("a part", timeout)
            self.returncode = int(self._warm.stdout.readline())
            self._idle.append(self._warm)
            if self._strace:
                self._strace.communicate()
        self._stderr.seek(0)
        return None, self._stderr.read()

    def send_signal(self, number):
        os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)


def until(reached, process, timeout=120):
    """Waits until ``reached()`` or the end of a process; returns whether it was reached while the process ran."""
    limit = time.monotonic() + timeout
    while process.poll() is None and time.monotonic() < limit:
        if reached():
            return True
        time.sleep(0.005)
    return False


def ended(process, timeout=300):
    """(status, standard error) of a process; a status of None if it hangs."""
    try:
        _, printed = process.communicate(timeout=timeout)
        return process.returncode, printed or ""
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return None, "it hangs"


def run(part, *arguments, **settings):
    """(status, standard error) of a part in a Fork."""
    return ended(Fork(part, *arguments, **settings))


def in_shell(command, redirection, **settings):
    """Runs a command with a redirection as the shell writes it; ">&gone" is into a pipe whose reader has gone."""
    read, write = os.pipe()
    os.close(read)
    line = '"$0" "$@" ' + redirection.replace("gone", str(write))
    try:
        return subprocess.run(["bash", "-c", line] + command, pass_fds=[write], **settings)
    finally:
        os.close(write)


def one_line(found, status):
    """Whether a process ended with a status and one line."""
    return found[0] == status and found[1].count("\n") == 1 and "error: " in found[1]


def record(directory, part):
    with open(os.path.join(str(directory), part[0][:-3] + ".json"), encoding="utf-8") as file:
        return json.load(file)


def numbers(directory, part):
    found = record(directory, part)
    return {key: found[key] for key in ("losses", "curves", "printed")}


def two_at_a_time(function, cases):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        yield from pool.map(function, cases)


@contextlib.contextmanager
def scratch():
    with tempfile.TemporaryDirectory(prefix="trial-") as directory:
        yield directory


@contextlib.contextmanager
def small_disk(size):
    """A file system of that many kilobytes."""
    with scratch() as directory:
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=%dk" % size, "none", directory], stderr=-3).returncode:
            raise NotHere("this user cannot mount a file system")
        try:
            yield directory
        finally:
            subprocess.run(["umount", "-l", directory])


def left_in(directory):
    """Temporary files in a directory."""
    return [name for name in os.listdir(directory) if re.search(r"tmp|temp|lock", name)]
