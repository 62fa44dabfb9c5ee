import tensorflow as tf
tf.set_random_seed(10)
c = tf.contrib.rnn.BasicRNNCell(num_units=6, activation=tf.nn.relu)
c = tf.contrib.rnn.InputProjectionWrapper(c, 5)
c = tf.contrib.rnn.OutputProjectionWrapper(c, output_size=1)
X = tf.placeholder(tf.float32, [None, 4, 1])
y = tf.placeholder(tf.float32, [None, 4, 1])
outputs, states = tf.nn.dynamic_rnn(c, X, dtype=tf.float32)
loss = tf.reduce_mean(tf.square(outputs - y))
training_op = tf.train.AdamOptimizer(learning_rate=0.01).minimize(loss)
init = tf.global_variables_initializer()
import numpy as np
with tf.Session() as sess:
    init.run()
    t = np.linspace(0, 3, 20).reshape(5, 4, 1)
    for it in range(15):
        sess.run(training_op, feed_dict={X: t, y: np.sin(t)})
        if it % 5 == 0:
            print(it, "\tMSE: %.7f" % loss.eval(feed_dict={X: t, y: np.sin(t)}))
