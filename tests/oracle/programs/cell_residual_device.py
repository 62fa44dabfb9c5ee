import tensorflow as tf
tf.set_random_seed(21)
def make():
    c = tf.contrib.rnn.BasicLSTMCell(3)
    c = tf.contrib.rnn.ResidualWrapper(c)
    return tf.contrib.rnn.DeviceWrapper(c, '/cpu:0')
cell = tf.contrib.rnn.MultiRNNCell([make() for _ in range(2)], state_is_tuple=True)
out, state = tf.nn.dynamic_rnn(cell, tf.ones([2, 3, 3]) * 0.5, dtype=tf.float32)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(out))
    print(sess.run(state[1].c))
