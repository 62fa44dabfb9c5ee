import importlib
import importlib.util
import os
import pickle
import runpy
import sys

import tensorflow as tf
import tensorflow.contrib.rnn as rnn_1
from tensorflow.contrib import rnn as rnn_2

rnn_3 = importlib.import_module("tensorflow.contrib.rnn")
rnn_4 = __import__("tensorflow.contrib.rnn").contrib.rnn
print(rnn_1 is rnn_2 is rnn_3 is rnn_4 is tf.contrib.rnn is sys.modules["tensorflow"].contrib.rnn)
from tensorflow.contrib.rnn import *
from tensorflow.python.layers.core import Dense
from tensorflow.python.ops import rnn_cell, rnn_cell_impl
import tensorflow_core.python.ops.rnn_cell_impl as core

print(LSTMCell is tf.nn.rnn_cell.LSTMCell is rnn_cell.LSTMCell is rnn_cell_impl.LSTMCell is core.LSTMCell)
print(isinstance(tf.layers.Dense(1), Dense), issubclass(tf.layers.Dense, tf.keras.layers.Layer))
print(issubclass(LayerNormBasicLSTMCell, tf.nn.rnn_cell.RNNCell))
print(tf.__version__, tf.VERSION, tf.keras.__version__, tf.compat.v1.nn.dynamic_rnn is tf.nn.dynamic_rnn)


def late():
    from tensorflow.contrib.seq2seq import BahdanauAttention

    return BahdanauAttention.__module__


print(late())
print(pickle.loads(b"ctensorflow.contrib.learn.python.learn.preprocessing.text\nVocabularyProcessor\n.").__name__)
for statement in ("import tensorflow.foo", "tf.foo"):
    try:
        exec(statement)
    except (ImportError, AttributeError) as error:
        print(error)

# whatever loads a file, its tensorflow is 1.15.5, and its numpy has the names of 2019
path = os.path.abspath("beside.py")
with open(path, "w") as file:
    file.write("import numpy as np\nimport tensorflow as tf\nFOUND = tf.VERSION, np.float(1), np.bool is bool\n")
import imp

spec = importlib.util.spec_from_file_location("by_spec", path)
by_spec = importlib.util.module_from_spec(spec)
spec.loader.exec_module(by_spec)
sys.path.insert(0, os.getcwd())
names = {}
exec(compile(open(path).read(), path, "exec"), names)
loaded = [by_spec.FOUND, imp.load_source("by_imp", path).FOUND, runpy.run_path(path)["FOUND"], names["FOUND"]]
loaded += [importlib.import_module("beside").FOUND, importlib.reload(sys.modules["beside"]).FOUND]
print(set(loaded), len(loaded))

from unittest import mock

with mock.patch("tensorflow.nn.relu", lambda x: "patched"), mock.patch.object(tf, "constant", lambda x: "too"):
    print(tf.nn.relu(1), tf.constant(1))
print(tf.nn.relu(1), tf.constant(1))
import tf1

print(tf1.contrib.rnn is rnn_1, tf1.Session is tf.Session)
