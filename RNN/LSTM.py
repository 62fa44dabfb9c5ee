"""Part 2: LSTM cells: one layer, several layers, both directions.

    python RNN/LSTM.py
    python RNN/LSTM.py --variant bidirectional

Builds each network for a batch of 32 sequences of 40 vectors of 5 numbers, runs it on random sequences, and prints the
sizes and shapes of its outputs and states. Nothing is trained. The figure, output/LSTM3.png, shows the inside of an
LSTM cell.
"""

from common.diagrams import draw_lstm_cell as draw
from common.run import main

import numpy as np

import tf1 as tf  # tensorflow.compat.v1, with tf.contrib restored

# data
BATCH_SIZE = 32  # sequences
MAX_TIME = 40  # time steps of a sequence
EMBEDDING_SIZE = 5  # numbers per time step
SEED = 0  # random seed of the weights and the sequences

# model
VARIANT = "all"  # network to run, or all three
NUM_UNITS_1 = 128  # LSTM units of the single layer, and of the first of three
NUM_UNITS_2 = 256  # LSTM units of the second layer
NUM_UNITS_3 = 512  # LSTM units of the third layer
NUM_UNITS_FW = 128  # LSTM units of the forward direction
NUM_UNITS_BW = 120  # LSTM units of the backward direction; the two may differ


def single(inputs):
    """One layer: output [batch, time, NUM_UNITS_1], state (c, h), each [batch, NUM_UNITS_1]."""
    lstm_cell_1 = tf.contrib.rnn.BasicLSTMCell(num_units=NUM_UNITS_1)
    # dynamic_rnn unrolls the network over max_time
    output, state = tf.nn.dynamic_rnn(cell=lstm_cell_1, inputs=inputs, dtype=tf.float32)
    return lstm_cell_1.output_size, lstm_cell_1.state_size, output, state


def multi(inputs):
    """Three layers, each on the outputs of the one below: output [batch, time, NUM_UNITS_3], a state per layer."""
    lstm_cell_1 = tf.contrib.rnn.BasicLSTMCell(num_units=NUM_UNITS_1)
    lstm_cell_2 = tf.contrib.rnn.BasicLSTMCell(num_units=NUM_UNITS_2)
    lstm_cell_3 = tf.contrib.rnn.BasicLSTMCell(num_units=NUM_UNITS_3)
    lstm_cell = tf.contrib.rnn.MultiRNNCell(cells=[lstm_cell_1, lstm_cell_2, lstm_cell_3])
    output, state = tf.nn.dynamic_rnn(cell=lstm_cell, inputs=inputs, dtype=tf.float32)
    return lstm_cell.output_size, lstm_cell.state_size, output, state


def bidirectional(inputs):
    """A layer per direction, the backward one on the reversed sequence; everything is a pair (forward, backward)."""
    lstm_cell_fw = tf.contrib.rnn.BasicLSTMCell(num_units=NUM_UNITS_FW)
    lstm_cell_bw = tf.contrib.rnn.BasicLSTMCell(num_units=NUM_UNITS_BW)
    output, state = tf.nn.bidirectional_dynamic_rnn(
        cell_fw=lstm_cell_fw, cell_bw=lstm_cell_bw, inputs=inputs, dtype=tf.float32
    )
    output_size = (lstm_cell_fw.output_size, lstm_cell_bw.output_size)
    return output_size, (lstm_cell_fw.state_size, lstm_cell_bw.state_size), output, state


VARIANTS = {"single": single, "multi": multi, "bidirectional": bidirectional}


def build_graph(variant):
    """Builds one of the networks in the default graph; inputs: [BATCH_SIZE, MAX_TIME, EMBEDDING_SIZE]."""
    inputs = tf.placeholder(np.float32, shape=(BATCH_SIZE, MAX_TIME, EMBEDDING_SIZE))
    return (inputs,) + VARIANTS[variant](inputs)


def run_variants(run):
    """Builds the networks, runs them on random sequences, and prints the sizes and shapes."""
    means = {}
    for variant in VARIANTS if VARIANT == "all" else [VARIANT]:
        graph = tf.Graph()
        with graph.as_default(), run.initial_weights():
            inputs, output_size, state_size, output, state = build_graph(variant)
        sequences = np.random.RandomState(SEED).normal(size=(BATCH_SIZE, MAX_TIME, EMBEDDING_SIZE))
        with tf.Session(graph=graph, config=run.session_config()) as sess:
            sess.run(tf.global_variables_initializer())
            outputs, states = sess.run([output, state], feed_dict={inputs: sequences})

        run.print("output_size: %s" % (output_size,))
        run.print("state_size: %s" % (state_size,))
        if variant == "bidirectional":
            run.print("output.shape: %s %s" % (outputs[0].shape, outputs[1].shape))
            outputs = np.concatenate(outputs, axis=2)  # [BATCH_SIZE, MAX_TIME, NUM_UNITS_FW + NUM_UNITS_BW]
            run.print("output, both directions joined: %s" % (outputs.shape,))
            for direction, each in zip(("forward", "backward"), states):
                run.print("state.h %s: %s" % (direction, each.h.shape))
                run.print("state.c %s: %s" % (direction, each.c.shape))
            for name in ("h", "c"):
                joined = np.concatenate([getattr(each, name) for each in states], axis=1)
                run.print("state.%s, both directions joined: %s" % (name, joined.shape))
        else:
            run.print("output.shape: %s" % (outputs.shape,))
        if variant == "single":
            run.print("state.h: %s" % (states.h.shape,))
            run.print("state.c: %s" % (states.c.shape,))
            run.print("state.h and state.c joined: %s" % (np.concatenate([states.h, states.c], axis=1).shape,))
        means[variant] = np.abs(outputs).mean(axis=(0, 2))  # [MAX_TIME]
    run.keep(curves={"mean_absolute_output": means})  # in the record, so that two runs can be compared


if __name__ == "__main__":
    choices = {"VARIANT": list(VARIANTS) + ["all"]}
    main(globals(), run_variants, draw, choices=choices)
