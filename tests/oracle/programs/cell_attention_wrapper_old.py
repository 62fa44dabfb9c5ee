import tensorflow as tf
from tensorflow.contrib.rnn import AttentionCellWrapper
tf.set_random_seed(10)
def single_cell():
    cell = tf.contrib.rnn.BasicLSTMCell(5, state_is_tuple=True)
    return AttentionCellWrapper(cell, attn_length=3, state_is_tuple=True)
stack = tf.contrib.rnn.MultiRNNCell([single_cell() for _ in range(2)], state_is_tuple=True)
x = tf.reshape(tf.sin(tf.range(24.)), [2, 4, 3])
o, s = tf.nn.dynamic_rnn(stack, x, dtype=tf.float32)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(o)[1])
    print(len(s), [v.name for v in tf.trainable_variables()])
