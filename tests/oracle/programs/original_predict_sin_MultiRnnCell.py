import numpy as np
import tensorflow as tf
from tensorflow.contrib import rnn
import matplotlib.pyplot as plt

TIME_STEPS = 10
BATCH_SIZE = 32
HIDDEN_UNITS1 = 20
HIDDEN_UNITS2 = 1

seq = np.sin(np.linspace(0, 10, 330, dtype=np.float64))
X = np.array([seq[i:i + TIME_STEPS] for i in range(320)], dtype=np.float32).reshape(-1, TIME_STEPS, 1)
y = np.array([seq[i + TIME_STEPS] for i in range(320)], dtype=np.float32).reshape(-1, 1)

graph = tf.Graph()
with graph.as_default():
    tf.set_random_seed(2018)
    X_p = tf.placeholder(dtype=tf.float32, shape=(None, TIME_STEPS, 1), name="input_placeholder")
    y_p = tf.placeholder(dtype=tf.float32, shape=(None, 1), name="pred_placeholder")
    lstm_cell1 = rnn.BasicLSTMCell(num_units=HIDDEN_UNITS1)
    lstm_cell2 = rnn.BasicLSTMCell(num_units=HIDDEN_UNITS2)
    multi_lstm = rnn.MultiRNNCell(cells=[lstm_cell1, lstm_cell2])
    # a state made by hand
    state1 = rnn.LSTMStateTuple(c=tf.zeros((BATCH_SIZE, HIDDEN_UNITS1)), h=tf.zeros((BATCH_SIZE, HIDDEN_UNITS1)))
    state2 = rnn.LSTMStateTuple(c=tf.zeros((BATCH_SIZE, HIDDEN_UNITS2)), h=tf.zeros((BATCH_SIZE, HIDDEN_UNITS2)))
    state = (state1, state2)
    outputs = list()
    with tf.variable_scope('RNN'):
        for timestep in range(TIME_STEPS):
            if timestep > 0:
                tf.get_variable_scope().reuse_variables()
            (cell_output, state) = multi_lstm(X_p[:, timestep, :], state)
            outputs.append(cell_output)
    h = outputs[-1]
    mse = tf.losses.mean_squared_error(labels=y_p, predictions=h)
    optimizer = tf.train.AdamOptimizer(0.001).minimize(loss=mse)
    init = tf.global_variables_initializer()

with tf.Session(graph=graph) as sess:
    sess.run(init)
    for epoch in range(4):
        losses = []
        for j in range(10):
            s = slice(j * BATCH_SIZE, (j + 1) * BATCH_SIZE)
            _, l = sess.run([optimizer, mse], {X_p: X[s], y_p: y[s]})
            losses.append(l)
        print("epoch:", epoch, "average training loss:", '%.7f' % (sum(losses) / len(losses)))
    for v in graph.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES):
        print(v.name, v.shape)
