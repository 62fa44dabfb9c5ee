import tensorflow as tf, os
tf.logging.set_verbosity(tf.logging.ERROR)
def model_fn(features, labels, mode):
    w = tf.get_variable('w', initializer=[[2.0], [3.0]])
    y = tf.matmul(features['x'], w)
    if mode == tf.estimator.ModeKeys.PREDICT:
        return tf.estimator.EstimatorSpec(mode, {'y': y}, export_outputs={'serving_default': tf.estimator.export.PredictOutput({'y': y})})
    loss = tf.reduce_mean((y - labels) ** 2)
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=tf.train.GradientDescentOptimizer(.1).minimize(loss, tf.train.get_global_step()))
est = tf.estimator.Estimator(model_fn, 'dir')
est.train(lambda: ({'x': tf.constant([[1., 0.]])}, tf.constant([[1.]])), steps=2)
def serving():
    x = tf.placeholder(tf.float32, [None, 2])
    return tf.estimator.export.ServingInputReceiver({'x': x}, {'x': x})
path = est.export_savedmodel('exported', serving)
print(sorted(os.listdir(path)))
pred = tf.contrib.predictor.from_saved_model(path)
print(pred({'x': [[1., 1.]]}))
with tf.Session(graph=tf.Graph()) as sess:
    meta = tf.saved_model.loader.load(sess, [tf.saved_model.tag_constants.SERVING], path.decode())
    sig = meta.signature_def['serving_default']
    print(sess.run(sig.outputs['y'].name, {sig.inputs['x'].name: [[2., 0.]]}))
