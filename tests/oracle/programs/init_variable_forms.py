import tensorflow as tf
import numpy as np
tf.set_random_seed(20)
a = tf.Variable(tf.random_normal([2, 3], stddev=0.35), name="weights")
b = tf.Variable(tf.truncated_normal([2, 2]))
c = tf.Variable(tf.random_uniform([3], -1, 1))
d = tf.Variable(lambda: tf.random_normal([2]))
e = tf.Variable(a.initialized_value() * 2.0, name="w2")
f = tf.get_variable('f', initializer=tf.random_shuffle(tf.range(6)))
g = tf.get_variable('g', initializer=np.ones([2], np.float32))
h = tf.get_variable('h', [2, 2], initializer=tf.contrib.layers.xavier_initializer(), regularizer=tf.contrib.layers.l2_regularizer(0.1), collections=['mine', tf.GraphKeys.GLOBAL_VARIABLES])
k = tf.Variable(tf.random_gamma([2], 2.0)); m = tf.Variable(tf.multinomial([[1., 2., 3.]], 4))
n = tf.Variable(tf.random_crop(tf.reshape(tf.range(16), [4, 4]), [2, 2]), trainable=False)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for v in tf.global_variables():
        print(v.name, v.dtype, sess.run(v).tolist())
    print(tf.get_collection('mine'))
