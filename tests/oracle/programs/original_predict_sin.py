import numpy as np
import tensorflow as tf
from tensorflow.contrib import rnn
import matplotlib.pyplot as plt

TIME_STEPS = 10
BATCH_SIZE = 128
HIDDEN_UNITS = 1
LEARNING_RATE = 0.001
EPOCH = 3


def generate(seq):
    X, y = [], []
    for i in range(len(seq) - TIME_STEPS):
        X.append([seq[i:i + TIME_STEPS]])
        y.append([seq[i + TIME_STEPS]])
    return np.array(X, dtype=np.float32), np.array(y, dtype=np.float32)


seq_train = np.linspace(0, 10, 1100, dtype=np.float64)
X_train, y_train = generate(np.sin(seq_train))
X_train = np.reshape(X_train, newshape=(-1, TIME_STEPS, 1))

graph = tf.Graph()
with graph.as_default():
    tf.set_random_seed(1)
    X_p = tf.placeholder(dtype=tf.float32, shape=(None, TIME_STEPS, 1), name='input_placeholder')
    y_p = tf.placeholder(dtype=tf.float32, shape=(None, 1), name='pred_placeholder')
    lstm_cell = rnn.BasicLSTMCell(num_units=HIDDEN_UNITS)
    init_state = lstm_cell.zero_state(batch_size=BATCH_SIZE, dtype=tf.float32)
    outputs, states = tf.nn.dynamic_rnn(cell=lstm_cell, inputs=X_p, initial_state=init_state, dtype=tf.float32)
    h = outputs[:, -1, :]
    mse = tf.losses.mean_squared_error(labels=y_p, predictions=h)
    optimizer = tf.train.AdamOptimizer(LEARNING_RATE).minimize(loss=mse)
    init = tf.global_variables_initializer()

with tf.Session(graph=graph) as sess:
    sess.run(init)
    for epoch in range(1, EPOCH + 1):
        results = np.zeros(shape=(0, 1))
        train_losses = []
        for j in range(len(X_train) // BATCH_SIZE):
            _, train_loss, r = sess.run(
                fetches=(optimizer, mse, h),
                feed_dict={X_p: X_train[j * BATCH_SIZE:(j + 1) * BATCH_SIZE],
                           y_p: y_train[j * BATCH_SIZE:(j + 1) * BATCH_SIZE]})
            train_losses.append(train_loss)
            results = np.concatenate((results, r))
        print('epoch:%d ,average training loss=%.8f' % (epoch, sum(train_losses) / len(train_losses)))
    plt.plot(results[:100], 'r*')
    plt.plot(y_train[:100])
    plt.show()
print('%.7f' % results[-1])
