import tensorflow as tf
import numpy as np
from tensorflow.contrib.learn.python import SKCompat
tf.logging.set_verbosity(tf.logging.ERROR)
learn = tf.contrib.learn
r = np.random.RandomState(0)
x = r.randn(60, 4).astype(np.float32); y = (x[:, 0] + x[:, 1] > 0).astype(np.int32)
cols = learn.infer_real_valued_columns_from_input(x)
monitor = learn.monitors.ValidationMonitor(x, y, every_n_steps=5, check_interval_secs=0, metrics={'accuracy': learn.MetricSpec(metric_fn=tf.contrib.metrics.streaming_accuracy, prediction_key=learn.PredictionKey.CLASSES)},
                                           early_stopping_metric='loss', early_stopping_rounds=100)
clf = learn.DNNClassifier(hidden_units=[6, 3], feature_columns=cols, n_classes=2, config=learn.RunConfig(save_checkpoints_steps=5, tf_random_seed=3))
clf.fit(x, y, steps=20, batch_size=20, monitors=[monitor])
ev = clf.evaluate(x, y)
for k in sorted(ev): print(k, '%.5f' % ev[k])
print(list(clf.predict(x[:6], as_iterable=True)))
lin = learn.LinearRegressor(feature_columns=cols, config=learn.RunConfig(tf_random_seed=3))
sk = SKCompat(lin)
sk.fit(x, x[:, 1], steps=15)
print('%.6f' % sk.score(x, x[:, 1])['loss'], sk.predict(x[:2])['scores'])
