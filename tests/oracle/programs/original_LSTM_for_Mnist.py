import tensorflow as tf
from tensorflow.examples.tutorials.mnist import input_data
import numpy as np

tf.set_random_seed(1)
np.random.seed(1)

BATCH_SIZE = 64
TIME_STEP = 28
INPUT_SIZE = 28
NUM_UNITS = 20
N_CLASSES = 10
LR = 0.01

mnist = input_data.read_data_sets('MNIST_data', one_hot=True)
test_x = mnist.test.images[:100]
test_y = mnist.test.labels[:100]

train_x = tf.placeholder(dtype=tf.float32, shape=[None, TIME_STEP * INPUT_SIZE])
image = tf.reshape(tensor=train_x, shape=[-1, TIME_STEP, INPUT_SIZE])
train_y = tf.placeholder(dtype=tf.int32, shape=[None, N_CLASSES])

rnn_cell = tf.contrib.rnn.BasicLSTMCell(num_units=NUM_UNITS)
outputs, final_state = tf.nn.dynamic_rnn(cell=rnn_cell, inputs=image, initial_state=None, dtype=tf.float32, time_major=False)
output = tf.layers.dense(inputs=outputs[:, -1, :], units=N_CLASSES)

loss = tf.losses.softmax_cross_entropy(onehot_labels=train_y, logits=output)
train_op = tf.train.AdamOptimizer(LR).minimize(loss)
correct_prediction = tf.equal(tf.argmax(train_y, axis=1), tf.argmax(output, axis=1))
accuracy = tf.reduce_mean(tf.cast(correct_prediction, dtype=tf.float32))

sess = tf.Session()
sess.run(tf.global_variables_initializer())
for step in range(8):
    x, y = mnist.train.next_batch(BATCH_SIZE)
    _, loss_ = sess.run([train_op, loss], {train_x: x, train_y: y})
    if step % 2 == 1:
        accuracy_ = sess.run(accuracy, feed_dict={train_x: test_x, train_y: test_y})
        print('train loss: %.6f' % loss_, '| test accuracy: %.2f' % accuracy_)
