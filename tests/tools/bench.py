"""Training steps of two parts next to those of PyTorch's nn.LSTM of the same size  (make bench).

    python tests/tools/bench.py            measures, one process after the other, one thread each, and prints the ratios
    python tests/tools/bench.py --rounds 9

The parts are measured as they are: their own build_graph, their own session settings. PyTorch runs the same model with
the same optimizer, batch size and loss, eagerly, as its tutorials write it. Needs PyTorch: pip install -e ".[bench]".
"""

import argparse
import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "RNN"))

# part: (batch size, time steps, input size, LSTM units, classes or 0 without a dense layer, learning rate)
SIZES = {
    "predict_sin": (128, 10, 1, 1, 0, 0.001),
    "LSTM_for_Mnist": (100, 28, 28, 100, 10, 0.01),
}


def data(part):
    """A random batch: (inputs [batch, time, input], targets [batch, 1] or class numbers [batch])."""
    import numpy as np

    batch, time_steps, inputs, _, classes, _ = SIZES[part]
    random = np.random.RandomState(0)
    x = random.uniform(0, 1, (batch, time_steps, inputs)).astype(np.float32)
    if classes:
        return x, random.randint(0, classes, batch)
    return x, random.uniform(-1, 1, (batch, 1)).astype(np.float32)


def ours(part):
    """A function that does one training step of a part."""
    from common.run import Run

    import numpy as np

    import tf1 as tf

    module = importlib.import_module(part)
    x, y = data(part)
    if SIZES[part][4]:
        x, y = x.reshape(len(x), -1), np.eye(SIZES[part][4], dtype=np.float32)[y]
    with tempfile.TemporaryDirectory() as out:
        run = Run(vars(module), argv=["--out", out])
        graph = tf.Graph()
        with graph.as_default(), run.initial_weights():
            built = module.build_graph()
            (loss,) = tf.losses.get_losses()
            initialize = tf.global_variables_initializer()
    (train_op,) = [item for item in built if isinstance(item, tf.Operation)]
    session = tf.Session(graph=graph, config=run.session_config())
    session.run(initialize)
    return lambda: session.run([train_op, loss], feed_dict={built[0]: x, built[1]: y})


def pytorch(part):
    """A function that does the same step in PyTorch."""
    import torch

    torch.set_num_threads(1)
    _, _, inputs, units, classes, learning_rate = SIZES[part]
    x, y = map(torch.from_numpy, data(part))
    lstm = torch.nn.LSTM(inputs, units, batch_first=True)
    layers = [lstm] + ([torch.nn.Linear(units, classes)] if classes else [])
    criterion = torch.nn.CrossEntropyLoss() if classes else torch.nn.MSELoss()
    optimizer = torch.optim.Adam([weight for layer in layers for weight in layer.parameters()], lr=learning_rate)

    def step():
        optimizer.zero_grad()
        output = lstm(x)[0][:, -1]
        loss = criterion(layers[1](output) if classes else output, y)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def microseconds(step):
    """The time of one step: the fastest of 50 rounds of 20 steps, since other programs slow down the rest."""
    times = []
    for _ in range(50):
        start = time.perf_counter()
        for _ in range(20):
            step()
        times.append((time.perf_counter() - start) / 20 * 1e6)
    return min(times)


def main():
    """Measures each part and PyTorch in turn, several times, and prints the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="processes per measurement (default: 3)")
    parser.add_argument(
        "--one", nargs=2, metavar=("LIBRARY", "PART"), help=argparse.SUPPRESS
    )  # in a process of its own
    chosen = parser.parse_args()
    if chosen.one:
        library, part = chosen.one
        print(microseconds({"ours": ours, "pytorch": pytorch}[library](part)))
        return
    if importlib.util.find_spec("torch") is None:
        parser.error("PyTorch is not installed: pip install -e '.[bench]'")
    for part in SIZES:
        found = {"ours": [], "pytorch": []}
        for _ in range(chosen.rounds):
            for library, times in found.items():
                command = [sys.executable, os.path.abspath(__file__), "--one", library, part]
                times.append(float(subprocess.check_output(command)))
        mine, theirs = (statistics.median(times) for times in found.values())
        print("%-15s ours %5.0f us per step, PyTorch %5.0f us, ratio %.2f" % (part, mine, theirs, mine / theirs))


if __name__ == "__main__":
    main()
