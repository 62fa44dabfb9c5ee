"""Two processes at once, and long ones."""

import functools
import os
import re
import signal
import statistics
import subprocess
import sys
import time

from trials import (
    FAULTS,
    PART_3,
    PART_6,
    PART_7,
    RNN,
    TESTS,
    Fork,
    ended,
    group,
    left_in,
    numbers,
    one_line,
    run,
    scratch,
    start,
    two_at_a_time,
    until,
)


@group
def two_runs_at_once():
    """Several runs of a part in one --model-dir: one trains, the others are refused. All parts twice, one directory."""
    Fork.warm_up(3)
    with scratch() as directory:
        whole = {}
        for part in (PART_3 + ["200"], [*PART_7, "300"]):
            run(part, "--out", directory)
            whole[part[0]] = numbers(directory, part)

    for part in (PART_3 + ["200"], [*PART_7, "300"]):
        first_checkpoint = "checkpoint.npz" if part[0] == PART_3[0] else "model.ckpt-0.meta"
        for file, number in ((None, 2), (None, 3), (".run.lock", 2), (first_checkpoint, 2), (first_checkpoint, 3)):
            with scratch() as directory:
                model = os.path.join(directory, "model")
                processes = [Fork(part, "--model-dir", model, "--out", directory)]
                path = os.path.join(model, file or "")
                reached = not file or until(functools.partial(os.path.exists, path), processes[0])
                processes += [Fork(part, "--model-dir", model, "--out", directory) for _ in range(number - 1)]
                found = [ended(process) for process in processes]
                refused = [one for one in found if one_line(one, 2) and " is in use by process " in one[1]]
                held = len(refused) == number - 1 and [one for one in found if one[0] == 0]
                held = held and not left_in(model) and reached and (not file or found[0][0] == 0)
                held = held and numbers(directory, part) == whole[part[0]]
                yield "%d of %s after %s" % (number, part[0], file or "nothing"), [] if held else [str(found)]
    with scratch() as directory:
        command = [sys.executable, "-m", "RNN", "--quick", "--data", "synthetic", "--out", directory]
        settings = {"cwd": os.path.dirname(RNN), "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
        found = [ended(process, 600) for process in [subprocess.Popen(command, **settings) for _ in range(2)]]
        yield "python -m RNN twice", [] if [one[0] for one in found] == [0, 0] else [str(found)]
        yield "nothing is left", left_in(directory)


@group
def race():
    """One process saves a checkpoint all the time, another restores it: never a mixture."""
    import small_checkpoint

    saver = """
import pathlib, sys
sys.path[:0] = sys.argv[1:4]
import os, small_checkpoint
place = pathlib.Path(sys.argv[4])
for i in range(10**6):
    (place / "new").mkdir(exist_ok=True)
    small_checkpoint.saved(place / "new", i % 1000)
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
                state, (a, b) = small_checkpoint.restored(pathlib.Path(directory))
                seen.add(a[0])
                yield (
                    "restore %d" % number,
                    [] if len(set(a + b)) == 1 and state == small_checkpoint.STATE else [str((a, b))],
                )
            yield "different checkpoints were seen", [] if len(seen) > 30 else [str(len(seen))]
        finally:
            process.kill()
            process.wait()


@group
def long_runs():
    """The memory of 4,000 steps of part 6 and of 2,000 epochs of part 3 does not grow beyond what they record."""

    def case(part):
        with scratch() as directory:
            process = start(part, "--out", directory)
            sizes = []
            while len(sizes) < 80 and process.stdout.readline():
                with open("/proc/%d/status" % process.pid) as file:
                    sizes.append(int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1000)
            process.send_signal(signal.SIGINT)
            status, _ = ended(process)
            # it goes up and down by some 100 MB
            early, late = (statistics.median(some or [0]) for some in (sizes[10:30], sizes[60:]))
            held = status == 130 and len(sizes) == 80 and late - early < 20
            return "%s: %d MB, then %d MB" % (part[0], early, late), [] if held else ["status %s, %s" % (status, sizes)]

    part_6 = PART_6[:3] + ["--print-every", "50", "--training-steps", "100000"]
    part_3 = PART_3[:-1] + ["--print-every", "50", "--epoch", "100000"]
    yield from two_at_a_time(case, [part_6, part_3])
