import tensorflow as tf
import numpy as np
from tensorflow.contrib import rnn

tf.set_random_seed(2017)
n_input, n_steps, n_hidden, n_classes = 4, 3, 5, 2
x = tf.placeholder("float", [None, n_steps, n_input])
y = tf.placeholder("float", [None, n_classes])
weights = {'out': tf.Variable(tf.random_normal([2 * n_hidden, n_classes]))}
biases = {'out': tf.Variable(tf.random_normal([n_classes]))}


def BiRNN(x, weights, biases):
    x = tf.unstack(x, n_steps, 1)
    lstm_fw_cell = rnn.BasicLSTMCell(n_hidden, forget_bias=1.0)
    lstm_bw_cell = rnn.BasicLSTMCell(n_hidden, forget_bias=1.0)
    outputs, _, _ = rnn.static_bidirectional_rnn(lstm_fw_cell, lstm_bw_cell, x, dtype=tf.float32)
    return tf.matmul(outputs[-1], weights['out']) + biases['out']


pred = BiRNN(x, weights, biases)
cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=pred, labels=y))
optimizer = tf.train.GradientDescentOptimizer(learning_rate=0.1).minimize(cost)
init = tf.global_variables_initializer()
bx = np.random.RandomState(5).rand(6, n_steps, n_input)
by = np.eye(2)[[0, 1, 0, 1, 1, 0]]
with tf.Session() as sess:
    sess.run(init)
    for step in range(1, 6):
        sess.run(optimizer, feed_dict={x: bx, y: by})
        print("Iter " + str(step) + ", Minibatch Loss= " + "{:.7f}".format(sess.run(cost, feed_dict={x: bx, y: by})))
print("Optimization Finished!")
