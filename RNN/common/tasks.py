"""The task of this process in a TensorFlow cluster, as the environment variable TF_CONFIG names it."""

import contextlib
import os
import re
import socket
import threading
import time

from common import console, errors, options

import tf1 as tf
from tf1.installed import server

TASK_OPTIONS = {
    "--session-creation-timeout": {
        "type": options.integer(1, 86400),
        "default": 300,
        "metavar": "SECONDS",
        "help": "in a cluster: how long a task waits for the others (default: 300)",
    }
}
# only the chief runs the last steps, these for each other worker: a step of theirs would exceed the total
_ALONE = 20
_IDLE = 5  # seconds without a step after which a worker looks whether the chief is done


def of_environment(total, chosen):
    """The Task of this process; None without a cluster in TF_CONFIG.

    Args:
        total: number of steps that the workers train together.
        chosen: the parsed options model_dir, threads and session_creation_timeout.

    Raises:
        UsageError: TF_CONFIG is not valid, or --model-dir is missing.
    """
    try:
        config = tf.contrib.learn.RunConfig(model_dir=chosen.model_dir)
        cluster = config.cluster_spec.as_dict()
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise errors.UsageError("TF_CONFIG: %s" % error) from error
    if not config.master:
        if len(cluster) > 1:
            raise errors.UsageError("TF_CONFIG: it has a cluster, but not the type and index of this task")
        return None
    chief = "master" if config.environment == "cloud" else "worker"
    for job in ("ps", chief):
        if not cluster.get(job):
            raise errors.UsageError("TF_CONFIG: the cluster has no %s" % job)
    for address in sum(cluster.values(), []):  # TensorFlow aborts at some that cannot be resolved
        if not re.fullmatch(r"(\[[\w:.%]+\]|[\w.-]{1,253}):(?=.*[1-9])\d{1,5}", address, re.ASCII):
            raise errors.UsageError("TF_CONFIG: %r is not an address HOST:PORT" % address)
    if not chosen.model_dir:
        raise errors.UsageError("--model-dir is required in a cluster: a directory that all tasks share")
    return Task(config, cluster, cluster[chief][0], total, chosen)


class Task:
    """A task: a parameter server, which serves; the chief; or another worker.

    Args:
        config: a tf.contrib.learn.RunConfig.
        cluster: {job: [address]}.
        chief: address of the chief.
        total, chosen: as for of_environment.

    Attributes:
        name: as in "worker 1".
        is_chief: whether it saves, prints and draws.
        last_step: the global step at which it stops.
    """

    def __init__(self, config, cluster, chief, total, chosen):
        self.cluster, self.chief, self.total, self.directory = cluster, chief, total, chosen.model_dir
        self.is_chief, self.timeout = config.is_chief, chosen.session_creation_timeout
        self.job, self.index = config.task_type, config.task_id
        self.name = "%s %d" % (self.job, self.index)
        self.address = cluster[self.job][self.index]
        alone = 0 if self.is_chief else min(_ALONE * (config.num_worker_replicas - 1), total // 2)
        self.last_step = total - alone
        self.session_config = tf.ConfigProto(
            intra_op_parallelism_threads=chosen.threads,
            inter_op_parallelism_threads=chosen.threads,
            allow_soft_placement=True,
            # sessions that see no other worker work while one is dead
            device_filters=["/job:ps", "/job:%s/task:%d" % (self.job, self.index)],
        )

    def start(self, fresh):
        """Starts TensorFlow's server; a parameter server then serves until it is ended by a signal.

        A worker waits for the parameter servers and the chief, the chief of a new run for all tasks.

        Args:
            fresh: whether the run starts without a checkpoint.

        Returns:
            The RunConfig for an Estimator.

        Raises:
            RunError: the port is in use, or a task does not answer within the timeout.
        """
        spec = tf.train.ClusterSpec(self.cluster)
        try:
            with socket.socket() as one:  # TensorFlow would write a long line of C++ about a port in use
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                one.bind(("", int(self.address.rpartition(":")[2])))
            self._server = server.start(spec, self.job, self.index, self.session_config)
        except (OSError, ValueError, OverflowError, tf.errors.OpError) as error:
            text = "%s cannot listen at %s: %s"
            raise errors.RunError(text % (self.name, self.address, errors.reason(error))) from error
        if self.job == "ps":
            console.remark("%s serves at %s until Ctrl-C or SIGTERM" % (self.name, self.address))
            while True:  # in pieces: a signal that comes just before a wait is handled after it
                time.sleep(0.5)
        addresses = list(self.cluster["ps"]) + [self.chief]
        if self.is_chief and fresh:
            addresses = sum(self.cluster.values(), [])
        self.note_step()
        for address in addresses:
            self._wait(lambda address=address: _answers(address), address)
        return tf.contrib.learn.RunConfig(
            model_dir=self.directory,
            session_config=self.session_config,
            session_creation_timeout_secs=self.timeout,
            save_checkpoints_secs=10,  # a parameter server that dies loses the steps since the last one
        )

    def wait_for_chief(self):
        """Waits until the chief has initialized the variables of the default graph, and saved them.

        TensorFlow waits too, but looks every 30 seconds only.

        Raises:
            RunError: it did not within the timeout.
        """
        if self.is_chief:
            return
        missing = tf.report_uninitialized_variables(tf.global_variables())

        def initialized():
            if not tf.train.latest_checkpoint(self.directory):
                return False
            try:
                with tf.Session(self._server.target, config=self.session_config) as session:
                    return not session.run(missing).size
            except (tf.errors.AbortedError, tf.errors.UnavailableError):  # a parameter server has just died
                return False

        self._wait(initialized, self.chief)

    @contextlib.contextmanager
    def watch(self):
        """A context in which this task may not wait longer than the timeout for a step; see note_step.

        TensorFlow waits for a parameter server forever, and neither an exception nor a signal ends that wait. So a
        thread ends the process: with status 1 and the address of a task that does not answer, or 0 if the chief is done
        meanwhile.
        """
        done = threading.Event()
        self.note_step()

        def watch():
            while not done.wait(0.5):
                if time.monotonic() > self._noted + _IDLE and self.is_done_without_this():
                    os._exit(0)
                if self._is_late():
                    needed = list(self.cluster["ps"]) + [self.chief]
                    silent = [address for address in needed if not _answers(address)] or needed
                    errors.report("error: %s" % self._no_answer(silent[0]), 1)
                    os._exit(1)

        threading.Thread(target=watch, daemon=True).start()
        try:
            yield
        finally:
            done.set()

    def note_step(self):
        """Within watch: starts the timeout again."""
        self._noted = time.monotonic()

    def _is_late(self):
        return time.monotonic() > self._noted + self.timeout

    def is_done_without_this(self):
        """Whether the chief, which is another task, has saved the last step."""
        found = None if self.is_chief else tf.train.latest_checkpoint(self.directory)
        return bool(found) and int(found.rpartition("-")[2]) >= self.total

    def _no_answer(self, address):
        return "no answer from %s within %d seconds" % (address, self.timeout)

    def _wait(self, reached, address):
        while not reached():
            if self.is_done_without_this():
                console.remark("%s has nothing to do: all steps are done" % self.name)
                raise SystemExit(0)
            if self._is_late():
                raise errors.RunError(self._no_answer(address))
            time.sleep(0.2)


def label_of(cluster):
    """The name of a cluster {job: [address]} in a table and on a figure, as in "cluster of 1 ps, 2 worker"."""
    return "cluster of %s" % ", ".join("%d %s" % (len(cluster[job]), job) for job in sorted(cluster))


def _answers(address):
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=2).close()
    except (OSError, ValueError):
        return False
    return True
