"""Kills and signals: the next run is right."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time

from trials import (
    PART_3,
    PART_7,
    RNN,
    TOOLS,
    NotHere,
    ended,
    group,
    left_in,
    numbers,
    run,
    scratch,
    start,
    two_at_a_time,
)


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
