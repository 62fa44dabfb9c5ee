"""The cells of tf.contrib.rnn and the networks that the parts build of them, against an LSTM in numpy."""

import numpy as np
import pytest

import tf1 as tf


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def numpy_lstm(x, kernel, bias):
    """x [batch, time, input] -> (outputs [batch, time, units], c, h [batch, units]), in float64."""
    x, kernel, bias = (np.asarray(array, np.float64) for array in (x, kernel, bias))
    units = len(bias) // 4
    c = h = np.zeros((len(x), units))
    outputs = []
    for t in range(x.shape[1]):
        i, j, f, o = np.split(np.concatenate([x[:, t], h], axis=1) @ kernel + bias, 4, axis=1)
        c = c * sigmoid(f + 1.0) + sigmoid(i) * np.tanh(j)
        h = np.tanh(c) * sigmoid(o)
        outputs.append(h)
    return np.stack(outputs, axis=1), c, h


def evaluate(graph, fetches, feed):
    """Initializes, gives every bias some value other than zero, and evaluates; also returns the variables by name."""
    random = np.random.RandomState(5)
    with graph.as_default(), tf.Session(graph=graph) as session:
        session.run(tf.global_variables_initializer())
        for variable in tf.trainable_variables():
            if variable.op.name.endswith("bias"):
                variable.load(random.uniform(-0.5, 0.5, variable.shape.as_list()), session)
        variables = session.run({v.op.name: v for v in tf.trainable_variables()})
        return session.run(fetches, feed), variables


@pytest.fixture
def network(loaded):
    """network(variant): what LSTM.py's build_graph makes, small, evaluated on random sequences."""
    sizes = {"batch-size": 3, "max-time": 6, "embedding-size": 2}
    sizes.update({"num-units-1": 4, "num-units-2": 5, "num-units-3": 3, "num-units-fw": 4, "num-units-bw": 3})
    part, _ = loaded("LSTM", *[text for name, size in sizes.items() for text in ("--" + name, size)])
    x = np.random.RandomState(1).normal(size=(3, 6, 2)).astype(np.float32)

    def build(variant):
        graph = tf.Graph()
        with graph.as_default():
            inputs, _, _, output, state = part.build_graph(variant)
        values, variables = evaluate(graph, [output, state], {inputs: x})
        return x, values[0], values[1], variables

    return build


def test_one_layer_computes_what_numpy_computes(network):
    x, output, state, variables = network("single")
    outputs, c, h = numpy_lstm(x, variables["rnn/basic_lstm_cell/kernel"], variables["rnn/basic_lstm_cell/bias"])
    np.testing.assert_allclose(output, outputs, atol=1e-6)
    np.testing.assert_allclose(state.c, c, atol=1e-6)
    np.testing.assert_allclose(state.h, h, atol=1e-6)
    assert output.shape == (3, 6, 4)


def test_three_layers_compute_what_numpy_computes(network):
    x, output, states, variables = network("multi")
    for layer in range(3):
        name = "rnn/multi_rnn_cell/cell_%d/basic_lstm_cell/" % layer
        x, c, h = numpy_lstm(x, variables[name + "kernel"], variables[name + "bias"])
        np.testing.assert_allclose(states[layer].c, c, atol=1e-6)
        np.testing.assert_allclose(states[layer].h, h, atol=1e-6)
    np.testing.assert_allclose(output, x, atol=1e-6)


def test_both_directions_compute_what_numpy_computes(network):
    x, output, states, variables = network("bidirectional")
    for direction, name, sequence in ((0, "fw", x), (1, "bw", x[:, ::-1])):
        prefix = "bidirectional_rnn/%s/basic_lstm_cell/" % name
        outputs, c, h = numpy_lstm(sequence, variables[prefix + "kernel"], variables[prefix + "bias"])
        outputs = outputs[:, ::-1] if direction else outputs
        np.testing.assert_allclose(output[direction], outputs, atol=1e-6)
        np.testing.assert_allclose(states[direction].c, c, atol=1e-6)
        np.testing.assert_allclose(states[direction].h, h, atol=1e-6)


WAYS = [("zero", "dynamic"), ("zero", "manual"), ("manual", "dynamic"), ("manual", "manual")]


def test_dynamic_and_manual_unrolling_give_the_same_losses(trained):
    """Both ways to make the state and both to unroll: the same losses and predictions over two epochs."""
    small = ("--epoch", 2, "--batch-size", 64, "--training-examples", 1200, "--testing-examples", 300, "--seed", 3)
    runs = [trained("predict_sin_MultiRnnCell", "--state", state, "--unroll", unroll, *small) for state, unroll in WAYS]
    first = runs[0].history
    assert np.shape(first["train_loss"]) == (2, 18)
    assert np.shape(first["test_loss"]) == (2, 4)
    assert first["epoch_train_loss"][1] < first["epoch_train_loss"][0]  # it learns
    for run in runs[1:]:
        for key in ("train_loss", "test_loss"):
            np.testing.assert_allclose(run.history[key], first[key], atol=1e-6, rtol=0)
        curves = [one.curves["predictions"][0]["y"] for one in (run, runs[0])]
        np.testing.assert_allclose(*curves, atol=1e-6, rtol=0)


@pytest.mark.parametrize("state, unroll", WAYS)
def test_two_layers_predict_what_numpy_predicts(loaded, state, unroll):
    sizes = ("--batch-size", 3, "--hidden-units-1", 4)
    part, _ = loaded("predict_sin_MultiRnnCell", "--state", state, "--unroll", unroll, *sizes)
    graph = tf.Graph()
    with graph.as_default():
        X_p, y_p, h_p, mse_p, _ = part.build_graph()
    x = np.sin(np.arange(30, dtype=np.float32)).reshape(3, 10, 1)
    (h, mse), variables = evaluate(graph, [h_p, mse_p], {X_p: x, y_p: np.ones((3, 1))})
    sequence = x
    for layer in range(2):
        name = "%s/multi_rnn_cell/cell_%d/basic_lstm_cell/" % ("rnn" if unroll == "dynamic" else "RNN", layer)
        sequence, _, last = numpy_lstm(sequence, variables[name + "kernel"], variables[name + "bias"])
    np.testing.assert_allclose(h, last, atol=1e-6)
    assert mse == pytest.approx(np.mean((last - 1) ** 2), abs=1e-6)


def test_digits_are_read_row_by_row(loaded):
    part, _ = loaded("LSTM_for_Mnist", "--num-units", 5)
    graph = tf.Graph()
    with graph.as_default():
        train_x, train_y, loss, _, accuracy = part.build_graph()
    images = np.random.RandomState(2).uniform(size=(4, 784)).astype(np.float32)
    labels = np.eye(10, dtype=np.float32)[[3, 1, 4, 1]]
    (loss, accuracy), variables = evaluate(graph, [loss, accuracy], {train_x: images, train_y: labels})
    rows = images.reshape(4, 28, 28)
    _, _, h = numpy_lstm(rows, variables["rnn/basic_lstm_cell/kernel"], variables["rnn/basic_lstm_cell/bias"])
    scores = h @ variables["dense/kernel"].astype(np.float64) + variables["dense/bias"]
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    assert loss == pytest.approx(-np.log(probabilities[range(4), [3, 1, 4, 1]]).mean(), rel=1e-6)
    assert accuracy == np.mean(scores.argmax(axis=1) == [3, 1, 4, 1])


def test_the_manual_zero_state_equals_zero_state():
    cell = tf.contrib.rnn.MultiRNNCell([tf.contrib.rnn.BasicLSTMCell(2), tf.contrib.rnn.BasicLSTMCell(1)])
    with tf.Graph().as_default():
        state = cell.zero_state(batch_size=3, dtype=tf.float32)
        assert [type(layer) for layer in state] == [tf.contrib.rnn.LSTMStateTuple] * 2
        assert [layer.c.shape.as_list() for layer in state] == [[3, 2], [3, 1]]
        assert cell.state_size == (tf.contrib.rnn.LSTMStateTuple(2, 2), tf.contrib.rnn.LSTMStateTuple(1, 1))
