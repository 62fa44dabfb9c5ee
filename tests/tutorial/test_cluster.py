"""Part 7, and Experiments, on a TensorFlow cluster of several processes on this machine."""

import ctypes
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

import tf1 as tf
from tf1 import server

learn = tf.contrib.learn

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(tf.__version__.startswith("1."), reason="the cluster is for TensorFlow 2"),
]

RNN = os.path.dirname(cluster.__file__)
STEPS = 300
ELSEWHERE = "198.51.100.1"  # no address of any machine (RFC 5737)
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

    def kill():
        saved, last = directory / "model" / "checkpoint", 0
        for name in killed:
            while not saved.exists() or saved.stat().st_mtime <= last:
                time.sleep(0.05)
            time.sleep(0.5)
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


def last_step(directory):
    """Global step in the last checkpoint."""
    return int(tf.train.load_variable(str(directory / "model"), "global_step"))


def test_two_workers_reach_the_total(tmp_path, capsys):
    record = together(tmp_path, 1, 2)
    printed = capsys.readouterr().out
    done = {int(worker): int(steps) for worker, steps in re.findall(r"worker (\d) did (\d+) steps", printed)}
    assert sum(done.values()) == STEPS == last_step(tmp_path)
    assert min(done.values()) > 0 and len(record["losses"]["train_loss"]) == done[0]
    assert record["losses"]["mse"] < 0.1 < record["losses"]["train_loss"][0]
    assert "[ps 0] tflearn_sin.py: ps 0 serves at %s until" % record["cluster"]["ps"][0] in printed
    assert "listens on all network interfaces" not in printed
    assert len(record["cluster"]["ps"]) == 1 and len(record["cluster"]["worker"]) == 2
    assert "trained on a cluster of 1 ps, 2 worker" in record["changed"]
    assert printed.count("Mean Square Error is: ") == printed.count("[worker 0] Mean Square Error is: ") == 1
    assert sorted(os.listdir(str(tmp_path / "out"))) == ["TFLearn_for_sin.png", "tflearn_sin.json"]


def test_a_cluster_of_one_worker_computes_the_losses_of_one_process(tmp_path):
    with futures.ThreadPoolExecutor() as pool:
        alone = pool.submit(together, tmp_path / "alone", 0, 1, steps=100)
        record = together(tmp_path / "cluster", 1, 1, steps=100)
        alone = alone.result()
    assert "cluster" not in alone and "cluster" in record
    np.testing.assert_allclose(record["losses"]["train_loss"], alone["losses"]["train_loss"], rtol=0, atol=1e-6)
    assert record["losses"]["mse"] == pytest.approx(alone["losses"]["mse"], abs=1e-6)


def test_killed_tasks_are_started_again(tmp_path):
    record = together(tmp_path, 1, 2, steps=600, killed=["ps 0", "worker 1", "worker 0"])
    assert last_step(tmp_path) == 600
    assert record["losses"]["mse"] < 0.1


def address():
    return "127.0.0.1:%d" % cluster.free_ports(1)[0]


def listener():
    """A socket that accepts connections, as a task that has started would, and its address."""
    one = socket.socket()
    one.bind(("127.0.0.1", cluster.free_ports(1)[0]))
    one.listen(5)
    return one, "127.0.0.1:%d" % one.getsockname()[1]


def accepts(host, port, timeout=0.5):
    """Whether a connection to an address and port of this machine gets an answer of gRPC within some seconds."""
    try:
        with socket.create_connection((host, port), timeout) as one:
            one.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]))
            return bool(one.recv(1))
    except OSError:
        return False


def own_address():
    """The address of this machine in its network; 127.0.0.1 without one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        try:
            one.connect((ELSEWHERE, 9))  # sends nothing
            return one.getsockname()[0]
        except OSError:
            return "127.0.0.1"


def may_filter():
    """Whether this user may filter TCP."""
    with socket.socket() as one:
        try:
            program = ctypes.create_string_buffer(struct.pack("HBBI", server._RETURN, 0, 0, 0))
            option = struct.pack("HP", 1, ctypes.addressof(program))
            one.setsockopt(socket.SOL_SOCKET, server._ATTACH_FILTER, option)
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


def environment(jobs, job, index=0, **more):
    return dict(os.environ, TF_CONFIG=json.dumps(dict(more, cluster=jobs, task={"type": job, "index": index})))


def ended(directory, jobs, job, *more):
    """How a task of part 7 ends."""
    return subprocess.run(
        command(directory, *more), env=environment(jobs, job), capture_output=True, text=True, timeout=60
    )


def check_one_line(done, status, text):
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("tflearn_sin.py: error: ") and done.stderr.count("\n") == 1
    assert text in done.stderr


@pytest.mark.parametrize("missing", ["ps", "worker"])
def test_a_task_that_never_comes(refused, monkeypatch, tmp_path, missing):
    with listener()[0] as ps:
        jobs = {"ps": ["127.0.0.1:%d" % ps.getsockname()[1]], "worker": [address(), address()]}
        jobs[missing][-1] = address()
        monkeypatch.setenv("TF_CONFIG", environment(jobs, "worker")["TF_CONFIG"])
        arguments = ["--session-creation-timeout", "1", "--model-dir", str(tmp_path / "model")]
        line = refused("tflearn_sin", *arguments, status=1)
        assert "no answer from %s within 1 seconds" % jobs[missing][-1] in line


def test_a_parameter_server_that_does_not_speak(tmp_path):
    with listener()[0] as ps:
        ps_address = "127.0.0.1:%d" % ps.getsockname()[1]
        jobs = {"ps": [ps_address], "worker": [address()]}
        check_one_line(ended(tmp_path, jobs, "worker", "--session-creation-timeout", "1"), 1, ps_address)


@pytest.mark.parametrize("job", ["ps", "worker"])
def test_a_port_in_use(refused, monkeypatch, tmp_path, job):
    with listener()[0] as taken:
        jobs = {"ps": [address()], "worker": [address()]}
        jobs[job] = ["127.0.0.1:%d" % taken.getsockname()[1]]
        text = "cannot listen at %s: [Errno 98] Address already in use" % jobs[job][0]
        if job == "ps":  # in a process of its own, to see that TensorFlow writes nothing either
            check_one_line(ended(tmp_path, jobs, job), 1, text)
        else:
            monkeypatch.setenv("TF_CONFIG", environment(jobs, job)["TF_CONFIG"])
            assert text in refused("tflearn_sin", "--model-dir", str(tmp_path / "model"), status=1)


def test_a_parameter_server_ends_by_ctrl_c(tmp_path):
    port = cluster.free_ports(1)[0]
    jobs = {"ps": ["%s:%d" % (ELSEWHERE, port)], "worker": [address()]}
    process = subprocess.Popen(
        command(tmp_path), env=environment(jobs, "ps"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert "ps 0 listens on all network interfaces, not at %s only" % ELSEWHERE in process.stderr.readline()
        assert process.stderr.readline().startswith("tflearn_sin.py: ps 0 serves at " + jobs["ps"][0])
        assert accepts("127.0.0.1", port, 5) and accepts(own_address(), port, 5)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can filter a server's connections")
@pytest.mark.parametrize("permitted", [True, False])
def test_a_server_is_reached_at_its_address_only(monkeypatch, caplog, permitted):
    set_option, resolve = socket.socket.setsockopt, socket.getaddrinfo

    def refuse(one, level, option, value):
        if option == server._ATTACH_FILTER:
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
def test_a_cluster_that_does_not_fit(refused, monkeypatch, settings, message):
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
    time.sleep(0.3)
    launcher.send_signal(number)
    launcher.communicate(timeout=60)
    assert launcher.returncode == status
    limit = time.time() + 10
    while is_running(pid) and time.time() < limit:
        time.sleep(0.1)
    assert not is_running(pid)


EXPERIMENT = """
import sys
sys.path.insert(0, sys.argv[1])
import tf1 as tf

def model_fn(features, labels, mode):
    slope = tf.get_variable("slope", [], initializer=tf.zeros_initializer())
    loss = tf.reduce_mean((slope * features - labels) ** 2)
    train_op = tf.train.GradientDescentOptimizer(0.01).minimize(loss, tf.train.get_global_step())
    print(mode, slope.device, flush=True)
    return tf.contrib.learn.ModelFnOps(mode, slope * features, loss, train_op)

def input_fn():
    return tf.constant([1.0, 2.0]), tf.constant([2.0, 4.0])

def experiment_fn(run_config, hparams):
    estimator = tf.contrib.learn.Estimator(model_fn, config=run_config)
    return tf.contrib.learn.Experiment(estimator, input_fn, input_fn, train_steps=200, eval_steps=1)

config = tf.contrib.learn.RunConfig(model_dir=sys.argv[2], session_creation_timeout_secs=60)
print(tf.contrib.learn.learn_runner.run(experiment_fn, run_config=config))
"""


def test_an_experiment_in_a_cluster(tmp_path):
    jobs = {"ps": [address()], "master": [address()], "worker": [address()]}
    line = [sys.executable, "-c", EXPERIMENT, RNN, str(tmp_path / "model")]
    start = lambda job: subprocess.Popen(  # noqa: E731
        line, env=environment(jobs, job, environment="cloud"), stdout=subprocess.PIPE, text=True
    )
    processes = {job: start(job) for job in jobs}
    try:
        printed = processes["master"].communicate(timeout=90)[0]
        assert processes["master"].returncode == 0 and processes["ps"].poll() is None
        if own_address() != "127.0.0.1":
            assert not accepts(own_address(), int(jobs["ps"][0].rpartition(":")[2]))
    finally:
        for process in processes.values():
            process.kill()
            process.communicate()
    assert "train /job:ps/task:0" in printed and "\neval \n" in printed
    loss = re.search(r"'loss': (?:np\.float32\()?([-\d.e]+)", printed).group(1)  # numpy 2 shows the type
    assert float(loss) < 1e-3
    assert last_step(tmp_path) in (200, 201)  # the worker may be in a step when the master is done, as in TensorFlow 1


# what TensorFlow 1.15.5 did in each schedule: the modes of the model function's graphs, the last global step, the
# directory of evaluations, and the arguments that the ExportStrategy got
SCHEDULES = [
    (None, {}, "train eval eval", 20, "eval", (None, 20)),
    ("train", {}, "train", 20, None, None),
    ("local_run", {}, "train eval", 20, "eval", (None, 20)),
    ("local_run", {"local_eval_frequency": 4, "check_interval_secs": 0}, "train" + 6 * " eval", 20, "eval", (None, 20)),
    ("train_and_evaluate", {"min_eval_frequency": 0}, "train eval", 20, "eval", (None, 20)),
    ("train_and_evaluate", {"check_interval_secs": 0}, "train" + 6 * " eval", 20, "eval", (None, 20)),
    ("train_and_evaluate", {"checkpoint_and_export": True}, "train" + 5 * " eval", 20, "eval_intermediate_export",
     ("model.ckpt-20", 20)),
    ("continuous_train_and_eval", {"train_steps_per_iteration": 7}, 3 * "train eval ", 21, "eval_one_pass", (None, 21)),
    ("test", {}, "train eval", 1, "eval_one_pass", (None, 1)),
]  # fmt: skip


@pytest.mark.parametrize("schedule, settings, modes, step, evaluations, exported", SCHEDULES)
def test_schedules(tmp_path, schedule, settings, modes, step, evaluations, exported):
    called, exports = [], []

    def model_fn(features, labels, mode):
        called.append(mode)
        slope = tf.get_variable("slope", [], initializer=tf.zeros_initializer())
        loss = tf.reduce_mean((slope * features - labels) ** 2)
        train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
        return learn.ModelFnOps(mode, slope * features, loss, train_op)

    def input_fn():
        return tf.constant([1.0, 2.0]), tf.constant([2.0, 4.0])

    def export(estimator, export_path, checkpoint_path, eval_result):
        exports.append((checkpoint_path and os.path.basename(checkpoint_path), eval_result["global_step"]))
        return export_path

    def experiment_fn(run_config, hparams):
        estimator = learn.Estimator(model_fn, config=run_config)
        strategy = learn.ExportStrategy("best", export)
        return learn.Experiment(
            estimator, input_fn, input_fn, train_steps=20, eval_steps=2, export_strategies=strategy, **settings
        )

    config = learn.RunConfig(model_dir=str(tmp_path / "model"), save_checkpoints_steps=5)
    result = learn.learn_runner.run(experiment_fn, run_config=config, schedule=schedule)
    assert called == modes.split()
    assert last_step(tmp_path) == step
    found = [name for name in os.listdir(str(tmp_path / "model")) if name.startswith("eval")]
    assert found == ([evaluations] if evaluations else [])
    assert exports[-1:] == ([exported] if exported else [])
    if schedule not in ("train", "test"):
        assert result[0]["global_step"] == step and result[1] == [os.fsencode(str(tmp_path / "model/export/best"))]


def test_continuous_eval_ends_with_the_training(tmp_path):
    estimator = learn.Estimator(lambda X, y: constant_model(y), config=learn.RunConfig(model_dir=str(tmp_path)))
    inputs = lambda: (tf.constant([1.0]), tf.constant([2.0]))  # noqa: E731
    experiment = learn.Experiment(
        estimator, inputs, inputs, train_steps=3, eval_steps=1, eval_delay_secs=0, continuous_eval_throttle_secs=0
    )
    seen = []
    experiment.continuous_eval(continuous_eval_predicate_fn=lambda result: seen.append(result) or len(seen) < 3)
    assert seen == [None, {}, {}]  # no checkpoint yet
    experiment.train()
    experiment.continuous_eval()
    experiment.continuous_eval_on_train_data()
    assert {"eval_continuous", "eval_continuous_on_train_data"} <= set(os.listdir(str(tmp_path)))
    with pytest.raises(ValueError, match="callable"):
        experiment.continuous_eval(continuous_eval_predicate_fn=3)


def constant_model(y):
    value = tf.get_variable("value", [], initializer=tf.zeros_initializer())
    loss = tf.reduce_mean((y - value) ** 2)
    return value + y, loss, tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())


def test_what_learn_runner_refuses(tmp_path, monkeypatch):
    run, config = learn.learn_runner.run, learn.RunConfig(model_dir=str(tmp_path))

    def experiment_fn(run_config, hparams=None):
        return learn.Experiment(learn.Estimator(lambda X, y: constant_model(y), config=run_config), None, None)

    for error, match, arguments in [
        (ValueError, "both", {"output_dir": "here", "run_config": config}),
        (ValueError, "Must set value", {}),
        (ValueError, "output directory", {"output_dir": ""}),
        (ValueError, "hparams", {"output_dir": "here", "hparams": 1}),
        (ValueError, "model_dir", {"run_config": learn.RunConfig()}),
        (ValueError, "RunConfig", {"run_config": 3}),
        (ValueError, "non-existent task nothing", {"run_config": config, "schedule": "nothing"}),
        (TypeError, "non-callable member train_steps", {"run_config": config, "schedule": "train_steps"}),
    ]:
        with pytest.raises(error, match=match):
            run(experiment_fn, **arguments)
    with pytest.raises(TypeError, match="not callable"):
        run(3, run_config=config)
    with pytest.raises(TypeError, match="did not return an Experiment"):
        run(lambda run_config, hparams: 3, run_config=config)
    with pytest.raises(RuntimeError, match="run_config"):
        run(lambda run_config, hparams: experiment_fn(run_config.replace(model_dir="there")), run_config=config)
    cluster_spec = {"ps": ["one:1"], "worker": ["two:1"], "other": ["three:1"]}
    for task, match in [
        ({}, "Must specify a schedule"),
        ({"type": "other"}, "No default schedule for task type: other"),
    ]:
        monkeypatch.setenv("TF_CONFIG", json.dumps({"cluster": cluster_spec, "task": task}))
        with pytest.raises(ValueError, match=match):
            run(experiment_fn, run_config=learn.RunConfig(model_dir=str(tmp_path)))
    for arguments in [{"export_strategies": 3}, {"saving_listeners": []}, {"train_steps_per_iteration": 0.5}]:
        with pytest.raises((ValueError, TypeError)):
            learn.Experiment(learn.Estimator(constant_model), None, None, **arguments)
    with pytest.raises(ValueError, match="estimator"):
        learn.Experiment(3, None, None)
