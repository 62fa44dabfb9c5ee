import tensorflow as tf
import numpy as np
tf.logging.set_verbosity(tf.logging.ERROR)
r = np.random.RandomState(3)
X = r.randn(60, 4).astype('float32'); Y = (X[:, 0] > X[:, 1]).astype('int32')
cols = [tf.feature_column.numeric_column('x', shape=[4])]
cfg = tf.estimator.RunConfig(tf_random_seed=5)
for Est, kw in [(tf.estimator.DNNClassifier, dict(hidden_units=[5, 4], n_classes=2)), (tf.estimator.LinearClassifier, {})]:
    clf = Est(feature_columns=cols, config=cfg, **kw)
    clf.train(tf.estimator.inputs.numpy_input_fn({'x': X}, Y, batch_size=20, num_epochs=5, shuffle=False))
    m = clf.evaluate(tf.estimator.inputs.numpy_input_fn({'x': X}, Y, shuffle=False))
    for k in sorted(m):
        print(k, '%.5f' % m[k])
    print(next(clf.predict(tf.estimator.inputs.numpy_input_fn({'x': X}, shuffle=False)))['logits'])
reg = tf.estimator.DNNRegressor([6], cols, optimizer=tf.train.AdagradOptimizer(0.1), config=cfg)
reg.train(tf.estimator.inputs.numpy_input_fn({'x': X}, X[:, 2], batch_size=20, num_epochs=4, shuffle=False))
print('%.6f' % reg.evaluate(tf.estimator.inputs.numpy_input_fn({'x': X}, X[:, 2], shuffle=False))['average_loss'])
