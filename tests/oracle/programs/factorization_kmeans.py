# tf.contrib.factorization: k-means in a graph (TensorFlow-Examples' kmeans.py) and as an estimator
import numpy as np
import tensorflow as tf
from tensorflow.contrib.factorization import KMeans, KMeansClustering

rs = np.random.RandomState(0)
points = np.concatenate([rs.normal(center, .3, (40, 2)) for center in ((0, 0), (3, 1), (1, 4))]).astype(np.float32)
for initial, distance in (('random', 'squared_euclidean'), ('kmeans_plus_plus', 'cosine')):
    with tf.Graph().as_default(), tf.Session() as sess:
        X = tf.placeholder(tf.float32, shape=[None, 2])
        kmeans = KMeans(inputs=X, num_clusters=3, initial_clusters=initial, distance_metric=distance,
                        use_mini_batch=False, random_seed=1)
        all_scores, cluster_idx, scores, initialized, init_op, train_op = kmeans.training_graph()
        cluster_idx, avg_distance = cluster_idx[0], tf.reduce_mean(scores)
        sess.run(tf.global_variables_initializer(), feed_dict={X: points})
        sess.run(init_op, feed_dict={X: points})
        for i in range(1, 11):
            _, d, idx = sess.run([train_op, avg_distance, cluster_idx], feed_dict={X: points})
        print(initial, distance, '%.5f' % d, idx[::10].tolist(), sess.run(initialized))


def input_fn():
    return tf.train.limit_epochs(tf.convert_to_tensor(points), num_epochs=1)


estimator = KMeansClustering(num_clusters=3, use_mini_batch=False, random_seed=2)
for _ in range(5):
    estimator.train(input_fn)
print(sorted(estimator.cluster_centers().round(4).tolist()), '%.4f' % estimator.score(input_fn))
nearest = list(estimator.predict_cluster_index(input_fn))
print([nearest.count(i) for i in sorted(set(nearest))], np.array(list(estimator.transform(input_fn)))[::50].round(4).tolist())
