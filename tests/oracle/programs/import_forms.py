import tensorflow as tf, importlib, sys, pickle
import tensorflow.contrib.rnn as r1
from tensorflow.contrib import rnn as r2
from tensorflow.contrib.rnn import *
from tensorflow.python.ops import rnn_cell as r3, rnn_cell_impl, variable_scope as vs, init_ops
from tensorflow.python.layers import base as base_layer
from tensorflow.python.layers.core import Dense
from tensorflow.python.ops import rnn_cell_impl as impl
import tensorflow.contrib.seq2seq.python.ops.attention_wrapper as aw
def late():
    from tensorflow.contrib import layers
    return importlib.import_module('tensorflow.contrib.layers').fully_connected is layers.fully_connected
print(r1 is r2, late(), tf.contrib.rnn.BasicLSTMCell is BasicLSTMCell is rnn_cell_impl.BasicLSTMCell is tf.nn.rnn_cell.BasicLSTMCell)
print(r3.GRUCell is impl.GRUCell, isinstance(tf.layers.Dense(2), base_layer.Layer), tf.layers.Dense is Dense, isinstance(GRUCell(2), impl.RNNCell), isinstance(GRUCell(2), base_layer.Layer))
print(issubclass(aw.AttentionWrapper, tf.nn.rnn_cell.RNNCell), aw.AttentionWrapper is tf.contrib.seq2seq.AttentionWrapper)
print(tf.__version__, tf.VERSION, 'tensorflow.contrib.rnn' in sys.modules, tf.contrib.__name__, tf.nn.rnn_cell.LSTMStateTuple is LSTMStateTuple)
print(int(tf.__version__.split('.')[0]) < 2, tf.executing_eagerly(), tf.test.is_gpu_available(), tf.compat.v1.nn.rnn_cell.GRUCell is GRUCell)
print(impl._BIAS_VARIABLE_NAME, impl._WEIGHTS_VARIABLE_NAME, impl._concat(2, [3]), callable(impl.assert_like_rnncell), hasattr(impl, '_zero_state_tensors'))
from tensorflow.python.framework import ops, dtypes, tensor_shape, tensor_util, constant_op, random_seed, graph_util, errors
from tensorflow.python.ops import array_ops, math_ops, nn_ops, control_flow_ops, embedding_ops, gen_array_ops, clip_ops, rnn, nn, state_ops, partitioned_variables, candidate_sampling_ops, lookup_ops, ctc_ops, data_flow_ops, gradients_impl, sparse_ops, string_ops, logging_ops, functional_ops, tensor_array_ops
from tensorflow.python.platform import tf_logging as logging, gfile, app, flags
from tensorflow.python.util import nest, compat
from tensorflow.python.training import moving_averages, optimizer, saver, slot_creator, training_util, learning_rate_decay, basic_session_run_hooks, session_run_hook
from tensorflow.python.client import device_lib, session, timeline
from tensorflow.python.summary import summary
from tensorflow.python.eager import context
print(compat.as_bytes('a'), nest.flatten([1, (2,)]), dtypes.float32.as_numpy_dtype, tensor_shape.TensorShape([1, None]), dtypes.as_dtype('int32').name, [d.device_type for d in device_lib.list_local_devices() if d.device_type == 'CPU'])
