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
    in_shell,
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
        checkout, program = os.path.join(directory, "checkout"), os.path.join(directory, "program.py")
        with open(program, "w") as file:
            file.write("import tensorflow as tf\ntf.Session().run(tf.constant(3))\n")
        shutil.copytree(RNN, os.path.join(checkout, "RNN"), ignore=shutil.ignore_patterns("__pycache__"))
        for command in (["mount", "--bind", checkout, checkout], ["mount", "-o", "remount,ro,bind", checkout]):
            if subprocess.run(command, stderr=subprocess.DEVNULL).returncode:
                raise NotHere("this user cannot mount a directory")

        def case(what):
            part, more, status = what
            command = [sys.executable, os.path.join(checkout, "RNN", part[0])] + part[1:] + more
            process = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=checkout
            )
            found = ended(process)
            held = found[0] == 0 and "Traceback" not in found[1]
            held = one_line(found, 2) and "read-only file system" in found[1].lower() if status else held
            return "%s %s" % (part[0], more[:1]), [] if held else ["%s: %s" % (found[0], found[1][-300:])]

        try:
            parts = ["simple_rnn_forward.py"], ["LSTM.py"], PART_3 + ["1"], PART_6 + ["2"], [*PART_7, "2"]
            cases = [(part, ["--out", directory], 0) for part in parts] + [(["tf1", program], [], 0)]
            cases += [(part, [], 2) for part in (*parts, ["__main__.py", "--quick"], ["cluster.py"])]
            yield from two_at_a_time(case, cases)
        finally:
            subprocess.run(["umount", "-l", checkout])


@group
def standard_error():
    """Full, closed, or a pipe whose reader has gone: no run ends by it."""
    with scratch() as directory:
        model = os.path.join(directory, "model")
        run(PART_3 + ["2"], "--model-dir", model, "--out", directory)

        def case(what):
            part, shell = what
            copy = os.path.join(directory, "copy" + str(cases.index(what)))
            resumed = []
            if part[0] == PART_3[0]:
                shutil.copytree(model, copy)
                resumed = ["--model-dir", copy]
            command = [sys.executable, os.path.join(RNN, part[0])] + part[1:] + resumed + ["--out", directory]
            done = in_shell(command, shell, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            return "%s %s" % (part[0], shell), [] if done.returncode == 0 else ["status %d" % done.returncode]

        parts = PART_3 + ["3"], PART_6 + ["1"], ["simple_rnn_forward.py"], [*PART_7, "2"]
        cases = [(part, shell) for part in parts for shell in ("2>/dev/full", "2>&-", "2>&gone")]
        yield from two_at_a_time(case, cases)


@group
def the_command_tf1():
    """Programs with closed and full output, odd locales and directories end as with python."""
    program = "import sys\nprint('h\\u00e9 \\u6f22'.encode('unicode_escape').decode(), sys.argv)\nsys.exit(3)\n"
    tensorflow = "import tensorflow as tf\nprint(tf.Session().run(tf.constant(3)))\n"
    locales = {}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    def both(what, of_python="a program.py", of_tf1="a program.py"):
        place, shell, locale = what
        found = []
        for command in ([of_python], [os.path.join(RNN, "tf1"), of_tf1]):
            settings = {"cwd": place, "env": dict(os.environ, **locale), "capture_output": True}
            done = in_shell([sys.executable, *command, "\u6f22"], shell, **settings)
            found.append((done.returncode, done.stdout, done.stderr))
        return "%s %s %s %s" % (os.path.basename(place), shell, sorted(locale), of_tf1), found

    def same(what):
        name, found = both(what)
        return name, [] if found[0] == found[1] else [str(found)[:500]]

    def with_tensorflow(what):
        """The program prints 3, and ends as a program does that prints 3 without TensorFlow."""
        name, found = both(what, "three.py", "tf.py")
        ends = [(status, printed, error.splitlines()[-1:]) for status, printed, error in found]
        return name, [] if ends[0] == ends[1] else [str(found)[-500:]]

    shells = "", ">&-", ">/dev/full", "2>&-", "2>/dev/full", ">&gone", "2>&gone", "</dev/null"
    with scratch() as directory:
        places = [os.path.join(directory, name) for name in ("plain", "with spaces", "\u6f22\u5b57", "quote'\"$")]
        for place in places:
            os.mkdir(place)
            for file, content in (("a program.py", program), ("tf.py", tensorflow), ("three.py", "print(3)\n")):
                with open(os.path.join(place, file), "w") as opened:
                    opened.write(content)
        cases = [(place, shell, locale) for place in places for shell in shells for locale in locales]
        yield from two_at_a_time(same, cases)
        cases = [(place, "", locale) for place in places for locale in locales]
        cases += [(places[2], shell, locales[1]) for shell in shells[1:]]
        yield from two_at_a_time(with_tensorflow, cases)


@group
def fast_tests():
    """The tests of checkpoints, directories, the terminal and the fetch: one for each kind, with kills of a fetch."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rA", "-n", "2", "--dist", "loadgroup"]
        + ["tests/tutorial/test_%s.py" % name for name in ("checkpoint_file", "model_dir", "terminal")]
        + ["tests/tf1/test_%s.py" % name for name in ("fetch", "fetch_at_once")],
        stdout=subprocess.PIPE, text=True, cwd=os.path.dirname(TESTS),
    )  # fmt: skip
    for state, name in re.findall(r"^(PASSED|FAILED|ERROR) \S*?::(.*)", done.stdout, re.MULTILINE):
        yield name, [] if state == "PASSED" else [state]
