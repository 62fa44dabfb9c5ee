"""Trains part 7 in one process, then on a TensorFlow cluster of several processes on this machine, and compares them.

    python -m RNN.cluster --ps 1 --workers 2

Each process is a task of the cluster: TF_CONFIG names it, TensorFlow's own servers place and train. The output of each
task has its name before it. A task that is killed (kill -9) is started again; one that fails ends all. At the end a
table shows the training steps per second and the mean square error of both.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # as for a script in RNN/

from common import checkpoint, console, errors, options, parts, records, tasks  # first: Ctrl-C then ends it in one line

# isort: split
import contextlib
import ctypes
import glob
import json
import random
import re
import signal
import socket
import stat
import subprocess
import threading
import time

RNN = os.path.dirname(os.path.abspath(__file__))
PART = parts.BY_SCRIPT["tflearn_sin.py"]
CHIEF = "worker 0"
HEADER = ("", "steps per second", "mean square error")
CHECKPOINTS = r"checkpoint|graph\.pbtxt|options\.json|model\.ckpt-\d+\.\S+|events\.out\.tfevents\.\S+"
PATIENCE = 10  # seconds that a task has to end after a signal
KILLED = -getattr(signal, "SIGKILL", 9)  # the status of a process after kill -9
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def free_ports(count):
    """Ports that nothing listens on, below those that the system gives to outgoing connections."""
    ports = []
    for port in random.sample(range(20000, 32000), 1000):
        with socket.socket() as one, contextlib.suppress(OSError):
            one.bind(("", port))  # all interfaces, as TensorFlow's servers do
            ports.append(port)
        if len(ports) == count:
            return ports
    raise errors.RunError("no %d free ports from 20000 to 31999" % count)


def end_with_launcher():
    """Has Linux kill this process when the one that started it has died, even by kill -9."""
    if _libc:
        _libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class Cluster:
    """The processes of part 7 that train together.

    Args:
        command: the command line of each.
        jobs: {"ps": number of tasks, "worker": number of tasks}; without a parameter server, there is one process only.
    """

    def __init__(self, command, jobs):
        self.command, self.processes, self.readers = command, {}, []
        ports = iter(free_ports(sum(jobs.values())))
        self.addresses = {job: ["127.0.0.1:%d" % next(ports) for _ in range(count)] for job, count in jobs.items()}
        self.label = tasks.label_of(self.addresses) if jobs["ps"] else "one process"

    def start(self, name):
        """Starts a task, say "worker 1", and shows its output."""
        job, index = name.split()
        config = {"cluster": self.addresses, "task": {"type": job, "index": int(index)}} if self.addresses["ps"] else {}
        process = subprocess.Popen(
            self.command,
            env=dict(os.environ, TF_CONFIG=json.dumps(config)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=end_with_launcher,
            start_new_session=True,  # Ctrl-C reaches it through this program only
            text=True,
            errors="replace",
        )
        self.processes[name] = process
        shown = name if self.addresses["ps"] else self.label
        reader = threading.Thread(target=_show, args=(shown, process.stdout), daemon=True)
        reader.start()
        self.readers.append(reader)
        console.remark("%s is process %d" % (shown, process.pid))

    def run(self):
        """Runs the tasks until the chief has ended, then ends the others.

        Raises:
            RunError: a task failed.
        """
        number = signal.SIGTERM
        try:
            for job, addresses in self.addresses.items():
                for index in range(len(addresses)):
                    self.start("%s %d" % (job, index))
            while self.processes[CHIEF].poll() != 0:
                for name, process in list(self.processes.items()):
                    status = process.poll()
                    if status == KILLED:
                        console.remark("%s was killed, and is started again" % name)
                        self.start(name)
                    elif status:
                        raise errors.RunError("%s ended with status %d, see above" % (name, status))
                time.sleep(0.1)
        except KeyboardInterrupt:
            number = signal.SIGINT
            raise
        finally:
            self.end(number)

    def end(self, number):
        """Sends a signal to all tasks, and kills those that do not end by it."""
        try:
            for process in self.processes.values():
                process.send_signal(number)
            limit = time.monotonic() + PATIENCE
            for process in self.processes.values():
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(max(0, limit - time.monotonic()))
        finally:
            for process in self.processes.values():
                process.kill()
                process.wait()
            for reader in self.readers:
                reader.join()


def _show(name, lines):
    for line in lines:
        print("[%s] %s" % (name, line), end="", flush=True)


def steps_per_second(model_dir):
    """Global steps per second, as TensorFlow wrote them for every 100 steps; None where there were fewer."""
    import tf1 as tf

    seconds = []
    for path in glob.glob(os.path.join(glob.escape(model_dir), "events.out.tfevents.*")):
        for event in tf.train.summary_iterator(path):
            seconds += [1 / value.simple_value for value in event.summary.value if value.tag == "global_step/sec"]
    return len(seconds) / sum(seconds) if seconds else None


def remove_checkpoints(directory):
    """Removes the checkpoints that part 7 has left in a directory.

    Raises:
        UsageError: the directory holds something else; nothing is removed then.
    """
    names = sorted(set(os.listdir(directory)) - {checkpoint.LOCK})
    foreign = [name for name in names if not re.fullmatch(CHECKPOINTS, name)]
    foreign += [name for name in names if not stat.S_ISREG(os.lstat(os.path.join(directory, name)).st_mode)]
    settings = {}
    if names and not foreign:
        with contextlib.suppress(OSError, ValueError, RecursionError):
            settings = records.parse(records.read_text(os.path.join(directory, checkpoint.SETTINGS)), {})
        foreign = [] if settings.get("script") == PART.script else ["no %s of it" % checkpoint.SETTINGS]
    if foreign:
        text = "--out: %s holds something else than checkpoints of part 7 (%s); use a different directory"
        raise errors.UsageError(text % (directory, foreign[0]))
    for name in sorted(names, key=checkpoint.SETTINGS.__eq__):  # last, because it identifies the others
        os.remove(os.path.join(directory, name))


def train(directory, training_steps, jobs):
    """Trains with some tasks.

    Args:
        directory: directory for the record, the figure and the checkpoints; earlier checkpoints in its directory
            ``model`` are removed.
        training_steps: number of global steps.
        jobs: as for Cluster.

    Returns:
        A row of the table.
    """
    model_dir = os.path.join(directory, "model")
    options.writable_directory("--out", model_dir)
    with checkpoint.in_use("--out", model_dir):
        remove_checkpoints(model_dir)
    command = [sys.executable, os.path.join(RNN, PART.script), "--training-steps", str(training_steps)]
    cluster = Cluster(command + ["--out", directory, "--model-dir", model_dir], jobs)
    cluster.run()
    rate = steps_per_second(model_dir)
    mse = records.read(os.path.join(directory, PART.record))["losses"]["mse"]
    return cluster.label, "%.0f" % rate if rate else "", "%.6f" % mse


def main(argv=None):
    """Reads the options, trains both ways, prints the table."""
    parser = options.parser(__doc__)
    parser.prog = "python -m RNN.cluster"
    count, add, out = options.integer, parser.add_argument, os.path.join(parts.OUTPUT, "cluster")
    add("--ps", type=count(1, 16), default=1, metavar="N", help="parameter servers (default: 1)")
    add("--workers", type=count(1, 64), default=2, metavar="N",
        help="workers, the first of which is the chief (default: 2)")  # fmt: skip
    add("--training-steps", type=count(1, 10**7), default=3000, metavar="N",
        help="steps that the workers train together (default: 3000)")  # fmt: skip
    add(
        "--out",
        type=options.tensorflow_path,
        default=out,
        metavar="DIR",
        help="directory of records, figures and checkpoints, which replace earlier ones (default: output/cluster/)",
    )
    chosen = parser.parse_args(argv)
    options.writable_directory("--out", chosen.out)
    rows = [HEADER]
    with checkpoint.in_use("--out", chosen.out):
        for name, jobs in (("one", {"ps": 0, "worker": 1}), ("cluster", {"ps": chosen.ps, "worker": chosen.workers})):
            rows.append(train(os.path.join(chosen.out, name), chosen.training_steps, jobs))
    print(console.table(rows))


if __name__ == "__main__":
    errors.run(main)
