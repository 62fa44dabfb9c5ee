"""Part 7: the same sine wave through an Estimator of tf.contrib.learn.

    python RNN/tflearn_sin.py

The other parts write out the session and its loop. Here a model function is passed to learn.Estimator, which feeds,
trains and predicts. Two layers of 30 LSTM units and a dense layer predict the next point from ten. Expect a mean square
error of about 0.0003, more than that of repeating the last point: the part shows an Estimator, not a good forecaster.
The figure, output/TFLearn_for_sin.png, shows the predictions (red) and the sine (green).
"""

from common.estimator_run import main

import numpy as np

import tf1 as tf  # tensorflow.compat.v1, with tf.contrib restored

# data
TRAINING_EXAMPLES = 10000  # points of the sine wave over [0, 100], for training
TESTING_EXAMPLES = 1000  # points over [100, 110], for testing
TIME_STEPS = 10  # points the network sees before it predicts the next one

# model
HIDDEN_SIZE = 30  # LSTM units per layer
NUM_LAYERS = 2  # LSTM layers

# training
BATCH_SIZE = 32  # windows per step
LEARNING_RATE = 0.1  # of Adagrad
TRAINING_STEPS = 3000  # training steps
SEED = 56  # random seed of the initial weights; of 0 to 99, the one closest to the original figure


def generate(seq):
    """Cuts a series into windows of TIME_STEPS points, each with the point that follows it as its target."""
    starts = range(len(seq) - TIME_STEPS - 1)  # the last window is dropped, as in the original
    X = np.array([seq[i : i + TIME_STEPS] for i in starts])
    y = np.array([seq[i + TIME_STEPS] for i in starts])
    return X.reshape(-1, TIME_STEPS, 1), y.reshape(-1, 1)


def LstmCell():
    """One layer."""
    return tf.contrib.rnn.BasicLSTMCell(HIDDEN_SIZE)


def lstm_model(X, y):
    """The model function. The Estimator calls it to train, and again to predict.

    Args:
        X: [batch, TIME_STEPS, 1], the windows.
        y: [batch], the points that follow them.

    Returns:
        (predictions [batch], loss [], train_op).
    """
    cell = tf.contrib.rnn.MultiRNNCell([LstmCell() for _ in range(NUM_LAYERS)])
    output, _ = tf.nn.dynamic_rnn(cell, X, dtype=tf.float32)  # [batch, TIME_STEPS, HIDDEN_SIZE]
    output = output[:, -1, :]  # the last time step: [batch, HIDDEN_SIZE]
    predictions = tf.layers.dense(inputs=output, units=1)  # [batch, 1]

    predictions = tf.reshape(predictions, [-1])  # [batch]
    labels = tf.reshape(y, [-1])  # [batch]
    loss = tf.losses.mean_squared_error(predictions, labels)
    train_op = tf.contrib.layers.optimize_loss(
        loss, tf.contrib.framework.get_global_step(), optimizer="Adagrad", learning_rate=LEARNING_RATE
    )
    return predictions, loss, train_op


def train(run):
    """Trains an Estimator and predicts with it."""
    longest = min(TRAINING_EXAMPLES, TESTING_EXAMPLES) - 2
    windows = TRAINING_EXAMPLES - TIME_STEPS - 1
    run.require(TIME_STEPS <= longest, "--time-steps must be 1 to %d, two less than the points of a series" % longest)
    run.require(BATCH_SIZE <= windows, "--batch-size must be 1 to %d, the training windows" % windows)
    train_X, train_y = generate(np.sin(np.linspace(0, 100, TRAINING_EXAMPLES, dtype=np.float32)))
    test_X, test_y = generate(np.sin(np.linspace(100, 110, TESTING_EXAMPLES, dtype=np.float32)))

    # resumes from the latest checkpoint in --model-dir, if there is one
    config = run.estimator_config(total=TRAINING_STEPS)
    regressor = tf.contrib.learn.Estimator(model_fn=run.model_fn(lstm_model), config=config)
    with run.monitor(total=TRAINING_STEPS) as monitor:  # keeps the loss of every step
        regressor.fit(train_X, train_y, batch_size=BATCH_SIZE, max_steps=TRAINING_STEPS, monitors=[monitor])

    prediction = np.array(list(regressor.predict(test_X)))  # predict returns a generator
    mse = np.mean((prediction - test_y[:, 0]) ** 2)
    run.keep(mse=mse, curves={"predicted": prediction, "real_sin": test_y[:, 0]})
    run.print("Mean Square Error is: %f" % mse)


def draw(axes, record):
    """Draws the predictions in red and the sine in green."""
    axes.plot(record["curves"]["predicted"], "r", label="predicted")
    axes.plot(record["curves"]["real_sin"], "g", label="real_sin")
    axes.legend()


if __name__ == "__main__":
    main(globals(), train, draw)
