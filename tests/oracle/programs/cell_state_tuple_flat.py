import tensorflow as tf
tf.set_random_seed(1)
cell = tf.nn.rnn_cell.BasicLSTMCell(3, state_is_tuple=False)
stacked = tf.nn.rnn_cell.MultiRNNCell([cell], state_is_tuple=False)
init = stacked.zero_state(2, tf.float32)
print(init.shape, stacked.state_size)
o, s = tf.nn.dynamic_rnn(stacked, tf.ones([2, 3, 2]), initial_state=init)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(s))
