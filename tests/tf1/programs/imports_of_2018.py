import tf1
import tensorflow as tf
from tensorflow.contrib import rnn, learn
from tensorflow.contrib.rnn import BasicLSTMCell, LSTMStateTuple, MultiRNNCell
import tensorflow.contrib.learn as learn_again
from tensorflow.examples.tutorials.mnist import input_data
import tensorflow.compat.v1 as tf
print(tf.contrib.rnn is rnn, tf.contrib.learn is learn is learn_again, tf.executing_eagerly())
print(tf.contrib.layers.optimize_loss.__name__, tf.contrib.framework.get_global_step.__name__)
print(input_data.read_data_sets.__name__, LSTMStateTuple._fields)
