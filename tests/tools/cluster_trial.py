"""A trial, not a test: kills tasks of a cluster at random moments, and checks that every run still reaches its total.

    python tests/tools/cluster_trial.py            20 kills, some minutes
    python tests/tools/cluster_trial.py --kills 5 --seed 3

Clusters of part 7, which start a killed task again, follow one another until enough tasks were killed (kill -9). The
status is 0 if each run ended in time and without a failed task, with a last checkpoint of exactly the total and a small
mean square error, and left no process behind.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import threading
import time

RNN = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "RNN")
sys.path.insert(0, RNN)

from common import records  # noqa: E402

import cluster  # noqa: E402

STEPS = 4000
AT_MOST = 5  # kills in a run
LONGEST = 600  # seconds of a run
BOUND = 0.02  # mean square error; an untrained network has some 0.5


class Killed(cluster.Cluster):
    """A cluster some of whose tasks are killed at random moments.

    Args:
        directory: for the record, the figure and the checkpoints.
        kills: the most tasks to kill.
        choose: a random.Random.

    Attributes:
        kills: number of tasks killed.
        pids: of all processes.
    """

    def __init__(self, directory, kills, choose):
        command = [sys.executable, os.path.join(RNN, "tflearn_sin.py"), "--training-steps", str(STEPS)]
        command += ["--out", directory, "--model-dir", os.path.join(directory, "model")]
        super().__init__(command, {"ps": 1, "worker": 3})
        self.kills, self.pids, self._ended = 0, [], threading.Event()
        self._killer = threading.Thread(target=self._kill, args=(kills, choose))

    def start(self, name):
        super().start(name)
        self.pids.append(self.processes[name].pid)

    def run(self):
        self._killer.start()
        try:
            super().run()
        finally:
            self._ended.set()
            self._killer.join()

    def _kill(self, kills, choose):
        while self.kills < kills and not self._ended.wait(choose.uniform(1, 10)):
            name = choose.choice(sorted(self.processes))
            if self.processes[name].poll() is None:
                self.processes[name].kill()
                self.kills += 1
                print("%s killed" % name, flush=True)


def run(kills, choose):
    """One run of a cluster, with at most ``kills`` kills.

    Returns:
        (the number of kills, what was wrong or "").
    """
    with tempfile.TemporaryDirectory() as directory:
        tasks = Killed(directory, kills, choose)
        signal.alarm(LONGEST)
        try:
            tasks.run()
            wrong = [] if os.path.exists(os.path.join(directory, "model", "model.ckpt-%d.index" % STEPS)) else ["steps"]
            mse = records.read(os.path.join(directory, "tflearn_sin.json"))["losses"]["mse"]
            wrong += [] if mse < BOUND else ["mean square error %g" % mse]
        except Exception as error:
            wrong = [repr(error)]
        signal.alarm(0)
        wrong += ["process %d is left" % pid for pid in tasks.pids if os.path.exists("/proc/%d" % pid)]
        return tasks.kills, ", ".join(wrong)


def main():
    """Reads the options, runs clusters until enough tasks were killed; returns the status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()

    def hangs(number, frame):
        raise TimeoutError("it hangs")

    signal.signal(signal.SIGALRM, hangs)
    choose, left, runs, failed = random.Random(chosen.seed), chosen.kills, 0, 0
    while left > 0:
        started = time.time()
        kills, wrong = run(min(left, AT_MOST), choose)
        left, runs, failed = left - kills, runs + 1, failed + bool(wrong)
        print("run %d: %d kills, %.0f s: %s" % (runs, kills, time.time() - started, wrong or "ok"), flush=True)
    print("%d kills in %d runs, %d of them failed" % (chosen.kills, runs, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
