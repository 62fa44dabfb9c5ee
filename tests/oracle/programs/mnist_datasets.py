from tensorflow.examples.tutorials.mnist import input_data
import tensorflow as tf
import numpy as np
tf.set_random_seed(4)
data = input_data.read_data_sets('MNIST_data', fake_data=False, reshape=False, validation_size=5200)
print(data.train.images.shape, data.validation.images.shape, data.test.labels.shape, data.train.labels.dtype)
for i in range(3):
    x, y = data.train.next_batch(20)
    print(x.shape, y, '%.6f' % x.mean())
for i in range(3):
    x, y = data.train.next_batch(150, shuffle=False)
    print(y[:12], data.train.epochs_completed)
ld = tf.contrib.learn.datasets.mnist.read_data_sets('MNIST_data', one_hot=False, dtype=tf.uint8)
print(ld.test.labels[:5], ld.train.images.max(), ld.train.images.dtype)
print(input_data.read_data_sets('MNIST_data', one_hot=True, seed=2).train.next_batch(3)[1])
