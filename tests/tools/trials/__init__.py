"""The groups of make trial, and what they share: parts in processes of their own, small disks, numbers."""

import concurrent.futures
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile

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
    return ended(start(part, *arguments, **settings))


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
