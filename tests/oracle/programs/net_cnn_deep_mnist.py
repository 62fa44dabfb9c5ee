from tensorflow.examples.tutorials.mnist import input_data
import tensorflow as tf
import numpy as np
np.random.seed(0)
tf.set_random_seed(0)
mnist = input_data.read_data_sets('MNIST_data', one_hot=True)
def weight_variable(shape):
    return tf.Variable(tf.truncated_normal(shape, stddev=0.1))
def bias_variable(shape):
    return tf.Variable(tf.constant(0.1, shape=shape))
x = tf.placeholder(tf.float32, shape=[None, 784]); y_ = tf.placeholder(tf.float32, shape=[None, 10])
x_image = tf.reshape(x, [-1, 28, 28, 1])
W1, b1 = weight_variable([5, 5, 1, 4]), bias_variable([4])
h = tf.nn.max_pool(tf.nn.relu(tf.nn.conv2d(x_image, W1, strides=[1, 1, 1, 1], padding='SAME') + b1), ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')
h = tf.nn.lrn(h, 4, bias=1.0, alpha=0.001 / 9.0, beta=0.75)
flat = tf.reshape(h, [-1, 14 * 14 * 4])
keep_prob = tf.placeholder(tf.float32)
fc = tf.nn.dropout(tf.nn.relu(tf.matmul(flat, weight_variable([784, 16])) + bias_variable([16])), keep_prob)
y = tf.nn.softmax(tf.matmul(fc, weight_variable([16, 10])) + bias_variable([10]))
cross_entropy = tf.reduce_mean(-tf.reduce_sum(y_ * tf.log(y), reduction_indices=[1]))
train_step = tf.train.AdamOptimizer(1e-3).minimize(cross_entropy)
acc = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(y, 1), tf.argmax(y_, 1)), tf.float32))
with tf.Session() as sess:
    sess.run(tf.initialize_all_variables())
    for i in range(4):
        batch = mnist.train.next_batch(20)
        train_step.run({x: batch[0], y_: batch[1], keep_prob: 0.5})
        print("step %d, %.6f" % (i, cross_entropy.eval({x: batch[0], y_: batch[1], keep_prob: 1.0})))
    print("test accuracy %g" % acc.eval({x: mnist.test.images[:50], y_: mnist.test.labels[:50], keep_prob: 1.0}))
