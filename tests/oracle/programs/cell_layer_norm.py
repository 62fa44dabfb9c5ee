import tensorflow as tf
import numpy as np
tf.set_random_seed(8)
cell = tf.contrib.rnn.LayerNormBasicLSTMCell(num_units=6, forget_bias=1.0, layer_norm=True, norm_gain=1.0, norm_shift=0.0, dropout_keep_prob=0.9)
data = np.random.RandomState(1).rand(2, 5, 3).astype('float32')
output, state = tf.nn.dynamic_rnn(cell, data, dtype=tf.float32)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
print(sess.run(output[:, -1]))
print(sess.run(state).c)
print([v.name for v in tf.trainable_variables()])
