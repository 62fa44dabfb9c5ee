"""Part 3: one LSTM unit learns to continue a sine.

    python RNN/predict_sin.py

From ten points of a sine the net predicts the eleventh. Its only LSTM unit's last output is the prediction itself: no
other layer follows. The figure (result_picture/onelayer_lstm.png) shows the first 1,000 test predictions after every
tenth of 150 epochs over the targets, the red stars. The average test loss falls from 0.0449 to 0.0005.

The run starts from the very weights that the author's run started from, recovered from the original figure, so that the
figure and the printed losses are the original's. With --seed N they are drawn at random.
"""

import tf1  # noqa: F401, I001  first: it brings TensorFlow 1 back

import os
from types import SimpleNamespace

import numpy as np
import tensorflow.compat.v1 as tf

from common import checkpoints, errors, figures, interrupts, options, records, weights
from common.sine import generate, series

rnn = tf.contrib.rnn

# data
TRAINING_EXAMPLES = 11000  # points of the sine over [0, 100] to train on
TESTING_EXAMPLES = 1100  # points over [100, 110] to test on
TIME_STEPS = 10  # points the net sees before it predicts the next one

# model
HIDDEN_UNITS = 1  # the LSTM's output is the prediction, one number

# training
BATCH_SIZE = 128  # windows per step; what does not fill a batch is left out
LEARNING_RATE = 0.001  # Adam's
EPOCH = 150  # passes over the training windows, always in the same order

PRINT_EVERY = 10  # epochs
DRAWN_POINTS = 1000  # test predictions in the figure
SEED = None  # the author's own initial weights


def build_graph(initial_weights):
    """Builds the net, its loss and its training step.

    Args:
        initial_weights: a weights.InitialWeights.

    Returns:
        The graph and what of it is fed and fetched: X_p [BATCH_SIZE, TIME_STEPS, 1], y_p [BATCH_SIZE, 1],
        h [BATCH_SIZE, 1] (the predictions), mse [] and train_op.
    """
    graph = tf.Graph()
    with graph.as_default(), initial_weights.scope():
        X_p = tf.placeholder(dtype=tf.float32, shape=(BATCH_SIZE, TIME_STEPS, 1), name="input_placeholder")
        y_p = tf.placeholder(dtype=tf.float32, shape=(BATCH_SIZE, 1), name="pred_placeholder")

        lstm_cell = rnn.BasicLSTMCell(num_units=HIDDEN_UNITS)
        init_state = lstm_cell.zero_state(batch_size=BATCH_SIZE, dtype=tf.float32)
        # outputs: [BATCH_SIZE, TIME_STEPS, HIDDEN_UNITS], the net unrolled over time
        outputs, states = tf.nn.dynamic_rnn(cell=lstm_cell, inputs=X_p, initial_state=init_state, dtype=tf.float32)
        h = outputs[:, -1, :]  # the last time step: [BATCH_SIZE, HIDDEN_UNITS]

        mse = tf.losses.mean_squared_error(labels=y_p, predictions=h)
        train_op = tf.train.AdamOptimizer(LEARNING_RATE).minimize(loss=mse)
        initial_weights.check()
    return SimpleNamespace(graph=graph, X_p=X_p, y_p=y_p, h=h, mse=mse, train_op=train_op)


def train(model, data, threads=1, say=print, checkpoint=None, save_weights=None):
    """Trains the net, and tests it after every epoch.

    Args:
        model: what build_graph returned.
        data: (train_X, train_y, test_X, test_y), windows [n, TIME_STEPS, 1] and targets [n, 1].
        threads: threads that TensorFlow uses.
        say: called with each line of the original's output.
        checkpoint: a checkpoints.Checkpoints to go on from and to save to.
        save_weights: file to write the initial weights to.

    Returns:
        The history: train_loss [epochs][batches], test_loss [epochs][test batches], the means of each epoch
        (epoch_train_loss, epoch_test_loss), and curves, a list of {"epoch", "y": the drawn predictions}.

    Raises:
        RunError: the loss is no longer finite, or a checkpoint cannot be written.
        Interrupted: after Ctrl-C.
    """
    train_X, train_y, test_X, test_y = data
    checkpoint = checkpoint or checkpoints.Checkpoints()
    config = tf.ConfigProto(intra_op_parallelism_threads=threads, inter_op_parallelism_threads=threads)
    with tf.Session(graph=model.graph, config=config) as sess, model.graph.as_default():
        history = checkpoint.restore(sess, EPOCH)
        if history is None:
            sess.run(tf.global_variables_initializer())
            history = {"train_loss": [], "test_loss": [], "epoch_train_loss": [], "epoch_test_loss": [], "curves": []}
            if save_weights:
                weights.save(save_weights, sess)
        first = len(history["train_loss"]) + 1

        with interrupts.deferred() as interrupted:
            for epoch in records.progress(range(first, EPOCH + 1), "epoch", total=EPOCH, initial=first - 1):
                train_losses = []
                for start in range(0, len(train_X) - BATCH_SIZE + 1, BATCH_SIZE):
                    _, loss = sess.run(
                        [model.train_op, model.mse],
                        feed_dict={
                            model.X_p: train_X[start : start + BATCH_SIZE],
                            model.y_p: train_y[start : start + BATCH_SIZE],
                        },
                    )
                    records.require_finite(loss, "epoch %d, step %d" % (epoch, len(train_losses) + 1))
                    train_losses.append(loss)

                test_losses, predictions = [], []
                for start in range(0, len(test_X) - BATCH_SIZE + 1, BATCH_SIZE):
                    prediction, loss = sess.run(
                        [model.h, model.mse],
                        feed_dict={
                            model.X_p: test_X[start : start + BATCH_SIZE],
                            model.y_p: test_y[start : start + BATCH_SIZE],
                        },
                    )
                    test_losses.append(loss)
                    predictions.append(prediction[:, 0])  # [BATCH_SIZE]

                history["train_loss"].append(records.floats(train_losses))
                history["test_loss"].append(records.floats(test_losses))
                history["epoch_train_loss"].append(float(np.mean(train_losses, dtype=np.float64)))
                history["epoch_test_loss"].append(float(np.mean(test_losses, dtype=np.float64)))
                if epoch % PRINT_EVERY == 0 or epoch == EPOCH:
                    say("epoch:%d ,average training loss=%.4f" % (epoch, history["epoch_train_loss"][-1]))
                    say("epoch:%d ,average test loss=%.4f" % (epoch, history["epoch_test_loss"][-1]))
                    drawn = np.concatenate(predictions)[:DRAWN_POINTS]
                    history["curves"].append({"epoch": epoch, "y": records.floats(drawn)})
                    checkpoint.save(sess, epoch, history)
                if interrupted():
                    checkpoint.interrupted(sess, epoch, history)
    return history


def draw(figure, record):
    """Draws the curves of a record as the original did: the targets as red stars, over them a line per tenth epoch."""
    axes = figure.add_subplot(111)
    axes.plot(record["curves"]["target"], "r*", label="target")
    for curve in record["curves"]["predictions"]:
        axes.plot(curve["y"], label="epoch %d" % curve["epoch"])
    figures.note_changes(figure, record)


def main(argv=None):
    """Reads the options, trains, writes the record and the figure."""
    chosen = options.parse(
        __doc__,
        globals(),
        {
            "TRAINING_EXAMPLES": options.integer(2, 10**7, "points of the sine to train on"),
            "TESTING_EXAMPLES": options.integer(2, 10**7, "points of the sine to test on"),
            "TIME_STEPS": options.integer(1, 1000, "points per window"),
            "HIDDEN_UNITS": options.integer(1, 1, "LSTM units; only 1, since its output is the prediction"),
            "BATCH_SIZE": options.integer(1, 10**7, "windows per step"),
            "LEARNING_RATE": options.learning_rate(),
            "EPOCH": options.integer(1, 10**6, "passes over the training windows"),
            "PRINT_EVERY": options.integer(1, 10**6, "epochs from one printed loss, and one drawn curve, to the next"),
            "DRAWN_POINTS": options.integer(1, 10**7, "test predictions in the figure"),
        },
        seed=SEED,
        argv=argv,
    )
    options.require_windows(TIME_STEPS, BATCH_SIZE, TRAINING_EXAMPLES, TESTING_EXAMPLES)
    train_X, train_y = generate(series(0, 100, TRAINING_EXAMPLES), TIME_STEPS)
    test_X, test_y = generate(series(100, 110, TESTING_EXAMPLES), TIME_STEPS)
    initial_weights = weights.choose(chosen)

    transcript = records.Transcript()
    history = train(
        build_graph(initial_weights),
        (train_X, train_y, test_X, test_y),
        threads=chosen.threads,
        say=transcript.say,
        checkpoint=checkpoints.Checkpoints(chosen.model_dir, chosen, transcript),
        save_weights=chosen.save_initial_weights,
    )

    figure = figures.new(figures.ONE_LAYER_SIZE, chosen.show)
    predicted = len(test_X) // BATCH_SIZE * BATCH_SIZE  # windows; what does not fill a batch is not
    target = records.floats(test_y[:predicted][:DRAWN_POINTS, 0])
    curves = {"predictions": history.pop("curves"), "target": target}
    record = records.make("predict_sin.py", chosen, transcript, history, curves, initial_weights=initial_weights.source)
    draw(figure, record)
    record_path = os.path.join(chosen.out, "predict_sin.json")
    figures.finish(figure, os.path.join(chosen.out, "onelayer_lstm.png"), record, record_path, chosen.show)


if __name__ == "__main__":
    errors.run(main)
