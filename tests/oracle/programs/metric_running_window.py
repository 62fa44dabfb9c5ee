# the way a training loop resets its metrics every epoch
import tensorflow as tf
labels = tf.placeholder(tf.int32, [None])
predictions = tf.placeholder(tf.int32, [None])
tf_metric, tf_metric_update = tf.metrics.accuracy(labels, predictions, name="my_metric")
running_vars = tf.get_collection(tf.GraphKeys.LOCAL_VARIABLES, scope="my_metric")
running_vars_initializer = tf.variables_initializer(var_list=running_vars)
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    for epoch in range(2):
        session.run(running_vars_initializer)
        for i in range(3):
            session.run(tf_metric_update, feed_dict={labels: [1, 0, i], predictions: [1, i, 1]})
        print('[epoch %d] %.6f' % (epoch, session.run(tf_metric)))
print([v.name for v in running_vars])
