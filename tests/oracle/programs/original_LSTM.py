import numpy as np
import tensorflow as tf

inputs = tf.placeholder(np.float32, shape=(32, 40, 5))  # 32 batch, 40 time, 5 embedding

# one layer
with tf.variable_scope('single'):
    cell = tf.contrib.rnn.BasicLSTMCell(num_units=128)
    print('output_size:', cell.output_size)
    print('state_size:', cell.state_size)
    print(cell.state_size.h, cell.state_size.c)
    output, state = tf.nn.dynamic_rnn(cell=cell, inputs=inputs, dtype=tf.float32)
    print('output.shape:', output.shape)
    print('state.h.shape:', state.h.shape, state.c.get_shape().as_list())

# three layers
with tf.variable_scope('multi'):
    cells = [tf.contrib.rnn.BasicLSTMCell(num_units=n) for n in (128, 256, 512)]
    cell = tf.contrib.rnn.MultiRNNCell(cells=cells)
    print('output_size:', cell.output_size)
    print('state_size:', type(cell.state_size), cell.state_size)
    output, state = tf.nn.dynamic_rnn(cell=cell, inputs=inputs, dtype=tf.float32)
    print('output.shape:', output.shape, len(state))

# both directions
fw = tf.contrib.rnn.BasicLSTMCell(num_units=128)
bw = tf.contrib.rnn.BasicLSTMCell(num_units=120)
output, state = tf.nn.bidirectional_dynamic_rnn(cell_fw=fw, cell_bw=bw, inputs=inputs, dtype=tf.float32)
output_fw, output_bw = output
state_fw, state_bw = state
print('output_fw.shape:', output_fw.shape, 'output_bw.shape:', output_bw.shape)
print(state_fw.h.shape, state_fw.c.shape, state_bw.h.shape, state_bw.c.shape)
state_h_concat = tf.concat(values=[state_fw.h, state_bw.h], axis=1)
state_c_concat = tf.concat(values=[state_fw.c, state_bw.c], axis=1)
print(tf.contrib.rnn.LSTMStateTuple(c=state_c_concat, h=state_h_concat))
