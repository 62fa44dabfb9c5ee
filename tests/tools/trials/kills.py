"""Kills and signals: the next run is right."""

import contextlib
import glob
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
    Fork,
    NotHere,
    ended,
    group,
    left_in,
    numbers,
    run,
    scratch,
    start,
    two_at_a_time,
    until,
)

CALLS = ["rename", "unlink", "mkdir", "rmdir"]


def killed(part, total, strace):
    """Kills a part as the options of strace say, runs it again; returns (was it killed, what was wrong)."""
    with scratch() as directory:
        model, out = os.path.join(directory, "model"), os.path.join(directory, "out")
        strace = ["-o", os.devnull] + [word.replace("MODEL", model) for word in strace]
        first, _ = run(part + [str(total)], "--model-dir", model, "--out", out, strace=strace)
        status, printed = run(part + [str(total)], "--model-dir", model, "--out", out)
        wrong = [] if first in (0, -9) else ["strace: status %s" % first]
        wrong += [] if status == 0 and "Traceback" not in printed else ["status %s: %s" % (status, printed[-300:])]
        wrong += left_in(model) + left_in(out) if not wrong else []
        if not wrong and part is PART_3:
            wrong += [] if numbers(out, part) == killed.whole else ["the record differs"]
        if not wrong and part is PART_7:
            wrong += (
                [] if os.path.exists(os.path.join(model, "model.ckpt-%d.index" % total)) else ["no last checkpoint"]
            )
        return first != 0, wrong


def require_strace():
    if not shutil.which("strace"):
        raise NotHere("strace is not installed")


def kills(part, total):
    """One kill at each file event of a run."""
    require_strace()
    with scratch() as directory:
        run(part + [str(total)], "--out", directory)
        killed.whole = numbers(directory, part)
    with scratch() as directory:
        listed = os.path.join(directory, "events")
        places = "--model-dir", os.path.join(directory, "model"), "--out", os.path.join(directory, "out")
        run(part + [str(total)], *places, strace=["-o", listed, "-e", "trace=" + ",".join(CALLS)])
        with open(listed) as file:
            events = re.findall(r"^\d+ +(\w+)\(", file.read(), re.MULTILINE)

    def case(what):
        call, number = what  # strace counts each call for itself
        inject = "inject=%s:signal=KILL:when=%d" % (call, number)
        was_killed, wrong = killed(part, total, ["-e", "trace=" + call, "-e", inject])
        return "at %s %d" % what, wrong if was_killed else ["it was not killed"]

    cases = [(call, number + 1) for call in CALLS for number in range(events.count(call))]
    yield from two_at_a_time(case, cases)


@group
def kills_of_part_3():
    """kill -9 at every rename, unlink and mkdir; the same command again gives the same record, and leaves nothing."""
    yield from kills(PART_3, 2)


@group
def kills_of_the_estimator():
    """The same for part 7: the same command again reaches the last step, and leaves nothing."""
    yield from kills(PART_7, 3)


@group
def kills_in_the_index():
    """TensorFlow writes the index of a checkpoint in place: kills when it is opened, written and closed."""
    require_strace()

    def case(what):
        call, step = what
        strace = ["-P", "MODEL/model.ckpt-%d.index" % step, "-e", "inject=%s:signal=KILL:when=1" % call]
        was_killed, wrong = killed(PART_7, 4, strace)
        return "%s of step %d" % (call, step), wrong if was_killed else ["it was not killed"]

    cases = [(call, step) for call in ("openat", "write,pwrite64,writev", "close") for step in (0, 4)]
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
        file, number = what
        with scratch() as directory:
            places, settings = ("--out", directory), {"environment": {"TMPDIR": directory}}
            if file is not None:
                process = Fork([*PART_7, "100000"], *places, **settings)
            else:  # TensorFlow is being loaded
                process = start([*PART_7, "100000"], *places, stdout=subprocess.DEVNULL, **settings)

            def reached():
                if file is not None:
                    return glob.glob(os.path.join(directory, "*", file))
                with open("/proc/%d/maps" % process.pid) as maps:
                    return "libtensorflow" in maps.read()

            was_reached = until(reached, process)
            process.send_signal(number)
            status, printed = ended(process)
            wrong = [] if was_reached else ["it ended before"]
            held = status == 128 + number and printed.count("\n") <= 1
            wrong += [] if held else ["%s: %s" % (status, printed[-300:])]
            return "%s at %s" % (
                number.name,
                "the import" if file is None else file or "the start",
            ), wrong + os.listdir(directory)

    signals = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    moments = (None, "", "graph.pbtxt", "model.ckpt-0.index", "model.ckpt-0.meta")
    yield from two_at_a_time(case, [(moment, number) for moment in moments for number in signals])


@group
def ctrl_c_at_the_start():
    """90 moments: Python's own report, or one line of ours; never a report that shows what we import."""

    def case(what):
        command, delay = what
        with scratch() as directory:
            with open(os.path.join(directory, "waits.py"), "w") as file:
                file.write("import time\ntime.sleep(60)\n")
            more = {"none": [], "tf1": [file.name]}.get(os.path.basename(command[-1]), ["--out", directory])
            process = subprocess.Popen(
                [sys.executable] + command + more,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=os.path.dirname(RNN),
                start_new_session=True,
            )  # fmt: skip
            time.sleep(delay)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)  # as a terminal does
            status, printed = ended(process)
            ours = re.findall(r'File "(%s.*?)", line' % re.escape(RNN), printed)
            held = status in (130, -2, 0, 2) and "Traceback" not in printed
            # before the handler: the import of common itself
            held = held or (status in (130, -2, 1) and "KeyboardInterrupt" in printed and len(ours) <= 2)
            held = held or (status == 1 and "Python runtime state: " in printed and not ours)  # it had not started
            return "%s after %.2f s" % (command[-1], delay), [] if held else ["%s: %s" % (status, printed[-500:])]

    commands = [["-m", "RNN"], ["-m", "RNN.cluster"], ["-m", "RNN.compare", "--records", "none"]]
    commands += [[os.path.join(RNN, "simple_rnn_forward.py")], [os.path.join(RNN, "predict_sin.py")]]
    commands += [[os.path.join(RNN, "tf1")]]
    delays = (0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
    yield from two_at_a_time(case, [(command, delay) for command in commands for delay in delays])
