"""Part 2: LSTM cells in TensorFlow: one layer, several layers, both directions.

    python RNN/LSTM.py
    python RNN/LSTM.py --variant bidirectional

Builds each net over a batch of 32 sequences of 40 vectors of 5 numbers, runs it, and prints the sizes and shapes of
what comes out. Nothing is trained. The figure (my_picture/LSTM3.png) shows the inside of an LSTM cell.
"""

import tf1  # noqa: F401, I001  first: it brings TensorFlow 1 back

import os

import numpy as np
import tensorflow.compat.v1 as tf

from common import errors, figures, options, records
from common.weights import InitialWeights

# the placeholder
BATCH_SIZE = 32
MAX_TIME = 40  # time steps
EMBEDDING_SIZE = 5  # numbers per time step

# units per layer
NUM_UNITS_1 = 128  # the single layer, and the first of several
NUM_UNITS_2 = 256
NUM_UNITS_3 = 512
NUM_UNITS_FW = 128  # forward
NUM_UNITS_BW = 120  # backward: the two directions may differ


def single(inputs):
    """One layer.

    Args:
        inputs: [batch, time, embedding].

    Returns:
        (output_size, state_size, output [batch, time, NUM_UNITS_1], state), the state an LSTMStateTuple of c and h
        [batch, NUM_UNITS_1].
    """
    lstm_cell_1 = tf.contrib.rnn.BasicLSTMCell(num_units=NUM_UNITS_1)
    # dynamic_rnn unrolls the net over max_time
    output, state = tf.nn.dynamic_rnn(cell=lstm_cell_1, inputs=inputs, dtype=tf.float32)
    return lstm_cell_1.output_size, lstm_cell_1.state_size, output, state


def multi(inputs):
    """Three layers, each reading the outputs of the one below it.

    Args:
        inputs: [batch, time, embedding].

    Returns:
        (output_size, state_size, output [batch, time, NUM_UNITS_3], state: a tuple of three LSTMStateTuples).
    """
    lstm_cell_1 = tf.contrib.rnn.BasicLSTMCell(num_units=NUM_UNITS_1)
    lstm_cell_2 = tf.contrib.rnn.BasicLSTMCell(num_units=NUM_UNITS_2)
    lstm_cell_3 = tf.contrib.rnn.BasicLSTMCell(num_units=NUM_UNITS_3)
    lstm_cell = tf.contrib.rnn.MultiRNNCell(cells=[lstm_cell_1, lstm_cell_2, lstm_cell_3])
    output, state = tf.nn.dynamic_rnn(cell=lstm_cell, inputs=inputs, dtype=tf.float32)
    return lstm_cell.output_size, lstm_cell.state_size, output, state


def bidirectional(inputs):
    """One layer in each direction; the backward one reads the sequence from its end.

    Args:
        inputs: [batch, time, embedding].

    Returns:
        (output_size, state_size, output, state), each a pair: forward, backward.
    """
    lstm_cell_fw = tf.contrib.rnn.BasicLSTMCell(num_units=NUM_UNITS_FW)
    lstm_cell_bw = tf.contrib.rnn.BasicLSTMCell(num_units=NUM_UNITS_BW)
    output, state = tf.nn.bidirectional_dynamic_rnn(
        cell_fw=lstm_cell_fw, cell_bw=lstm_cell_bw, inputs=inputs, dtype=tf.float32
    )
    sizes = (lstm_cell_fw.output_size, lstm_cell_bw.output_size)
    return sizes, (lstm_cell_fw.state_size, lstm_cell_bw.state_size), output, state


VARIANTS = {"single": single, "multi": multi, "bidirectional": bidirectional}


def build_graph(variant, initial_weights):
    """Builds one of the nets.

    Args:
        variant: a key of VARIANTS.
        initial_weights: an InitialWeights.

    Returns:
        (graph, inputs, net): the graph, its placeholder [BATCH_SIZE, MAX_TIME, EMBEDDING_SIZE], and what the variant's
        function returned.
    """
    graph = tf.Graph()
    with graph.as_default(), initial_weights.scope():
        inputs = tf.placeholder(np.float32, shape=(BATCH_SIZE, MAX_TIME, EMBEDDING_SIZE))
        net = VARIANTS[variant](inputs)
    return graph, inputs, net


def run(variant, initial_weights, threads=1, say=print):
    """Builds a net, runs it on random sequences and prints what comes out.

    Args:
        variant: a key of VARIANTS.
        initial_weights: an InitialWeights; its seed makes the sequences too.
        threads: threads that TensorFlow uses.
        say: called with each line printed.

    Returns:
        (outputs, state) as numpy arrays in the structure that the net has.
    """
    graph, inputs, (output_size, state_size, output, state) = build_graph(variant, initial_weights)
    sequences = np.random.RandomState(initial_weights.seed).normal(size=inputs.shape.as_list())
    config = tf.ConfigProto(intra_op_parallelism_threads=threads, inter_op_parallelism_threads=threads)
    with tf.Session(graph=graph, config=config) as sess, graph.as_default():
        sess.run(tf.global_variables_initializer())
        outputs, states = sess.run([output, state], feed_dict={inputs: sequences})

    say("output_size: %s" % (output_size,))
    say("state_size: %s" % (state_size,))
    if variant == "bidirectional":
        forward, backward = states
        say("output.shape: %s %s" % (outputs[0].shape, outputs[1].shape))
        say("output, both directions joined: %s" % (np.concatenate(outputs, axis=2).shape,))
        say("state.h forward: %s" % (forward.h.shape,))
        say("state.c forward: %s" % (forward.c.shape,))
        say("state.h backward: %s" % (backward.h.shape,))
        say("state.c backward: %s" % (backward.c.shape,))
        say("state.h, both directions joined: %s" % (np.concatenate([forward.h, backward.h], axis=1).shape,))
        say("state.c, both directions joined: %s" % (np.concatenate([forward.c, backward.c], axis=1).shape,))
        return outputs, states

    say("output.shape: %s" % (outputs.shape,))
    if variant == "single":
        say("state.h: %s" % (states.h.shape,))
        say("state.c: %s" % (states.c.shape,))
        say("state.h and state.c joined: %s" % (np.concatenate([states.h, states.c], axis=1).shape,))
    return outputs, states


def add_variant(parser):
    """Adds the option that chooses among the nets."""
    parser.add_argument("--variant", choices=list(VARIANTS) + ["all"], default="all", help="which net (default: all)")


def main(argv=None):
    """Reads the options, runs the nets, writes the record and the figure."""
    chosen = options.parse(
        __doc__,
        globals(),
        {
            "BATCH_SIZE": options.integer(1, 10**5, "sequences"),
            "MAX_TIME": options.integer(1, 10**5, "time steps of a sequence"),
            "EMBEDDING_SIZE": options.integer(1, 10**5, "numbers per time step"),
            "NUM_UNITS_1": options.integer(1, 10**4, "units of the single layer, and of the first of three"),
            "NUM_UNITS_2": options.integer(1, 10**4, "units of the second layer of three"),
            "NUM_UNITS_3": options.integer(1, 10**4, "units of the third layer of three"),
            "NUM_UNITS_FW": options.integer(1, 10**4, "units of the forward direction"),
            "NUM_UNITS_BW": options.integer(1, 10**4, "units of the backward direction"),
        },
        seed=0,
        trains=False,
        more=add_variant,
        argv=argv,
    )
    transcript = records.Transcript()
    means = {}
    for variant in VARIANTS if chosen.variant == "all" else [chosen.variant]:
        outputs, _ = run(variant, InitialWeights(seed=chosen.seed), chosen.threads, transcript.say)
        joined = np.concatenate(outputs, axis=2) if variant == "bidirectional" else outputs
        means[variant] = records.floats(np.abs(joined).mean(axis=(0, 2)))

    from common import diagrams  # not before the options are read: it loads matplotlib

    figure = figures.new(diagrams.LSTM_SIZE, chosen.show)
    losses = {}  # nothing is trained
    record = records.make("LSTM.py", chosen, transcript, losses, {"mean_absolute_output": means})
    diagrams.draw_lstm_cell(figure)
    path = os.path.join(options.diagram_folder(chosen), "LSTM3.png")
    record_path = os.path.join(chosen.out, "LSTM.json")
    figures.finish(figure, path, record, record_path, chosen.show, dpi=diagrams.DPI)


if __name__ == "__main__":
    errors.run(main)
