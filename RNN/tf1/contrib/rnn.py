"""``tf.contrib.rnn``: TensorFlow's own LSTM cells under the name they had in TensorFlow 1.

They moved to ``tf.nn.rnn_cell`` and on into Keras, and are still the code of 2017; nothing is rewritten here.
"""

import tensorflow.compat.v1 as tf

from tf1.installed import startup

RNNCell = tf.nn.rnn_cell.RNNCell
BasicRNNCell = tf.nn.rnn_cell.BasicRNNCell
BasicLSTMCell = tf.nn.rnn_cell.BasicLSTMCell
LSTMCell = tf.nn.rnn_cell.LSTMCell
GRUCell = tf.nn.rnn_cell.GRUCell
LSTMStateTuple = tf.nn.rnn_cell.LSTMStateTuple
MultiRNNCell = tf.nn.rnn_cell.MultiRNNCell
DropoutWrapper = tf.nn.rnn_cell.DropoutWrapper
static_rnn = tf.nn.static_rnn


def __getattr__(name):
    raise AttributeError(startup.not_restored("tf.contrib.rnn." + name))
