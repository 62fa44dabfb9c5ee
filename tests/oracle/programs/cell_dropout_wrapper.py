# dropout between two layers, with the keep probability fed
import tensorflow as tf
import numpy as np
tf.set_random_seed(11)
keep_prob = tf.placeholder_with_default(1.0, shape=())

def get_a_cell(lstm_size, keep_prob):
    lstm = tf.nn.rnn_cell.BasicLSTMCell(lstm_size)
    drop = tf.nn.rnn_cell.DropoutWrapper(lstm, output_keep_prob=keep_prob)
    return drop

cell = tf.nn.rnn_cell.MultiRNNCell([get_a_cell(4, keep_prob) for _ in range(2)])
initial_state = cell.zero_state(3, tf.float32)
outputs, final_state = tf.nn.dynamic_rnn(cell, tf.ones([3, 4, 2]), initial_state=initial_state)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(outputs, {keep_prob: 0.5})[0])
    print(sess.run(outputs)[0])
    print(sess.run(final_state)[1].h[0])
