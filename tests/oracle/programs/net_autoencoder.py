import tensorflow as tf
import numpy as np
tf.set_random_seed(99)
n_inputs, n_hidden = 6, 2
initializer = tf.contrib.layers.variance_scaling_initializer()
X = tf.placeholder(tf.float32, shape=[None, n_inputs])
w1 = tf.Variable(initializer([n_inputs, n_hidden]), dtype=tf.float32, name="weights1")
w2 = tf.transpose(w1, name="weights2")
hidden = tf.nn.elu(tf.matmul(X + 0.1 * tf.random_normal(tf.shape(X)), w1) + tf.Variable(tf.zeros(n_hidden)))
out = tf.matmul(tf.layers.dropout(hidden, 0.2, training=True), w2)
l2 = tf.contrib.layers.l2_regularizer(0.001)
loss = tf.reduce_mean(tf.square(out - X)) + l2(w1)
train = tf.train.AdamOptimizer(0.05).minimize(loss)
d = np.random.RandomState(1).rand(10, 6)
with tf.Session() as sess:
    tf.global_variables_initializer().run()
    for i in range(4): print('%.7f' % sess.run([loss, train], {X: d})[0])
    print(w1.eval())
