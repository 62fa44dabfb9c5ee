import tensorflow as tf
import numpy as np
tf.logging.set_verbosity(tf.logging.ERROR)
def model_fn(features, labels, mode, params):
    x = tf.feature_column.input_layer(features, params['columns']) if 'columns' in params else features['x']
    cell = tf.nn.rnn_cell.BasicLSTMCell(params['units'])
    _, state = tf.nn.dynamic_rnn(cell, tf.expand_dims(x, -1), dtype=tf.float32)
    logits = tf.layers.dense(state.h, 2)
    predicted = tf.argmax(logits, 1)
    if mode == tf.estimator.ModeKeys.PREDICT:
        return tf.estimator.EstimatorSpec(mode, predictions={'class': predicted, 'prob': tf.nn.softmax(logits)})
    loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
    metrics = {'accuracy': tf.metrics.accuracy(labels, predicted)}
    if mode == tf.estimator.ModeKeys.EVAL:
        return tf.estimator.EstimatorSpec(mode, loss=loss, eval_metric_ops=metrics)
    train_op = tf.train.AdamOptimizer(0.05).minimize(loss, tf.train.get_global_step())
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)
config = tf.estimator.RunConfig(tf_random_seed=11, model_dir='m')
est = tf.estimator.Estimator(model_fn, params={'units': 4}, config=config)
r = np.random.RandomState(0)
x = r.rand(40, 5).astype(np.float32); y = (x.sum(1) > 2.5).astype(np.int32)
est.train(tf.estimator.inputs.numpy_input_fn({'x': x}, y, batch_size=10, num_epochs=None, shuffle=False), steps=15)
ev = est.evaluate(tf.estimator.inputs.numpy_input_fn({'x': x}, y, num_epochs=1, shuffle=False))
print({k: '%.6f' % v for k, v in sorted(ev.items())})
for p in list(est.predict(tf.estimator.inputs.numpy_input_fn({'x': x[:3]}, shuffle=False))):
    print(p)
print(est.get_variable_names())
