"""A trial, not a test: kills tasks of a cluster at random moments, and checks that every run still reaches its total.

    python tests/cluster_trial.py            20 kills, some minutes
    python tests/cluster_trial.py --kills 5 --seed 3

Runs of ``python -m RNN.cluster``, which starts a killed task again, follow one another until enough tasks were killed
(kill -9). The status is 0 if each run ended in time with status 0, with a last checkpoint of exactly the total and a
small mean square error, and left no process behind.
"""

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

RNN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "RNN")
STEPS = 4000
LONGEST = 600  # seconds of a run
BOUND = 0.02  # mean square error; an untrained network has some 0.5


def run(number, kills, choose):
    """One run of a cluster, with at most ``kills`` kills.

    Returns:
        (the number of kills, [what was wrong]).
    """
    with tempfile.TemporaryDirectory() as out:
        command = [
            sys.executable,
            "-u",
            os.path.join(RNN, "cluster.py"),
            "--workers",
            "3",
            "--training-steps",
            str(STEPS),
        ]
        launcher = subprocess.Popen(
            command + ["--out", out], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        lines, pids = [], {}

        def read():
            for line in launcher.stdout:
                lines.append(line)
                found = re.search(r"(ps \d+|worker \d+) is process (\d+)", line)
                if found:
                    pids[found.group(1)] = int(found.group(2))

        threading.Thread(target=read, daemon=True).start()
        done, started = 0, time.time()
        while launcher.poll() is None and time.time() - started < LONGEST:
            end = time.time() + choose.uniform(0.5, 12)
            while launcher.poll() is None and time.time() < end:
                time.sleep(0.05)
            if done < kills and len(pids) == 4 and launcher.poll() is None:
                name = choose.choice(sorted(pids))
                try:
                    os.kill(pids[name], signal.SIGKILL)
                except ProcessLookupError:  # it was done
                    continue
                done += 1
                print("run %d, %.1f s: %s killed" % (number, time.time() - started, name), flush=True)
        wrong = []
        if launcher.poll() is None:
            wrong.append("it hangs")
            launcher.terminate()
        if launcher.wait():
            wrong.append("status %d" % launcher.returncode)
        time.sleep(0.5)
        wrong += ["%s is left behind" % name for name, pid in pids.items() if os.path.exists("/proc/%d" % pid)]
        if not os.path.exists(os.path.join(out, "cluster", "model", "model.ckpt-%d.index" % STEPS)):
            wrong.append("no checkpoint of step %d: %s" % (STEPS, os.listdir(os.path.join(out, "cluster", "model"))))
        try:
            with open(os.path.join(out, "cluster", "tflearn_sin.json"), encoding="utf-8") as file:
                mse = json.load(file)["losses"]["mse"]
            wrong += [] if mse < BOUND else ["mean square error %g" % mse]
        except OSError as error:
            wrong.append(str(error))
        if wrong:
            print("".join(lines))
        print(
            "run %d: %d kills, %.0f s: %s" % (number, done, time.time() - started, "; ".join(wrong) or "ok"), flush=True
        )
        return done, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    choose, left, number, failed = random.Random(chosen.seed), chosen.kills, 0, 0
    while left > 0:
        number += 1
        done, wrong = run(number, left, choose)
        left -= done
        failed += bool(wrong)
    print("%d kills in %d runs, %d of them failed" % (chosen.kills, number, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
