import tensorflow as tf
tf.logging.set_verbosity(tf.logging.ERROR)
tf.set_random_seed(1)
def input_fn(params):
    ds = tf.data.Dataset.from_tensor_slices(({'ids': [[1, 2, 3], [3, 0, 0], [2, 2, 0], [4, 1, 2]], 'n': [3, 1, 2, 3]}, [0, 1, 1, 0]))
    return ds.shuffle(4).repeat(3).batch(params['batch_size'])
def model_fn(features, labels, mode, params, config):
    emb = tf.contrib.layers.embed_sequence(features['ids'], 5, 4)
    _, s = tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(4), emb, features['n'], dtype=tf.float32)
    s = tf.layers.dropout(s, 0.3, training=mode == tf.estimator.ModeKeys.TRAIN)
    head = tf.contrib.estimator.multi_class_head(3)
    return head.create_estimator_spec(features, mode, tf.layers.dense(s, 3), labels, train_op_fn=lambda loss: tf.contrib.layers.optimize_loss(loss, tf.train.get_global_step(), 0.05, 'Adam'))
e = tf.estimator.Estimator(model_fn, config=tf.estimator.RunConfig().replace(tf_random_seed=3, save_summary_steps=2), params=dict(batch_size=2))
e.train(input_fn)
m = e.evaluate(input_fn)
print({k: '%.6f' % v for k, v in sorted(m.items())})
print([p['classes'] for p in e.predict(lambda: tf.data.Dataset.from_tensors({'ids': [[1, 2, 3], [4, 4, 0]], 'n': [3, 2]}))])
