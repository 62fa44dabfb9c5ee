"""Part 7 on a TensorFlow cluster of several processes on this machine."""

import ctypes
import functools
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from concurrent import futures

from common import errors, records

import cluster
import numpy as np
import pytest
from conftest import wait_until
from local_tasks import ELSEWHERE, RNN, accepts, address, environment, last_step, listener, own_address

import tf1 as tf
from tf1.installed import server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(tf.__version__.startswith("1."), reason="the cluster is for TensorFlow 2"),
]


STEPS = 300
ATTACH_FILTER = 26  # SO_ATTACH_FILTER of Linux
SMALL = ["--hidden-size", "6", "--num-layers", "1", "--training-examples", "2000", "--learning-rate", "0.3"]


def command(directory, *more, steps=STEPS):
    """The command line of part 7 with a small network."""
    line = [sys.executable, os.path.join(RNN, "tflearn_sin.py"), "--training-steps", str(steps), *SMALL, *more]
    return line + ["--out", str(directory / "out"), "--model-dir", str(directory / "model")]


def together(directory, ps, workers, steps=STEPS, killed=()):
    """Trains in a cluster, tasks of which are killed one after the other; returns the record."""
    tasks = cluster.Cluster(command(directory, steps=steps), {"ps": ps, "worker": workers})
    pids, start = [], tasks.start

    def noted(name):
        start(name)
        pids.append(tasks.processes[name].pid)

    def has_saved_after(moment):
        saved = directory / "model" / "checkpoint"
        return saved.exists() and saved.stat().st_mtime > moment

    def kill():
        last = 0
        for name in killed:
            wait_until(functools.partial(has_saved_after, last))
            time.sleep(0.5)  # into the training; from outside, one moment of it is like another
            tasks.processes[name].send_signal(signal.SIGKILL)
            if name in ("ps 0", cluster.CHIEF):  # the chief saves a checkpoint before training resumes
                last = time.time()

    tasks.start = noted
    threading.Thread(target=kill, daemon=True).start()
    tasks.run()
    assert not any(is_running(pid) for pid in pids)
    assert len(pids) == ps + workers + len(killed)
    assert not ps or tasks.processes["ps 0"].returncode == 143  # by SIGTERM
    return records.read(str(directory / "out" / "tflearn_sin.json"))


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_two_workers_reach_the_total(tmp_path, capsys):
    record = together(tmp_path, 1, 2)
    printed = capsys.readouterr().out
    done = {int(worker): int(steps) for worker, steps in re.findall(r"worker (\d) did (\d+) steps", printed)}
    assert sum(done.values()) == STEPS == last_step(tmp_path)
    assert min(done.values()) > 0
    assert len(record["losses"]["train_loss"]) == done[0]
    assert record["losses"]["mse"] < 0.1 < record["losses"]["train_loss"][0]
    assert "[ps 0] tflearn_sin.py: ps 0 serves at %s until" % record["cluster"]["ps"][0] in printed
    assert "listens on all network interfaces" not in printed
    assert len(record["cluster"]["ps"]) == 1
    assert len(record["cluster"]["worker"]) == 2
    assert "trained on a cluster of 1 ps, 2 worker" in record["changed"]
    assert printed.count("Mean Square Error is: ") == printed.count("[worker 0] Mean Square Error is: ") == 1
    assert sorted(os.listdir(str(tmp_path / "out"))) == ["TFLearn_for_sin.png", "tflearn_sin.json"]


def test_a_cluster_of_one_worker_computes_the_losses_of_one_process(tmp_path):
    with futures.ThreadPoolExecutor() as pool:
        alone = pool.submit(together, tmp_path / "alone", 0, 1, steps=100)
        record = together(tmp_path / "cluster", 1, 1, steps=100)
        alone = alone.result()
    assert "cluster" not in alone
    assert "cluster" in record
    np.testing.assert_allclose(record["losses"]["train_loss"], alone["losses"]["train_loss"], rtol=0, atol=1e-6)
    assert record["losses"]["mse"] == pytest.approx(alone["losses"]["mse"], abs=1e-6)


def test_killed_tasks_are_restarted(tmp_path):
    record = together(tmp_path, 1, 2, steps=600, killed=["ps 0", "worker 1", "worker 0"])
    assert last_step(tmp_path) == 600
    assert record["losses"]["mse"] < 0.1


def may_filter():
    """Whether this user may filter TCP."""
    with socket.socket() as one:
        try:
            program = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0))  # one instruction: drop the packet
            option = struct.pack("HP", 1, ctypes.addressof(program))
            one.setsockopt(socket.SOL_SOCKET, ATTACH_FILTER, option)
        except OSError:
            return False
    return True


def is_own(host):
    """Whether a host is an address of this machine."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as one:
        try:
            one.bind((host, 0))
        except OSError:
            return False
    return True


def ended(directory, jobs, job, *more):
    """How a task of part 7 ends."""
    return subprocess.run(
        command(directory, *more), env=environment(jobs, job), capture_output=True, text=True, timeout=60
    )


def check_one_line(done, status, text):
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("tflearn_sin.py: error: ")
    assert done.stderr.count("\n") == 1
    assert text in done.stderr


@pytest.mark.parametrize("missing", ["ps", "worker"])
def test_a_missing_task_is_reported_after_the_timeout(refused, monkeypatch, tmp_path, missing):
    with listener()[0] as ps:
        jobs = {"ps": ["127.0.0.1:%d" % ps.getsockname()[1]], "worker": [address(), address()]}
        jobs[missing][-1] = address()
        monkeypatch.setenv("TF_CONFIG", environment(jobs, "worker")["TF_CONFIG"])
        arguments = ["--session-creation-timeout", "1", "--model-dir", str(tmp_path / "model")]
        line = refused("tflearn_sin", *arguments, status=1)
        assert "no answer from %s within 1 seconds" % jobs[missing][-1] in line


def test_a_parameter_server_that_does_not_answer_is_reported(tmp_path):
    with listener()[0] as ps:
        ps_address = "127.0.0.1:%d" % ps.getsockname()[1]
        jobs = {"ps": [ps_address], "worker": [address()]}
        check_one_line(ended(tmp_path, jobs, "worker", "--session-creation-timeout", "1"), 1, ps_address)


@pytest.mark.parametrize("job", ["ps", "worker"])
def test_a_port_in_use_is_reported(refused, monkeypatch, tmp_path, job):
    with listener()[0] as taken:
        jobs = {"ps": [address()], "worker": [address()]}
        jobs[job] = ["127.0.0.1:%d" % taken.getsockname()[1]]
        text = "cannot listen at %s: [Errno 98] Address already in use" % jobs[job][0]
        if job == "ps":  # in a process of its own, to see that TensorFlow writes nothing either
            check_one_line(ended(tmp_path, jobs, job), 1, text)
        else:
            monkeypatch.setenv("TF_CONFIG", environment(jobs, job)["TF_CONFIG"])
            assert text in refused("tflearn_sin", "--model-dir", str(tmp_path / "model"), status=1)


def test_ctrl_c_ends_a_parameter_server(tmp_path):
    port = cluster.free_ports(1)[0]
    jobs = {"ps": ["%s:%d" % (ELSEWHERE, port)], "worker": [address()]}
    process = subprocess.Popen(
        command(tmp_path), env=environment(jobs, "ps"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert "ps 0 listens on all network interfaces, not at %s only" % ELSEWHERE in process.stderr.readline()
        assert process.stderr.readline().startswith("tflearn_sin.py: ps 0 serves at " + jobs["ps"][0])
        assert accepts("127.0.0.1", port, 5)
        assert accepts(own_address(), port, 5)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can filter a server's connections")
@pytest.mark.parametrize("permitted", [True, False])
def test_a_server_accepts_connections_to_its_own_address_only(monkeypatch, caplog, permitted):
    set_option, resolve = socket.socket.setsockopt, socket.getaddrinfo

    def refuse(one, level, option, value):
        if option == ATTACH_FILTER:
            raise PermissionError("no filter")
        set_option(one, level, option, value)

    def debian(host, *more, **named):
        return resolve("127.0.1.1" if host == "this-machine" else host, *more, **named)

    if not permitted:
        monkeypatch.setattr(socket.socket, "setsockopt", refuse)
    elif not may_filter():
        pytest.skip("this user may not filter")
    monkeypatch.setattr(socket, "getaddrinfo", debian)
    loopback = [place for place in ("127.0.0.1", "127.0.0.2", "::1") if is_own(place)]
    places = loopback + [place for place in [own_address()] if place not in loopback]
    localhost = {name[4][0] for name in resolve("localhost", None)}
    localhost = [place for place in loopback if place in localhost or not permitted]
    reached = {"localhost": localhost, "0.0.0.0": places, ELSEWHERE: places, "this-machine": places}
    for place in places:
        reached[place] = [place] if permitted else loopback if place in loopback else places
    for host, expected in reached.items():
        caplog.clear()
        port = cluster.free_ports(1)[0]
        spec = tf.train.ClusterSpec({"ps": ["%s:%d" % ("[%s]" % host if ":" in host else host, port)]})
        server.start(spec, "ps", 0, tf.ConfigProto())
        assert [place for place in places if accepts(place, port, 5 if place in expected else 0.2)] == expected, host
        assert ("ps 0 listens on all network interfaces" in caplog.text) == (expected is places), host


@pytest.mark.parametrize(
    "settings, message",
    [
        ("{", "TF_CONFIG: "),
        ("[]", "TF_CONFIG: "),
        ({"task": {"type": "evaluator"}}, "evaluator is not a valid task_type"),
        ({"task": {"type": "worker", "index": 1}}, "1 is not a valid task_id"),
        ({"task": {}}, "not the type and index of this task"),
        ({"task": {"type": "worker"}, "cluster": {"worker": ["one:1", "two:1"]}}, "the cluster has no ps"),
        ({"task": {"type": "worker"}, "environment": "cloud"}, "the cluster has no master"),
        ({"task": {"type": "worker"}}, "--model-dir is required in a cluster"),
    ],
)
def test_an_invalid_cluster_is_refused(refused, monkeypatch, settings, message):
    if isinstance(settings, dict):
        settings = json.dumps(dict({"cluster": {"ps": ["one:1"], "worker": ["two:1"]}}, **settings))
    monkeypatch.setenv("TF_CONFIG", settings)
    assert message in refused("tflearn_sin")


def test_a_task_that_fails_ends_the_others(tmp_path):
    tasks = cluster.Cluster(command(tmp_path, "--batch-size", "100000"), {"ps": 1, "worker": 2})
    with pytest.raises(errors.RunError, match="ended with status 2, see above"):
        tasks.run()
    assert not any(is_running(process.pid) for process in tasks.processes.values())


@pytest.mark.parametrize("number, status", [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_no_task_outlives_the_launcher(tmp_path, number, status):
    if number == signal.SIGKILL and sys.platform != "linux":
        pytest.skip("only Linux ends the tasks of a launcher that was killed")
    launcher = subprocess.Popen(
        [sys.executable, "-m", "RNN.cluster", "--training-steps", "100000", "--out", str(tmp_path)],
        cwd=os.path.dirname(RNN), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    pid = int(re.search(r"one process is process (\d+)", launcher.stderr.readline()).group(1))
    launcher.send_signal(number)
    launcher.communicate(timeout=60)
    assert launcher.returncode == status
    wait_until(lambda: not is_running(pid))
