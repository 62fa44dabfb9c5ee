import tensorflow as tf
from tensorflow.contrib.layers import fully_connected, batch_norm, dropout
from tensorflow.contrib.framework import arg_scope
import numpy as np
tf.set_random_seed(42)
X = tf.placeholder(tf.float32, shape=(None, 6), name="X")
y = tf.placeholder(tf.int64, shape=(None), name="y")
is_training = tf.placeholder_with_default(True, [], 'is_training')
bn_params = {'is_training': is_training, 'decay': 0.9, 'updates_collections': None}
with tf.name_scope("dnn"):
    with arg_scope([fully_connected], normalizer_fn=batch_norm, normalizer_params=bn_params,
                   weights_regularizer=tf.contrib.layers.l2_regularizer(0.01)):
        hidden1 = fully_connected(X, 8, scope="hidden1")
        hidden1 = dropout(hidden1, 0.8, is_training=is_training)
        hidden2 = fully_connected(hidden1, 5, scope="hidden2", activation_fn=tf.nn.elu)
        logits = fully_connected(hidden2, 3, scope="outputs", activation_fn=None)
with tf.name_scope("loss"):
    xentropy = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits)
    reg = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    loss = tf.add_n([tf.reduce_mean(xentropy)] + reg, name="loss")
training_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
accuracy = tf.reduce_mean(tf.cast(tf.nn.in_top_k(logits, y, 1), tf.float32))
init = tf.global_variables_initializer()
rng = np.random.RandomState(2)
Xb, yb = rng.randn(12, 6), rng.randint(0, 3, 12)
with tf.Session() as sess:
    init.run()
    for epoch in range(4):
        sess.run(training_op, feed_dict={X: Xb, y: yb})
        print(epoch, "loss: %.6f" % loss.eval({X: Xb, y: yb, is_training: False}), "acc: %.3f" % accuracy.eval({X: Xb, y: yb, is_training: False}))
print([v.name for v in tf.global_variables()])
