# tf.contrib.tensor_forest as in TensorFlow-Examples' random_forest.py; trees differ from run to run, accuracy does not
import numpy as np
import tensorflow as tf
from tensorflow.contrib.tensor_forest.python import tensor_forest
from tensorflow.python.ops import resources

iris = tf.contrib.learn.datasets.load_dataset('iris')
places = np.random.RandomState(0).permutation(150)
data, target = iris.data[places].astype(np.float32), iris.target[places].astype(np.int32)
X = tf.placeholder(tf.float32, shape=[None, 4])
Y = tf.placeholder(tf.int32, shape=[None])
hparams = tensor_forest.ForestHParams(num_classes=3, num_features=4, num_trees=10, max_nodes=100).fill()
forest_graph = tensor_forest.RandomForestGraphs(hparams)
train_op = forest_graph.training_graph(X, Y)
loss_op = forest_graph.training_loss(X, Y)
infer_op, _, _ = forest_graph.inference_graph(X)
correct_prediction = tf.equal(tf.argmax(infer_op, 1), tf.cast(Y, tf.int64))
accuracy_op = tf.reduce_mean(tf.cast(correct_prediction, tf.float32))
importances = forest_graph.feature_importances()
init_vars = tf.group(tf.global_variables_initializer(), resources.initialize_resources(resources.shared_resources()))
saver = tf.train.Saver()

with tf.Session() as sess:
    sess.run(init_vars)
    print(sess.run(infer_op, feed_dict={X: data[:2]}).tolist(), sess.run(loss_op))
    for i in range(60):
        sess.run(train_op, feed_dict={X: data[:100], Y: target[:100]})
    accuracy = sess.run(accuracy_op, feed_dict={X: data[100:], Y: target[100:]})
    print('test accuracy above 0.88:', accuracy > .88)  # 1.15.5: 0.92 to 0.96
    size, weights = -sess.run(loss_op), sess.run(importances)
    print(size > 8, size < 24, weights.shape, '%.4f' % weights.sum(), weights[2:].sum() > .5)
    shares = sess.run(infer_op, feed_dict={X: data[100:]})
    print(shares.shape, np.allclose(shares.sum(1), 1), shares.max() > .9)
    path = saver.save(sess, './forest')

with tf.Session() as sess:
    saver.restore(sess, path)
    print(np.array_equal(sess.run(infer_op, feed_dict={X: data[100:]}), shares), -sess.run(loss_op) == size)
