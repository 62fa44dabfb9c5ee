"""Part 6: an LSTM reads handwritten digits, row by row.

    python RNN/LSTM_for_Mnist.py
    python RNN/LSTM_for_Mnist.py --data-dir FOLDER      the four MNIST files are there already
    python RNN/LSTM_for_Mnist.py --data synthetic       generated digits, where there is no network

Each image of 28x28 pixels is a sequence of 28 rows; a dense layer turns the last output of 100 LSTM units into ten
class scores. Every 500 of 8,000 steps it prints the loss of that step's batch and the accuracy on 5,000 test images:
0.97 after 500 steps, 0.98 from step 2,000 on. The figure is result_picture/mnist_lstm.png.
"""

import tf1  # noqa: F401, I001  first: it brings TensorFlow 1 back

import os
from types import SimpleNamespace

import tensorflow.compat.v1 as tf
from tf1.examples.tutorials.mnist import input_data

from common import checkpoints, errors, figures, interrupts, options, records, weights

# data
TIME_STEPS = 28  # rows of an image
INPUT_SIZE = 28  # pixels of a row
N_CLASSES = 10  # the digits

# model
NUM_UNITS = 100  # LSTM units

# training
BATCH_SIZE = 100  # images per step
LR = 0.01  # Adam's learning rate
TRAINING_STEPS = 8000

PRINT_EVERY = 500  # steps
TEST_IMAGES = 5000  # images the accuracy is measured on
SEED = 1  # of the weights and of the order of the images


def build_graph(initial_weights):
    """Builds the net, its loss, its training step and its accuracy.

    Args:
        initial_weights: a weights.InitialWeights.

    Returns:
        The graph and what of it is fed and fetched: train_x [batch, 784] (pixels from 0 to 1), train_y
        [batch, N_CLASSES] (one-hot), loss [], train_op and accuracy [].
    """
    graph = tf.Graph()
    with graph.as_default(), initial_weights.scope():
        train_x = tf.placeholder(tf.float32, [None, TIME_STEPS * INPUT_SIZE])
        train_y = tf.placeholder(tf.float32, [None, N_CLASSES])
        image = tf.reshape(train_x, [-1, TIME_STEPS, INPUT_SIZE])  # [batch, rows, pixels of a row]

        rnn_cell = tf.contrib.rnn.BasicLSTMCell(num_units=NUM_UNITS)
        # outputs: [batch, TIME_STEPS, NUM_UNITS]; without an initial state it is zero
        outputs, final_state = tf.nn.dynamic_rnn(
            cell=rnn_cell, inputs=image, initial_state=None, dtype=tf.float32, time_major=False
        )
        output = tf.layers.dense(inputs=outputs[:, -1, :], units=N_CLASSES)  # [batch, N_CLASSES]

        loss = tf.losses.softmax_cross_entropy(onehot_labels=train_y, logits=output)
        train_op = tf.train.AdamOptimizer(LR).minimize(loss)

        correct_prediction = tf.equal(tf.argmax(train_y, axis=1), tf.argmax(output, axis=1))
        accuracy = tf.reduce_mean(tf.cast(correct_prediction, tf.float32))
        initial_weights.check()
    return SimpleNamespace(
        graph=graph, train_x=train_x, train_y=train_y, loss=loss, train_op=train_op, accuracy=accuracy
    )


def train(model, mnist, threads=1, say=print, checkpoint=None, save_weights=None):
    """Trains the net, and measures its accuracy at the steps that print.

    Args:
        model: what build_graph returned.
        mnist: Datasets as read_data_sets returns them; train and test are drawn from with next_batch.
        threads: threads that TensorFlow uses.
        say: called with each line of the original's output.
        checkpoint: a checkpoints.Checkpoints to go on from and to save to.
        save_weights: file to write the initial weights to.

    Returns:
        The history: train_loss [steps], the loss of each step before its update, and at the steps that print
        (accuracy_step) the accuracy on TEST_IMAGES test images (accuracy).

    Raises:
        RunError: the loss is no longer finite, or a checkpoint cannot be written.
        Interrupted: after Ctrl-C.
    """
    checkpoint = checkpoint or checkpoints.Checkpoints()
    config = tf.ConfigProto(intra_op_parallelism_threads=threads, inter_op_parallelism_threads=threads)
    with tf.Session(graph=model.graph, config=config) as sess, model.graph.as_default():
        history = checkpoint.restore(sess, TRAINING_STEPS)
        if history is None:
            sess.run(tf.global_variables_initializer())
            history = {"train_loss": [], "accuracy_step": [], "accuracy": []}
            if save_weights:
                weights.save(save_weights, sess)
        first = len(history["train_loss"])
        for step in range(first):  # draws the images once more that the checkpoint's run has had
            mnist.train.next_batch(BATCH_SIZE)
            if step % PRINT_EVERY == 0:
                mnist.test.next_batch(TEST_IMAGES)

        with interrupts.deferred() as interrupted:
            for step in records.progress(range(first, TRAINING_STEPS), "step", total=TRAINING_STEPS, initial=first):
                batch_x, batch_y = mnist.train.next_batch(BATCH_SIZE)
                _, loss = sess.run(
                    [model.train_op, model.loss], feed_dict={model.train_x: batch_x, model.train_y: batch_y}
                )
                records.require_finite(loss, "step %d" % step)
                history["train_loss"].append(records.floats(loss))
                if step % PRINT_EVERY == 0:
                    test_x, test_y = mnist.test.next_batch(TEST_IMAGES)
                    accuracy = sess.run(model.accuracy, feed_dict={model.train_x: test_x, model.train_y: test_y})
                    say("train loss: %.4f | test accuracy: %.2f" % (loss, accuracy))
                    history["accuracy_step"].append(step)
                    history["accuracy"].append(records.floats(accuracy))
                    checkpoint.save(sess, step + 1, history)
                if interrupted():
                    checkpoint.interrupted(sess, step + 1, history)
        checkpoint.save(sess, len(history["train_loss"]), history)
    return history


def draw(figure, record):
    """Draws the loss of every step of a record and, over it, the test accuracy."""
    loss_axes = figure.add_subplot(111)
    loss_axes.plot(record["losses"]["train_loss"], color="C0", linewidth=0.5, alpha=0.7)
    loss_axes.set_yscale("log")
    loss_axes.set_xlabel("step")
    loss_axes.set_ylabel("training loss of each batch", color="C0")
    accuracy_axes = loss_axes.twinx()
    accuracy_axes.plot(record["losses"]["accuracy_step"], record["losses"]["accuracy"], "ro-")
    accuracy_axes.set_ylim(0, 1.02)
    accuracy_axes.set_ylabel("accuracy on %d test images" % record["options"]["test_images"], color="r")
    figures.note_changes(figure, record)


def read_data(chosen):
    """The digits that the options ask for.

    Raises:
        UsageError: the real ones are missing or damaged, or a folder is named for generated ones.
    """
    if chosen.data == "synthetic":
        if chosen.data_dir:
            raise errors.UsageError("--data-dir: --data synthetic reads no files; leave out one of the two")
        from common import synthetic_digits

        options.remark("these are generated digits, not MNIST; the losses are not the tutorial's")
        return synthetic_digits.read_data_sets(one_hot=True, seed=chosen.seed)
    try:
        return input_data.read_data_sets(input_data.find_data(chosen.data_dir), one_hot=True, seed=chosen.seed)
    except input_data.MNISTError as error:
        raise errors.UsageError(error) from error


def add_data(parser):
    """Adds the options that choose the data."""
    parser.add_argument(
        "--data",
        choices=["mnist", "synthetic"],
        default="mnist",
        help="real digits, or generated ones (default: mnist)",
    )
    parser.add_argument(
        "--data-dir",
        type=options.path,
        metavar="DIR",
        help="folder of the four MNIST files (default: $MNIST_DATA, else MNIST_data/)",
    )


def main(argv=None):
    """Reads the options, trains, writes the record and the figure."""
    chosen = options.parse(
        __doc__,
        globals(),
        {
            "TIME_STEPS": options.integer(1, 784, "rows; times --input-size it is 784"),
            "INPUT_SIZE": options.integer(1, 784, "pixels of a row"),
            "N_CLASSES": options.integer(10, 10, "classes; only 10, the digits"),
            "NUM_UNITS": options.integer(1, 10**4, "LSTM units"),
            "BATCH_SIZE": options.integer(1, 55000, "images per step"),
            "LR": options.learning_rate(),
            "TRAINING_STEPS": options.integer(1, 10**7, "steps"),
            "PRINT_EVERY": options.integer(1, 10**7, "steps from one printed line to the next"),
            "TEST_IMAGES": options.integer(1, 10000, "images that the accuracy is measured on"),
        },
        seed=SEED,
        seed_orders_data=True,  # the images as well as the weights
        more=add_data,
        argv=argv,
    )
    if TIME_STEPS * INPUT_SIZE != 784:
        raise errors.UsageError(
            "--time-steps times --input-size must be 784, the pixels of an image, not %d" % (TIME_STEPS * INPUT_SIZE)
        )
    initial_weights = weights.choose(chosen)
    mnist = read_data(chosen)

    transcript = records.Transcript()
    history = train(
        build_graph(initial_weights),
        mnist,
        threads=chosen.threads,
        say=transcript.say,
        checkpoint=checkpoints.Checkpoints(chosen.model_dir, chosen, transcript, unit="step"),
        save_weights=chosen.save_initial_weights,
    )

    figure = figures.new(figures.MNIST_SIZE, chosen.show)
    curves = {"accuracy_step": history["accuracy_step"], "accuracy": history["accuracy"]}
    record = records.make(
        "LSTM_for_Mnist.py", chosen, transcript, history, curves, initial_weights=initial_weights.source
    )
    draw(figure, record)
    record_path = os.path.join(chosen.out, "LSTM_for_Mnist.json")
    figures.finish(figure, os.path.join(chosen.out, "mnist_lstm.png"), record, record_path, chosen.show)


if __name__ == "__main__":
    errors.run(main)
