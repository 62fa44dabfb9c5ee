from __future__ import absolute_import
from __future__ import division
from __future__ import print_function
import numpy as np
import tensorflow as tf

tf.set_random_seed(42)
rng = np.random.RandomState(0)
X = tf.placeholder(tf.float32, [None, 6, 3])
lengths = tf.placeholder(tf.int32, [None])
cell = tf.nn.rnn_cell.GRUCell(num_units=4, activation=tf.nn.relu)
out, last = tf.nn.dynamic_rnn(cell, X, sequence_length=lengths, dtype=tf.float32)
loss = tf.reduce_sum(tf.square(last))
grads = tf.gradients(loss, tf.trainable_variables())
sess = tf.InteractiveSession()
tf.global_variables_initializer().run()
feed = {X: rng.randn(3, 6, 3), lengths: [6, 2, 4]}
print(out.eval(feed)[:, :, 0])
print(last.eval(feed))
for v, g in zip(tf.trainable_variables(), grads):
    print(v.op.name, v.get_shape(), '%.6f' % np.abs(g.eval(feed)).sum())
