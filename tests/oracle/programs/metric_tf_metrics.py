import tensorflow as tf
y = tf.constant([1, 0, 1, 1, 0])
p = tf.constant([1, 1, 1, 0, 0])
s = tf.constant([.9, .6, .8, .3, .2])
ms = [tf.metrics.accuracy(y, p), tf.metrics.precision(y, p), tf.metrics.recall(y, p), tf.metrics.auc(y, s),
      tf.metrics.mean_squared_error(tf.to_float(y), s), tf.metrics.mean_per_class_accuracy(y, p, 2), tf.metrics.false_positives(y, p),
      tf.metrics.true_negatives(y, p), tf.metrics.percentage_below(s, .5), tf.metrics.sensitivity_at_specificity(y, s, 0.5),
      tf.metrics.recall_at_k(tf.constant([[1], [0]], tf.int64), tf.constant([[.1, .9], [.2, .8]]), 1),
      tf.metrics.average_precision_at_k(tf.constant([[1], [0]], tf.int64), tf.constant([[.1, .9], [.2, .8]]), 2)]
sess = tf.Session()
sess.run(tf.local_variables_initializer())
sess.run([m[1] for m in ms])
for m in ms:
    print(m[0].op.name, sess.run(m[0]))
print(sess.run(tf.confusion_matrix(y, p)))
print(sess.run(tf.contrib.metrics.accuracy(p, y)))
