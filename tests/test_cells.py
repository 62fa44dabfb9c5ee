"""The cells of tf.contrib.rnn and the nets that the parts build of them, against an LSTM in numpy."""

import numpy as np
import pytest

import tf1  # noqa: F401, I001
import tensorflow.compat.v1 as tf
from common.weights import InitialWeights


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
def net(fresh):
    """net(variant): what LSTM.py's build_graph makes, small, evaluated on random sequences."""
    part = fresh("LSTM")
    part.BATCH_SIZE, part.MAX_TIME, part.EMBEDDING_SIZE = 3, 6, 2
    part.NUM_UNITS_1, part.NUM_UNITS_2, part.NUM_UNITS_3, part.NUM_UNITS_FW, part.NUM_UNITS_BW = 4, 5, 3, 4, 3
    x = np.random.RandomState(1).normal(size=(3, 6, 2)).astype(np.float32)

    def build(variant):
        graph, inputs, (_, _, output, state) = part.build_graph(variant, InitialWeights(seed=0))
        values, variables = evaluate(graph, [output, state], {inputs: x})
        return x, values[0], values[1], variables

    return build


def test_one_layer(net):
    x, output, state, variables = net("single")
    outputs, c, h = numpy_lstm(x, variables["rnn/basic_lstm_cell/kernel"], variables["rnn/basic_lstm_cell/bias"])
    np.testing.assert_allclose(output, outputs, atol=1e-6)
    np.testing.assert_allclose(state.c, c, atol=1e-6)
    np.testing.assert_allclose(state.h, h, atol=1e-6)
    assert output.shape == (3, 6, 4)


def test_three_layers(net):
    x, output, states, variables = net("multi")
    for layer in range(3):
        name = "rnn/multi_rnn_cell/cell_%d/basic_lstm_cell/" % layer
        x, c, h = numpy_lstm(x, variables[name + "kernel"], variables[name + "bias"])
        np.testing.assert_allclose(states[layer].c, c, atol=1e-6)
        np.testing.assert_allclose(states[layer].h, h, atol=1e-6)
    np.testing.assert_allclose(output, x, atol=1e-6)


def test_both_directions(net):
    x, output, states, variables = net("bidirectional")
    for direction, name, sequence in ((0, "fw", x), (1, "bw", x[:, ::-1])):
        prefix = "bidirectional_rnn/%s/basic_lstm_cell/" % name
        outputs, c, h = numpy_lstm(sequence, variables[prefix + "kernel"], variables[prefix + "bias"])
        outputs = outputs[:, ::-1] if direction else outputs
        np.testing.assert_allclose(output[direction], outputs, atol=1e-6)
        np.testing.assert_allclose(states[direction].c, c, atol=1e-6)
        np.testing.assert_allclose(states[direction].h, h, atol=1e-6)


WAYS = [("zero", "dynamic"), ("zero", "manual"), ("manual", "dynamic"), ("manual", "manual")]


def test_dynamic_and_manual_unrolling_train_alike(fresh):
    """Both ways to make the state and both to unroll: the same losses and predictions over two epochs."""
    from common.sine import generate, series

    part = fresh("predict_sin_MultiRnnCell")
    part.EPOCH, part.BATCH_SIZE = 2, 64
    data = generate(series(0, 100, 11000)[:1200], 10) + generate(series(100, 110, 300), 10)
    histories = [
        part.train(part.build_graph(InitialWeights(seed=3), state, unroll), data, say=lambda line: None)
        for state, unroll in WAYS
    ]
    first = histories[0]
    assert np.shape(first["train_loss"]) == (2, 18) and np.shape(first["test_loss"]) == (2, 4)
    assert first["epoch_train_loss"][1] < first["epoch_train_loss"][0]  # it learns
    for history in histories[1:]:
        for key in ("train_loss", "test_loss"):
            np.testing.assert_allclose(history[key], first[key], atol=1e-6, rtol=0)
        np.testing.assert_allclose(history["curves"][0]["y"], first["curves"][0]["y"], atol=1e-6, rtol=0)


@pytest.mark.parametrize("state, unroll", WAYS)
def test_two_layers_predict_what_numpy_predicts(fresh, state, unroll):
    part = fresh("predict_sin_MultiRnnCell")
    part.BATCH_SIZE, part.HIDDEN_UNITS_1 = 3, 4
    model = part.build_graph(InitialWeights(seed=1), state, unroll)
    x = np.sin(np.arange(30, dtype=np.float32)).reshape(3, 10, 1)
    (h, mse), variables = evaluate(model.graph, [model.h, model.mse], {model.X_p: x, model.y_p: np.ones((3, 1))})
    sequence = x
    for layer in range(2):
        name = "%s/multi_rnn_cell/cell_%d/basic_lstm_cell/" % ("rnn" if unroll == "dynamic" else "RNN", layer)
        sequence, _, last = numpy_lstm(sequence, variables[name + "kernel"], variables[name + "bias"])
    np.testing.assert_allclose(h, last, atol=1e-6)
    assert mse == pytest.approx(np.mean((last - 1) ** 2), abs=1e-6)


def test_the_digits_are_read_row_by_row(fresh):
    part = fresh("LSTM_for_Mnist")
    part.NUM_UNITS = 5
    model = part.build_graph(InitialWeights(seed=1))
    images = np.random.RandomState(2).uniform(size=(4, 784)).astype(np.float32)
    labels = np.eye(10, dtype=np.float32)[[3, 1, 4, 1]]
    feed = {model.train_x: images, model.train_y: labels}
    (loss, accuracy), variables = evaluate(model.graph, [model.loss, model.accuracy], feed)
    rows = images.reshape(4, 28, 28)
    _, _, h = numpy_lstm(rows, variables["rnn/basic_lstm_cell/kernel"], variables["rnn/basic_lstm_cell/bias"])
    scores = h @ variables["dense/kernel"].astype(np.float64) + variables["dense/bias"]
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    assert loss == pytest.approx(-np.log(probabilities[range(4), [3, 1, 4, 1]]).mean(), rel=1e-6)
    assert accuracy == np.mean(scores.argmax(axis=1) == [3, 1, 4, 1])


def test_the_zero_state_by_hand_is_zero_state():
    cell = tf.contrib.rnn.MultiRNNCell([tf.contrib.rnn.BasicLSTMCell(2), tf.contrib.rnn.BasicLSTMCell(1)])
    with tf.Graph().as_default():
        state = cell.zero_state(batch_size=3, dtype=tf.float32)
        assert [type(layer) for layer in state] == [tf.contrib.rnn.LSTMStateTuple] * 2
        assert [layer.c.shape.as_list() for layer in state] == [[3, 2], [3, 1]]
        assert cell.state_size == (tf.contrib.rnn.LSTMStateTuple(2, 2), tf.contrib.rnn.LSTMStateTuple(1, 1))
