import tensorflow as tf
import numpy as np
tf.set_random_seed(13)
max_time, batch_size, input_depth, num_units = 4, 2, 3, 5
inputs = tf.placeholder(shape=(max_time, batch_size, input_depth), dtype=tf.float32)
sequence_length = tf.placeholder(shape=(batch_size,), dtype=tf.int32)
inputs_ta = tf.TensorArray(dtype=tf.float32, size=max_time)
inputs_ta = inputs_ta.unstack(inputs)
cell = tf.contrib.rnn.LSTMCell(num_units)

def loop_fn(time, cell_output, cell_state, loop_state):
    emit_output = cell_output
    if cell_output is None:
        next_cell_state = cell.zero_state(batch_size, tf.float32)
    else:
        next_cell_state = cell_state
    elements_finished = (time >= sequence_length)
    finished = tf.reduce_all(elements_finished)
    next_input = tf.cond(finished, lambda: tf.zeros([batch_size, input_depth], dtype=tf.float32), lambda: inputs_ta.read(time))
    return (elements_finished, next_input, next_cell_state, emit_output, None)

outputs_ta, final_state, _ = tf.nn.raw_rnn(cell, loop_fn)
outputs = outputs_ta.stack()
sess = tf.Session()
sess.run(tf.global_variables_initializer())
print(sess.run(outputs, {inputs: np.ones((4, 2, 3)), sequence_length: [4, 2]})[:, :, 0])
