import tensorflow as tf
from tensorflow.contrib.rnn import DropoutWrapper, GRUCell
tf.set_random_seed(5)
cell = DropoutWrapper(GRUCell(3), input_keep_prob=0.8, state_keep_prob=0.7, output_keep_prob=0.6,
                      variational_recurrent=True, input_size=2, dtype=tf.float32)
out, st = tf.nn.dynamic_rnn(cell, tf.ones((2, 4, 2)), dtype=tf.float32)
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    print(s.run(out))
