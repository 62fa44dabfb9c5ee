"""A trial, not a test: bad input, full disks, kills and signals, tried by the hundred; some 15 minutes.

    python tests/tools/trial.py                      all groups
    python tests/tools/trial.py --only states race   some of them
    python tests/tools/trial.py --list               their names

For each group it prints how many cases were tried and how many held, and what happened in those that did not. The
status is 0 if all held. What this machine cannot do (a mount, strace) is not tried, and named.
"""

import argparse
import concurrent.futures
import contextlib
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings

TOOLS = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(TOOLS)
FAULTS = os.path.join(TESTS, "tutorial")  # test_faults
RNN = os.path.join(os.path.dirname(TESTS), "RNN")
sys.path[:0] = [RNN, FAULTS, TESTS]

PART_3 = ["predict_sin.py", "--training-examples", "300", "--testing-examples", "120", "--batch-size", "64"]
PART_3 += ["--print-every", "1", "--epoch"]
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


# --- kills


def killed_at(part, total, arguments, count):
    """Kills a part at its file event number ``count``, runs it again; returns (was it killed, what was wrong)."""
    with scratch() as directory:
        model, out = os.path.join(directory, "model"), os.path.join(directory, "out")
        inject = "inject=rename,unlink,mkdir,rmdir:signal=KILL:when=%d" % count
        strace = ["strace", "-f", "-o", os.devnull, "-e", "trace=rename,unlink,mkdir,rmdir", "-e", inject]
        places = [*arguments, "--model-dir", model, "--out", out]
        first = run(part + [str(total)], *places, before=strace)
        status, printed = run(part + [str(total)], *places)
        wrong = [] if status == 0 and "Traceback" not in printed else ["status %s: %s" % (status, printed[-300:])]
        wrong += left_in(model) + left_in(out) if not wrong else []
        if not wrong and part is PART_3:
            wrong += [] if numbers(out, part) == killed_at.whole else ["the record differs"]
        if not wrong and part is PART_7:
            wrong += (
                [] if os.path.exists(os.path.join(model, "model.ckpt-%d.index" % total)) else ["no last checkpoint"]
            )
        return first[0] != 0, wrong


def kills(part, total, arguments):
    if not shutil.which("strace"):
        raise NotHere("strace is not installed")
    with scratch() as directory:
        run(part + [str(total)], *arguments, "--out", directory)
        killed_at.whole = numbers(directory, part)
    counts = iter(range(1, 1000))
    for first in counts:
        found = list(two_at_a_time(lambda count: killed_at(part, total, arguments, count), [first, next(counts)]))
        for count, (_, wrong) in zip((first, first + 1), found):
            yield "at event %d" % count, wrong
        if not any(was_killed for was_killed, _ in found):
            return


@group
def kills_of_part_3():
    """kill -9 at every rename, unlink and mkdir; the same command again gives the same record, and leaves nothing."""
    yield from kills(PART_3, 2, [])


@group
def kills_of_the_estimator():
    """The same for part 7: the same command again reaches the last step, and leaves nothing."""
    yield from kills(PART_7, 3, [])


@group
def kills_in_the_index():
    """TensorFlow writes the index of a checkpoint in place: kills when it is opened and written."""
    if not shutil.which("strace"):
        raise NotHere("strace is not installed")

    def case(what):
        call, step = what
        with scratch() as directory:
            model = os.path.join(directory, "model")
            strace = ["strace", "-f", "-o", os.devnull, "-P", os.path.join(model, "model.ckpt-%d.index" % step)]
            strace += ["-e", "inject=%s:signal=KILL:when=1" % call]
            arguments = [*PART_7, "4"], "--model-dir", model, "--out", directory
            run(*arguments, before=strace)
            status, printed = run(*arguments)
            return "%s of step %d" % (call, step), [] if status == 0 else [printed[-300:]]

    cases = [(call, step) for call in ("openat", "write,pwrite64,writev", "fsync,close") for step in (0, 4)]
    yield from two_at_a_time(case, cases)


@group
def kills_of_the_cluster():
    """tests/tools/cluster_trial.py: tasks of a cluster are killed, the total is reached."""
    done = subprocess.run(
        [sys.executable, os.path.join(TOOLS, "cluster_trial.py"), "--kills", "5"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    for line in re.findall(r"^run \d+: .*", done.stdout, re.MULTILINE):
        yield line, [] if line.endswith(": ok") else [line]


@group
def signals_in_a_run():
    """SIGTERM, SIGHUP and Ctrl-C at moments of part 7: their statuses, no line but one, no scratch directory."""

    def case(what):
        delay, number = what
        with scratch() as directory:
            process = start([*PART_7, "100000"], "--out", directory, environment={"TMPDIR": directory})
            time.sleep(delay)
            process.send_signal(number)
            status, printed = ended(process)
            wrong = [] if status == 128 + number and printed.count("\n") <= 1 else ["%s: %s" % (status, printed[-300:])]
            return "%s after %.1f s" % (number.name, delay), wrong + os.listdir(directory)

    signals = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    yield from two_at_a_time(case, [(delay, number) for delay in (1.5, 4, 6, 8, 12) for number in signals])


@group
def ctrl_c_at_the_start():
    """75 moments: Python's own report, or one line of ours; never a report that shows what we import."""
    commands = [["-m", "RNN"], ["-m", "RNN.cluster"], ["-m", "RNN.compare", "--records", "none"]]
    commands += [[os.path.join(RNN, "simple_rnn_forward.py")], [os.path.join(RNN, "predict_sin.py")]]
    for command in commands:
        for delay in (0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4):
            with scratch() as directory:
                process = subprocess.Popen(
                    [sys.executable] + command + ([] if "none" in command else ["--out", directory]),
                    stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=os.path.dirname(RNN),
                )  # fmt: skip
                time.sleep(delay)
                process.send_signal(signal.SIGINT)
                status, printed = ended(process)
                ours = re.findall(r'File "(%s.*?)", line' % re.escape(RNN), printed)
                held = printed.count("\n") <= 1 or len(ours) <= 2  # before the handler: the import of common itself
                yield "%s after %.2f s" % (command[-1], delay), [] if held else [printed[-500:]]


# --- two at once


@group
def two_runs_at_once():
    """Two runs of a part in one --model-dir, of which one is refused; two of all parts into one directory."""
    for part in (PART_3 + ["300"], [*PART_7, "600"]):
        for delay in (0, 0.3, 1, 3):
            with scratch() as directory:
                places = ["--model-dir", os.path.join(directory, "model"), "--out", directory]
                first = start(part, *places)
                time.sleep(delay)
                second = start(part, *places)
                found = [ended(first), ended(second)]
                refused = [one for one in found if one_line(one, 2) and " is in use by process " in one[1]]
                right = [one for one in found if one[0] == 0]
                held = len(right) == 2 - len(refused) and right and not left_in(os.path.join(directory, "model"))
                yield "%s after %.1f s" % (part[0], delay), [] if held else [str(found)]
    with scratch() as directory:
        command = [sys.executable, "-m", "RNN", "--quick", "--data", "synthetic", "--out", directory]
        settings = {"cwd": os.path.dirname(RNN), "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
        found = [ended(process, 600) for process in [subprocess.Popen(command, **settings) for _ in range(2)]]
        yield "python -m RNN twice", [] if [one[0] for one in found] == [0, 0] else [str(found)]
        yield "nothing is left", left_in(directory)


@group
def race():
    """One process saves a checkpoint all the time, another restores it: never a mixture."""
    import test_faults

    saver = """
import pathlib, sys
sys.path[:0] = sys.argv[1:4]
import os, test_faults
place = pathlib.Path(sys.argv[4])
for i in range(10**6):
    (place / "new").mkdir(exist_ok=True)
    test_faults.saved(place / "new", i % 1000)
    os.replace(str(place / "new" / "checkpoint.npz"), str(place / "checkpoint.npz"))
"""
    import pathlib

    with scratch() as directory:
        process = subprocess.Popen([sys.executable, "-c", saver, RNN, FAULTS, TESTS, directory])
        try:
            while not os.path.exists(os.path.join(directory, "checkpoint.npz")):
                time.sleep(0.1)
            seen = set()
            for number in range(300):
                state, (a, b) = test_faults.restored(pathlib.Path(directory))
                seen.add(a[0])
                yield (
                    "restore %d" % number,
                    [] if len(set(a + b)) == 1 and state == test_faults.STATE else [str((a, b))],
                )
            yield "different checkpoints were seen", [] if len(seen) > 30 else [str(len(seen))]
        finally:
            process.kill()
            process.wait()


# --- files by hand


def refused_or(function, *expected):
    """What is wrong with the result of a function, which may refuse with a UsageError or return one of ``expected``."""
    from common.errors import UsageError

    try:
        found = function()
    except UsageError:
        return []
    except BaseException as error:
        return ["%s: %s" % (type(error).__name__, str(error)[:200])]
    return [] if found in expected else ["taken: %s" % str(found)[:200]]


def in_child(function):
    """What is wrong, found by a function in a process of its own: the C++ of TensorFlow may end it."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException):
            os.write(write, json.dumps(function()).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        text = pipe.read()
    status = os.waitpid(child, 0)[1]
    return json.loads(text) if text and not status else ["the process ended with %d" % status]


@group
def states():
    """States of a checkpoint by hand: refused."""
    import pathlib

    import test_faults

    for name, change in test_faults.STATES.items():
        with scratch() as directory:
            test_faults.saved(pathlib.Path(directory), 1, change)
            yield name, refused_or(lambda place=directory: test_faults.restored(pathlib.Path(place)))


@group
def damaged_checkpoints():
    """Flipped bits and cuts of checkpoint.npz: refused, or the same numbers."""
    import pathlib

    import test_faults

    choose = random.Random(1)
    with scratch() as directory:
        place = pathlib.Path(directory)
        test_faults.saved(place, 1)
        right, path = test_faults.restored(place), place / "checkpoint.npz"
        whole = path.read_bytes()
        for number in range(250):
            content = bytearray(whole)
            if number < 200:
                content[choose.randrange(len(whole))] ^= 1 << choose.randrange(8)
            else:
                del content[choose.randrange(len(whole)) :]
            path.write_bytes(bytes(content))
            yield "case %d" % number, refused_or(lambda: test_faults.restored(place), right)


@group
def files_that_grow():
    """Small files that promise large arrays: refused, within 200 MB and 5 seconds."""
    import pathlib
    import zipfile

    import numpy as np
    import test_faults

    def bomb(place, name, shape, dtype):
        test_faults.saved(place, 1)
        with zipfile.ZipFile(str(place / "checkpoint.npz")) as archive:
            entries = {entry: archive.read(entry) for entry in archive.namelist() if entry != name + ".npy"}
        with zipfile.ZipFile(str(place / "checkpoint.npz"), "w", zipfile.ZIP_DEFLATED) as archive:
            for entry in entries:
                archive.writestr(entry, entries[entry])
            with archive.open(name + ".npy", "w", force_zip64=True) as file:
                np.lib.format.write_array_header_1_0(file, {"descr": dtype, "fortran_order": False, "shape": shape})
                for _ in range(int(np.prod(shape, dtype=object)) * np.dtype(dtype).itemsize // 2**20):
                    file.write(bytes(2**20))

    def case(place):
        before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.time()
        wrong = refused_or(lambda: test_faults.restored(place))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
        return wrong + (["%d MB, %.0f s" % (grown, time.time() - started)] if grown > 200 else [])

    for name in ("state", "variables/a"):
        for shape, dtype in (((2**15, 2**15), "u1"), ((2**30,), "u1"), ((2**8,), "S%d" % 2**22), ((3,), "S%d" % 2**28)):
            with scratch() as directory:
                bomb(pathlib.Path(directory), name, shape, dtype)
                yield "%s %s %s" % (name, shape, dtype), in_child(lambda place=directory: case(pathlib.Path(place)))


@group
def indexes_by_hand():
    """Flipped bits, cuts and other contents of an Estimator's index and data: refused, or the same step."""
    from common import checkpoint

    settings, choose = {"script": "tflearn_sin.py"}, random.Random(2)
    with scratch() as directory:
        status, printed = run([*PART_7, "2"], "--model-dir", directory, "--out", os.path.join(directory, "out"))
        with open(os.path.join(directory, "options.json")) as file:
            settings = json.load(file)
        for name, count in (("model.ckpt-2.index", 120), ("model.ckpt-2.data-00000-of-00001", 40), ("checkpoint", 40)):
            path = os.path.join(directory, name)
            with open(path, "rb") as file:
                whole = file.read()
            for number in range(count):
                content = bytearray(whole)
                if number % 4:
                    content[choose.randrange(len(whole))] ^= 1 << choose.randrange(8)
                elif number % 8:
                    del content[choose.randrange(len(whole)) :]
                else:
                    content = bytearray(choose.randbytes(len(whole)) if hasattr(choose, "randbytes") else b"x" * 99)
                with open(path, "wb") as file:
                    file.write(content)
                yield (
                    "%s %d" % (name, number),
                    in_child(lambda: refused_or(lambda: checkpoint.latest(directory, settings), 2)),
                )
            with open(path, "wb") as file:
                file.write(whole)


@group
def tf_config():
    """TF_CONFIG by hand: types, sizes, addresses: refused."""
    import types

    from common import tasks

    chosen = types.SimpleNamespace(model_dir="model", threads=1, session_creation_timeout=1)
    jobs, task = {"ps": ["127.0.0.1:29001"], "worker": ["127.0.0.1:29002"]}, {"type": "worker", "index": 0}
    odd = [5, -1, 1.5, True, None, "", "x", [], [[]], [None], {}, {"a": {}}, 10**30, "\x1b[2J", "x" * 10**6]
    texts = [
        "[]",
        "3",
        "null",
        "true",
        '"x"',
        "{",
        "[[",
        "[" * 10**5,
        '{"a":' * 10**5,
        "NaN",
        '{"task": {"index": 1e999}}',
    ]
    texts += [json.dumps({"cluster": one, "task": task}) for one in odd]
    texts += [json.dumps({"cluster": jobs, "task": one}) for one in odd if one not in (None, {}, [], "")]
    texts += [
        json.dumps({"cluster": jobs, "task": dict(task, index=one)}) for one in odd if one and one not in (1, 1.5)
    ]
    texts += [json.dumps({"cluster": jobs, "task": dict(task, type=one)}) for one in odd]
    texts += [json.dumps({"cluster": dict(jobs, worker=one), "task": task}) for one in odd]
    texts += [json.dumps({"cluster": dict(jobs, worker=[one]), "task": task}) for one in odd]
    texts += [json.dumps({"cluster": jobs, "task": task, "model_dir": one}) for one in odd if one not in (None, "")]
    for wrong in ("a", "a:", ":5", "a:0", "a:b", "a:123456", "[::1", "\u6f22:5", "a\0b:5", "a b:5", "a:5\n", "a:-1"):
        texts.append(json.dumps({"cluster": dict(jobs, worker=[wrong]), "task": task}))
    for text in texts:
        os.environ["TF_CONFIG"] = text
        yield text[:60], refused_or(lambda: tasks.of_environment(9, chosen), None)
    del os.environ["TF_CONFIG"]


# --- places


@group
def full_disks():
    """--model-dir, --out and --logdir on disks of some kilobytes: one line, and what was there stays."""
    cases = [(PART_3 + ["3"], flag, size) for flag in ("--model-dir", "--out", "--logdir") for size in (0, 8, 16, 40)]
    cases += [
        ([*PART_7, "3"], flag, size) for flag in ("--model-dir", "--out", "--logdir") for size in (0, 40, 400, 900)
    ]

    def case(what):
        part, flag, size = what
        with scratch() as other, small_disk(size or 4) as directory:
            kept = os.path.join(directory, "kept")
            with contextlib.suppress(OSError), open(kept, "w") as file:
                file.write("x" * 4096 if not size else "")
            places = {"--model-dir": other, "--out": other, flag: directory}
            found = run(part, *[text for pair in places.items() for text in pair])
            held = found[0] == 0 or (found[0] in (1, 2) and "error: " in found[1] and "Traceback" not in found[1])
            wrong = [] if held else ["%s: %s" % (found[0], found[1][-300:])]
            return "%s %s %dk" % (part[0], flag, size), wrong + ([] if os.path.exists(kept) else ["the file has gone"])

    yield from two_at_a_time(case, cases)


@group
def read_only_checkout():
    """Parts from a checkout that cannot be written to: output elsewhere is right, the default one line."""
    with scratch() as directory:
        checkout = os.path.join(directory, "checkout")
        shutil.copytree(RNN, os.path.join(checkout, "RNN"), ignore=shutil.ignore_patterns("__pycache__"))
        for command in (["mount", "--bind", checkout, checkout], ["mount", "-o", "remount,ro,bind", checkout]):
            if subprocess.run(command, stderr=subprocess.DEVNULL).returncode:
                raise NotHere("this user cannot mount a directory")
        try:
            for part in (["simple_rnn_forward.py"], ["LSTM.py"], PART_3 + ["1"], PART_6 + ["2"], [*PART_7, "2"]):
                command = [sys.executable, os.path.join(checkout, "RNN", part[0])] + part[1:]
                for out, status in (([], 2), (["--out", directory], 0)):
                    settings = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
                    found = ended(subprocess.Popen(command + out, **settings))
                    held = (
                        found[0] == 0
                        if out
                        else found[0] == 2 and "Read-only file system" in found[1].title() + found[1]
                    )
                    held = held or (status == 2 and one_line(found, 2))
                    yield "%s %s" % (part[0], out[:1]), [] if held else ["%s: %s" % (found[0], found[1][-300:])]
        finally:
            subprocess.run(["umount", "-l", checkout])


@group
def standard_error():
    """Full, closed, or a pipe whose reader has gone: no run ends by it."""
    with scratch() as directory:
        model = os.path.join(directory, "model")
        resumed = PART_3 + ["3", "--model-dir", model]
        run(PART_3 + ["2"], "--model-dir", model, "--out", directory)
        for part in (resumed, PART_6 + ["1"], ["simple_rnn_forward.py"], [*PART_7, "2"]):
            for shell in ("2>/dev/full", "2>&-", "2> >(true)"):
                line = '"$0" "$@" ' + shell
                command = ["bash", "-c", line, sys.executable, os.path.join(RNN, part[0])] + part[1:]
                done = subprocess.run(command + ["--out", directory], stdout=subprocess.DEVNULL, stderr=-3)
                yield "%s %s" % (part[0], shell), [] if done.returncode == 0 else ["status %d" % done.returncode]


@group
def the_command_tf1():
    """Programs with closed and full output, odd locales and directories end as with python."""
    program = "import sys\nprint('h\\u00e9 \\u6f22'.encode('unicode_escape').decode(), sys.argv)\nsys.exit(3)\n"
    tensorflow = "import tensorflow as tf\nprint(tf.Session().run(tf.constant(3)))\n"
    for name in ("plain", "with spaces", "\u6f22\u5b57", "quote'\"$"):
        with scratch() as directory:
            place = os.path.join(directory, name)
            os.mkdir(place)
            for file, content in (("a program.py", program), ("tf.py", tensorflow)):
                with open(os.path.join(place, file), "w") as opened:
                    opened.write(content)
            for shell in ("", ">&-", ">/dev/full", "2>&-", "2>/dev/full", "| true", "</dev/null"):
                for locale in ({}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
                    settings = {"cwd": place, "env": dict(os.environ, **locale), "capture_output": True}
                    found = []
                    for runner in ([], [os.path.join(RNN, "tf1")]):
                        line = 'set -o pipefail; "$0" "$@" ' + shell
                        command = ["bash", "-c", line, sys.executable] + runner + ["a program.py", "\u6f22"]
                        done = subprocess.run(command, **settings)
                        found.append((done.returncode, done.stdout, done.stderr))
                    wrong = [] if found[0] == found[1] else [str(found)[:500]]
                    yield "%s %s %s" % (name, shell, sorted(locale)), wrong
            done = subprocess.run(
                [sys.executable, os.path.join(RNN, "tf1"), "tf.py"], cwd=place, capture_output=True, text=True
            )
            yield "%s with TensorFlow" % name, [] if done.stdout == "3\n" else [done.stderr[-500:]]


@group
def long_runs():
    """The memory of 4,000 steps of part 6 and of 400 epochs of part 3 does not grow beyond what they record."""
    for part, seconds in ((PART_6[:3] + ["--training-steps", "100000"], 60), (PART_3 + ["100000"], 45)):
        with scratch() as directory:
            process = start(part, "--out", directory, stdout=subprocess.DEVNULL)
            sizes = []
            try:
                for _ in range(2):
                    time.sleep(seconds / 2)
                    with open("/proc/%d/status" % process.pid) as file:
                        sizes.append(int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1000)
            finally:
                process.send_signal(signal.SIGINT)
                status, _ = ended(process)
            held = status == 130 and sizes[1] - sizes[0] < 40
            yield "%s: %d MB, then %d MB" % (part[0], *sizes), [] if held else ["status %s, %s" % (status, sizes)]


@group
def fast_tests():
    """test_faults.py and test_fetch.py: one test for each kind, with kills of a fetch."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rA"]
        + [os.path.join(TESTS, name) for name in ("tutorial/test_faults.py", "tf1/test_fetch.py")],
        stdout=subprocess.PIPE, text=True, cwd=os.path.dirname(TESTS),
    )  # fmt: skip
    for state, name in re.findall(r"^(PASSED|FAILED|ERROR) \S*?::(.*)", done.stdout, re.MULTILINE):
        yield name, [] if state == "PASSED" else [state]


def main():
    """Reads the options, runs the groups, prints a line for each; returns the status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=sorted(GROUPS), default=list(GROUPS), metavar="GROUP")
    parser.add_argument("--list", action="store_true")
    chosen = parser.parse_args()
    if chosen.list:
        print("\n".join("%-24s %s" % (name, function.__doc__) for name, function in GROUPS.items()))
        return 0
    warnings.simplefilter("ignore", DeprecationWarning)  # of fork in a process with threads
    failed, began = [], time.time()
    for name in chosen.only:
        tried, wrong, started = 0, [], time.time()
        try:
            for case, faults in GROUPS[name]():
                tried += 1
                wrong += ["    %s: %s" % (case, "; ".join(map(str, faults)))] if faults else []
        except NotHere as reason:
            print("%-24s not tried: %s" % (name, reason), flush=True)
            continue
        seconds = time.time() - started
        print("%-24s tried %4d, held %4d  (%.0f s)" % (name, tried, tried - len(wrong), seconds), flush=True)
        print("\n".join(wrong) + "\n" if wrong else "", end="", flush=True)
        failed += [name] if wrong or not tried else []
    print(
        "%s after %.0f minutes" % ("failed: " + ", ".join(failed) if failed else "all held", (time.time() - began) / 60)
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
