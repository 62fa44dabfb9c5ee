from __future__ import print_function, division
import numpy as np
import tensorflow as tf
import matplotlib.pyplot as plt
tf.set_random_seed(21); np.random.seed(3)
truncated_backprop_length, state_size, num_classes, echo_step, batch_size, num_layers = 5, 4, 2, 3, 5, 3
batchX_placeholder = tf.placeholder(tf.float32, [batch_size, truncated_backprop_length])
batchY_placeholder = tf.placeholder(tf.int32, [batch_size, truncated_backprop_length])
init_state = tf.placeholder(tf.float32, [num_layers, 2, batch_size, state_size])
state_per_layer_list = tf.unstack(init_state, axis=0)
rnn_tuple_state = tuple([tf.nn.rnn_cell.LSTMStateTuple(state_per_layer_list[idx][0], state_per_layer_list[idx][1]) for idx in range(num_layers)])
W2 = tf.Variable(np.random.rand(state_size, num_classes), dtype=tf.float32)
b2 = tf.Variable(np.zeros((1, num_classes)), dtype=tf.float32)
cell = tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.LSTMCell(state_size, state_is_tuple=True) for _ in range(num_layers)], state_is_tuple=True)
states_series, current_state = tf.nn.dynamic_rnn(cell, tf.expand_dims(batchX_placeholder, -1), initial_state=rnn_tuple_state)
states_series = tf.reshape(states_series, [-1, state_size])
logits = tf.matmul(states_series, W2) + b2
labels = tf.reshape(batchY_placeholder, [-1])
total_loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(logits=logits, labels=labels))
train_step = tf.train.AdagradOptimizer(0.3).minimize(total_loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    plt.ion(); plt.figure(); plt.show()
    loss_list = []
    _current_state = np.zeros((num_layers, 2, batch_size, state_size))
    for i in range(6):
        x = np.random.choice(2, 25, p=[0.5, 0.5]).reshape(5, -1); y = np.roll(x, echo_step, 1)
        _total_loss, _, _current_state = sess.run([total_loss, train_step, current_state], {batchX_placeholder: x, batchY_placeholder: y, init_state: _current_state})
        loss_list.append(_total_loss)
        print("Step", i, "Loss %.6f" % _total_loss)
    plt.subplot(2, 3, 1); plt.cla(); plt.plot(loss_list); plt.draw(); plt.pause(0.0001)
plt.ioff(); plt.show()
