"""Parts 4 and 5: two LSTM layers learn the sine wave; zero state and unrolling, manually.

    python RNN/predict_sin_MultiRnnCell.py
    python RNN/predict_sin_MultiRnnCell.py --state manual --unroll manual

Part 4 stacks a layer of 20 units and a layer of one unit in a MultiRNNCell. After 50 epochs it is as close to the sine
as the single unit of part 3 after 150. The figure is output/multi_lstm.png.

Part 5 writes out two calls of TensorFlow: zero_state as a tuple of LSTMStateTuples (--state manual), and dynamic_rnn as
a loop over the time steps (--unroll manual). With the same seed, all four combinations start from the same weights and
compute the same numbers.
"""

from common.run import main

import numpy as np

import tf1 as tf  # tensorflow.compat.v1, with tf.contrib restored

# data
TRAINING_EXAMPLES = 11000  # points of the sine wave over [0, 100], for training
TESTING_EXAMPLES = 1100  # points over [100, 110], for testing
TIME_STEPS = 10  # points the network sees before it predicts the next one

# model
HIDDEN_UNITS_1 = 20  # LSTM units of the first layer
HIDDEN_UNITS_2 = 1  # LSTM units of the second layer; must be 1, because its output is the prediction
STATE = "zero"  # initial state: by zero_state, or manual
UNROLL = "dynamic"  # unrolling over time: by dynamic_rnn, or manual

# training
BATCH_SIZE = 128  # windows per step; an incomplete last batch is dropped
LEARNING_RATE = 0.001  # learning rate of Adam
EPOCH = 50  # passes over the training windows, without shuffling
SEED = 39  # random seed of the initial weights; of 0 to 99, the one closest to the original figure

# output
PRINT_EVERY = 10  # epochs between two printed losses, and between two curves in the figure
DRAWN_POINTS = 1000  # test predictions in the figure


def generate(seq):
    """Cuts a series into windows of TIME_STEPS points, each with the point that follows it as its target."""
    starts = range(len(seq) - TIME_STEPS)
    X = np.array([seq[i : i + TIME_STEPS] for i in starts])
    y = np.array([seq[i + TIME_STEPS] for i in starts])
    return X.reshape(-1, TIME_STEPS, 1), y.reshape(-1, 1)


def batches(X, y):
    """Yields X and y in order, BATCH_SIZE windows at a time."""
    for start in range(0, len(X) - BATCH_SIZE + 1, BATCH_SIZE):
        yield X[start : start + BATCH_SIZE], y[start : start + BATCH_SIZE]


def build_graph():
    """Builds the network, its loss and its training step in the default graph."""
    X_p = tf.placeholder(dtype=tf.float32, shape=(BATCH_SIZE, TIME_STEPS, 1), name="input_placeholder")
    y_p = tf.placeholder(dtype=tf.float32, shape=(BATCH_SIZE, 1), name="pred_placeholder")

    lstm_cell1 = tf.contrib.rnn.BasicLSTMCell(num_units=HIDDEN_UNITS_1)
    lstm_cell2 = tf.contrib.rnn.BasicLSTMCell(num_units=HIDDEN_UNITS_2)
    multi_lstm = tf.contrib.rnn.MultiRNNCell(cells=[lstm_cell1, lstm_cell2])

    if STATE == "zero":
        init_state = multi_lstm.zero_state(batch_size=BATCH_SIZE, dtype=tf.float32)
    else:  # what zero_state returns: for each layer, the cell state c and the hidden state h
        init_state = tuple(
            tf.contrib.rnn.LSTMStateTuple(c=tf.zeros((BATCH_SIZE, units)), h=tf.zeros((BATCH_SIZE, units)))
            for units in (HIDDEN_UNITS_1, HIDDEN_UNITS_2)
        )

    if UNROLL == "dynamic":
        # outputs: [BATCH_SIZE, TIME_STEPS, HIDDEN_UNITS_2]
        outputs, states = tf.nn.dynamic_rnn(cell=multi_lstm, inputs=X_p, initial_state=init_state, dtype=tf.float32)
        h = outputs[:, -1, :]  # the output at the last time step: [BATCH_SIZE, HIDDEN_UNITS_2]
    else:  # what dynamic_rnn does: the same cells, with the same variables, at every time step
        outputs = list()
        state = init_state
        with tf.variable_scope("RNN"):
            for timestep in range(TIME_STEPS):
                if timestep > 0:
                    tf.get_variable_scope().reuse_variables()
                # the state that comes out of one time step goes into the next
                (cell_output, state) = multi_lstm(X_p[:, timestep, :], state)
                outputs.append(cell_output)
        h = outputs[-1]  # [BATCH_SIZE, HIDDEN_UNITS_2]

    mse = tf.losses.mean_squared_error(labels=y_p, predictions=h)
    train_op = tf.train.AdamOptimizer(LEARNING_RATE).minimize(loss=mse)
    return X_p, y_p, h, mse, train_op


def train(run):
    """Trains the network and tests it after every epoch."""
    longest = min(TRAINING_EXAMPLES, TESTING_EXAMPLES) - 1
    run.require(HIDDEN_UNITS_2 == 1, "--hidden-units-2 must be 1: the second layer's output is the prediction")
    run.require(TIME_STEPS <= longest, "--time-steps must be 1 to %d, less than the points of a series" % longest)
    windows = longest + 1 - TIME_STEPS
    run.require(BATCH_SIZE <= windows, "--batch-size must be 1 to %d, the windows of the shorter series" % windows)
    train_X, train_y = generate(np.sin(np.linspace(0, 100, TRAINING_EXAMPLES, dtype=np.float32)))
    test_X, test_y = generate(np.sin(np.linspace(100, 110, TESTING_EXAMPLES, dtype=np.float32)))

    graph = tf.Graph()
    with graph.as_default(), run.initial_weights():  # the variables start from --seed or --initial-weights
        X_p, y_p, h, mse, train_op = build_graph()

    with tf.Session(graph=graph, config=run.session_config()) as sess:
        sess.run(tf.global_variables_initializer())
        # resumes from the latest checkpoint in --model-dir, if there is one
        for epoch in run.loop(sess, range(1, EPOCH + 1), "epoch", total=EPOCH, save_every=PRINT_EVERY):
            train_losses = []
            for X, y in batches(train_X, train_y):
                _, loss = sess.run([train_op, mse], feed_dict={X_p: X, y_p: y})
                train_losses.append(loss)

            test_losses, predictions = [], []
            for X, y in batches(test_X, test_y):
                prediction, loss = sess.run([h, mse], feed_dict={X_p: X, y_p: y})
                test_losses.append(loss)
                predictions.extend(prediction[:, 0])

            mean_train, mean_test = np.mean(train_losses, dtype=np.float64), np.mean(test_losses, dtype=np.float64)
            run.log(train_loss=train_losses, test_loss=test_losses)
            run.log(epoch_train_loss=mean_train, epoch_test_loss=mean_test)
            if epoch % PRINT_EVERY == 0 or epoch == EPOCH:
                run.print("epoch:%d ,average training loss=%.4f" % (epoch, mean_train))
                run.print("epoch:%d ,average test loss=%.4f" % (epoch, mean_test))
                run.add_curve(epoch, predictions[:DRAWN_POINTS], target=test_y[: len(predictions), 0][:DRAWN_POINTS])


def draw(axes, record):
    """Draws the targets as red stars and, over them, the predictions of every tenth epoch."""
    axes.plot(record["curves"]["target"], "r*", label="target")
    for curve in record["curves"]["predictions"]:
        axes.plot(curve["y"], label="epoch %d" % curve["epoch"])


if __name__ == "__main__":
    choices = {"STATE": ("zero", "manual"), "UNROLL": ("dynamic", "manual")}
    main(globals(), train, draw, choices=choices)
