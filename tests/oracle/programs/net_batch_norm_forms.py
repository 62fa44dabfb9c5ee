import tensorflow as tf
import numpy as np
from tensorflow.python.training.moving_averages import assign_moving_average
from tensorflow.contrib.layers.python.layers import batch_norm
tf.set_random_seed(2)
x = tf.constant(np.random.RandomState(0).randn(6, 3).astype('f'))
phase = tf.placeholder(tf.bool)
a = tf.layers.batch_normalization(x, momentum=0.5, training=phase, name='bn1')
b = batch_norm(x, decay=0.5, center=True, scale=True, is_training=phase, updates_collections=None, scope='bn2')
c = tf.contrib.layers.batch_norm(x, is_training=True, fused=None, zero_debias_moving_mean=True, scope='bn3')
m, v = tf.nn.moments(x, [0]); mm = tf.get_variable('mm', [3], initializer=tf.zeros_initializer(), trainable=False)
up = assign_moving_average(mm, m, 0.9, zero_debias=False)
d = tf.nn.batch_normalization(x, m, v, None, None, 1e-3); e, _, _ = tf.nn.fused_batch_norm(tf.reshape(x, [2, 3, 1, 3]), tf.ones([3]), tf.zeros([3]))
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    for p in (True, False):
        print(s.run([a, b], {phase: p})[1][0]); print(s.run(a, {phase: p})[0])
        s.run(tf.get_collection(tf.GraphKeys.UPDATE_OPS), {phase: True})
    print(s.run([up, d, e, c])[1:3][0][0], s.run(mm))
    for g in tf.global_variables(): print(g.name, s.run(g))
