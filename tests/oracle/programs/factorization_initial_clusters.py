"""Clusters that begin at points which the program gives: k-means and a mixture of Gaussians."""
import numpy as np
import tensorflow as tf
from tensorflow.contrib.factorization import GMM, KMeans

tf.set_random_seed(3)
points = np.array([[0, 0], [0, 1], [1, 0], [9, 9], [9, 8], [8, 9]], np.float32)
begin = np.array([[0, 0.5], [9, 8.5]], np.float32)
_, index, _, initialized, start, train = KMeans(tf.constant(points), 2, initial_clusters=begin).training_graph()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(start)
    sess.run(train)
    print(sess.run(initialized), sess.run(index[0]))

mixture = GMM(2, initial_clusters=begin, random_seed=1, covariance_type="diag")
mixture.fit(input_fn=lambda: (tf.constant(points), None), steps=5)
print(mixture.clusters())
print(mixture.covariances())
