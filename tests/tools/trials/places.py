"""Full disks, read-only places, a standard error that fails, and the fast tests of the same."""

import contextlib
import os
import re
import shutil
import subprocess
import sys

from trials import (
    PART_3,
    PART_6,
    PART_7,
    RNN,
    TESTS,
    NotHere,
    ended,
    group,
    one_line,
    run,
    scratch,
    small_disk,
    two_at_a_time,
)


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
def fast_tests():
    """The tests of checkpoints, directories, the terminal and the fetch: one for each kind, with kills of a fetch."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rA"]
        + ["tests/tutorial/test_%s.py" % name for name in ("checkpoint_file", "model_dir", "terminal")]
        + ["tests/tf1/test_%s.py" % name for name in ("fetch", "fetch_at_once")],
        stdout=subprocess.PIPE, text=True, cwd=os.path.dirname(TESTS),
    )  # fmt: skip
    for state, name in re.findall(r"^(PASSED|FAILED|ERROR) \S*?::(.*)", done.stdout, re.MULTILINE):
        yield name, [] if state == "PASSED" else [state]
