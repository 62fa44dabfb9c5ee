"""Two processes at once, and long ones."""

import os
import re
import signal
import subprocess
import sys
import time

from trials import FAULTS, PART_3, PART_6, PART_7, RNN, TESTS, ended, group, left_in, one_line, scratch, start


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
