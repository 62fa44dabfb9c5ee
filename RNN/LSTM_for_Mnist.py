"""Part 6: an LSTM reads handwritten digits, row by row.

    python RNN/LSTM_for_Mnist.py
    python RNN/LSTM_for_Mnist.py --data-dir DIR     use the four MNIST files in DIR
    python RNN/LSTM_for_Mnist.py --data synthetic   use generated digits; needs no download

An image of 28x28 pixels becomes a sequence of 28 rows; a dense layer turns the last output of 100 LSTM units into ten
class scores. Expect a test accuracy of 0.97 after 500 steps and 0.98 from step 2,000 on. The figure is
output/mnist_lstm.png.
"""

from common.digits import DATA_OPTIONS, read_data_sets
from common.run import main

import tf1 as tf  # tensorflow.compat.v1, with tf.contrib restored

# data
TIME_STEPS = 28  # rows of an image
INPUT_SIZE = 28  # pixels per row
N_CLASSES = 10  # digits

# model
NUM_UNITS = 100  # LSTM units

# training
BATCH_SIZE = 100  # images per step
LR = 0.01  # learning rate of Adam
TRAINING_STEPS = 8000  # training steps
SEED = 1  # random seed of the initial weights and of the order of the images

# output
PRINT_EVERY = 500  # steps between two printed lines
TEST_IMAGES = 5000  # images the test accuracy is measured on


def build_graph():
    """Builds the network, its loss, its training step and its accuracy in the default graph."""
    train_x = tf.placeholder(tf.float32, [None, TIME_STEPS * INPUT_SIZE])
    train_y = tf.placeholder(tf.float32, [None, N_CLASSES])  # one-hot
    image = tf.reshape(train_x, [-1, TIME_STEPS, INPUT_SIZE])  # [batch, rows, pixels per row]

    rnn_cell = tf.contrib.rnn.BasicLSTMCell(num_units=NUM_UNITS)
    # outputs: [batch, TIME_STEPS, NUM_UNITS]; initial_state=None means zeros
    outputs, final_state = tf.nn.dynamic_rnn(
        cell=rnn_cell, inputs=image, initial_state=None, dtype=tf.float32, time_major=False
    )
    output = tf.layers.dense(inputs=outputs[:, -1, :], units=N_CLASSES)  # [batch, N_CLASSES]

    loss = tf.losses.softmax_cross_entropy(onehot_labels=train_y, logits=output)
    train_op = tf.train.AdamOptimizer(LR).minimize(loss)

    correct_prediction = tf.equal(tf.argmax(train_y, axis=1), tf.argmax(output, axis=1))
    accuracy = tf.reduce_mean(tf.cast(correct_prediction, tf.float32))
    return train_x, train_y, loss, train_op, accuracy


def batches(mnist):
    """Yields (step, training batch, test batch); the test batch is None except at the steps that print."""
    for step in range(TRAINING_STEPS):
        train_batch = mnist.train.next_batch(BATCH_SIZE)
        yield step, train_batch, mnist.test.next_batch(TEST_IMAGES) if step % PRINT_EVERY == 0 else None


def train(run):
    """Trains the network and measures its test accuracy every PRINT_EVERY steps."""
    run.require(TIME_STEPS * INPUT_SIZE == 784, "--time-steps times --input-size must be 784, the pixels of an image")
    run.require(N_CLASSES == 10, "--n-classes must be 10: there are ten digits")
    run.require(BATCH_SIZE <= 55000, "--batch-size must be 1 to 55000, the training images")
    run.require(TEST_IMAGES <= 10000, "--test-images must be 1 to 10000, the test images")
    mnist = read_data_sets(run.options, seed=SEED)

    graph = tf.Graph()
    with graph.as_default(), run.initial_weights():
        train_x, train_y, loss, train_op, accuracy = build_graph()

    with tf.Session(graph=graph, config=run.session_config()) as sess:
        sess.run(tf.global_variables_initializer())
        for step, (x, y), test_batch in run.loop(sess, batches(mnist), "step", TRAINING_STEPS, save_every=PRINT_EVERY):
            _, loss_value = sess.run([train_op, loss], feed_dict={train_x: x, train_y: y})
            run.log(train_loss=loss_value)
            if test_batch:
                test_x, test_y = test_batch
                acc = sess.run(accuracy, feed_dict={train_x: test_x, train_y: test_y})
                run.print("train loss: %.4f | test accuracy: %.2f" % (loss_value, acc))
                run.log(accuracy_step=step, accuracy=acc)


def draw(axes, record):
    """Draws the loss of every step and, over it, the test accuracy."""
    losses = record["losses"]
    axes.plot(losses["train_loss"], color="C0", linewidth=0.5, alpha=0.7)
    axes.set_yscale("log")
    axes.set_xlabel("step")
    axes.set_ylabel("training loss of each batch", color="C0")
    accuracy_axes = axes.twinx()
    accuracy_axes.plot(losses["accuracy_step"], losses["accuracy"], "ro-")
    accuracy_axes.set_ylim(0, 1.02)
    accuracy_axes.set_ylabel("accuracy on %d test images" % record["options"]["test_images"], color="r")


if __name__ == "__main__":
    main(globals(), train, draw, extra=DATA_OPTIONS)
