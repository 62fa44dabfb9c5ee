"""The cost of an old program through tf1, on plain TensorFlow and on TensorFlow 1.15  (make bench).

    python tests/tools/bench_tf1.py [PYTHON37]    prints a table of CPU seconds; PYTHON37 has TensorFlow 1.15.5

Each number is the best of several processes, one after the other, each on one processor:
    start      seconds to start a program that imports TensorFlow
    step       microseconds of a training step of a small LSTM through Session.run
    build      seconds to build 200 unrolled steps of three layers, with gradients
    memory     megabytes that 1,000 graphs with a session each leave behind
"""

import gc
import json
import os
import resource
import subprocess
import sys
import time

RNN = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "RNN")
ROUNDS = 3


def resident():
    """Megabytes of this process in memory (Linux)."""
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


def step(tf, config):
    import numpy as np

    with tf.Graph().as_default(), tf.Session(config=config) as session:
        x, y = tf.placeholder(tf.float32, [32, 10, 1]), tf.placeholder(tf.float32, [32, 1])
        _, state = tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell(8), x, dtype=tf.float32)
        loss = tf.reduce_mean(tf.square(tf.matmul(state.h, tf.get_variable("w", [8, 1])) - y))
        train = tf.train.AdamOptimizer().minimize(loss)
        session.run(tf.global_variables_initializer())
        feed = {x: np.ones([32, 10, 1]), y: np.ones([32, 1])}
        times = []
        for _ in range(8):
            start = time.process_time()
            for _ in range(200):
                session.run([train, loss], feed)
            times.append((time.process_time() - start) / 200)
    return min(times) * 1e6


def build(tf):
    start = time.process_time()
    with tf.Graph().as_default():
        cell = tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.BasicLSTMCell(8) for _ in range(3)])
        outputs, _ = tf.nn.static_rnn(cell, [tf.zeros([4, 8]) for _ in range(200)], dtype=tf.float32)
        tf.gradients(tf.reduce_sum(outputs[-1]), tf.trainable_variables())
    return time.process_time() - start


def memory(tf, config):
    def one():
        with tf.Graph().as_default(), tf.Session(config=config) as session:
            w = tf.get_variable("w", [10])
            session.run(tf.global_variables_initializer())
            session.run(tf.reduce_sum(w * 2))

    for _ in range(50):
        one()
    before = resident()
    for _ in range(1000):
        one()
    return resident() - before


def measure():
    """Run as a program by each of the three; prints JSON."""
    if "plain" in sys.argv:
        import tensorflow.compat.v1 as tf

        tf.disable_v2_behavior()
    else:
        import tensorflow as tf
    tf.logging.set_verbosity(tf.logging.ERROR)
    config = tf.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)
    print(json.dumps({"step": step(tf, config), "build": build(tf), "memory": memory(tf, config)}))


def seconds(command, environment):
    """CPU seconds of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    environment = dict(os.environ, CUDA_VISIBLE_DEVICES="-1", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")
    if sys.version_info >= (3, 12):
        environment["TF_USE_LEGACY_KERAS"] = "1"  # plain TensorFlow has the cells in tf-keras
    kinds = {"tf1": [sys.executable, os.path.join(RNN, "tf1")], "plain": [sys.executable]}
    if len(sys.argv) > 1:
        kinds["1.15.5"] = [sys.argv[1]]
    print("%-8s %8s %8s %8s %8s" % ("", "start s", "step us", "build s", "memory"))
    for kind, command in kinds.items():
        imports = "import tensorflow.compat.v1" if kind == "plain" else "import tensorflow"
        start = min(seconds(command + ["-c", imports], environment) for _ in range(ROUNDS))
        found = []
        for _ in range(ROUNDS):
            done = subprocess.run(
                command + [os.path.abspath(__file__), "measure", kind],
                env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True,
            )  # fmt: skip
            found.append(json.loads(done.stdout))
        best = [min(one[name] for one in found) for name in ("step", "build", "memory")]
        print("%-8s %8.2f %8.0f %8.1f %8.1f" % ((kind, start) + tuple(best)), flush=True)


if __name__ == "__main__":
    if "measure" in sys.argv:
        measure()
    else:
        main()
