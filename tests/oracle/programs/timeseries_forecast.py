import numpy as np
import tensorflow as tf
from tensorflow.contrib.timeseries.python.timeseries import NumpyReader
tf.logging.set_verbosity(tf.logging.ERROR)
x = np.array(range(60)); y = np.sin(np.pi * x / 10) + x / 50.
data = {tf.contrib.timeseries.TrainEvalFeatures.TIMES: x, tf.contrib.timeseries.TrainEvalFeatures.VALUES: y}
reader = NumpyReader(data)
train_input_fn = tf.contrib.timeseries.RandomWindowInputFn(reader, batch_size=4, window_size=15, num_threads=1, shuffle_seed=2)
ar = tf.contrib.timeseries.ARRegressor(periodicities=20, input_window_size=10, output_window_size=5, num_features=1, loss=tf.contrib.timeseries.ARModel.NORMAL_LIKELIHOOD_LOSS, config=tf.estimator.RunConfig(tf_random_seed=1))
ar.train(input_fn=train_input_fn, steps=3)
ev = ar.evaluate(input_fn=tf.contrib.timeseries.WholeDatasetInputFn(reader), steps=1)
print(sorted(ev.keys()))
print('%.6f' % ev['loss'])
p, = tuple(ar.predict(input_fn=tf.contrib.timeseries.predict_continuation_input_fn(ev, steps=4)))
print(p['mean'].reshape(-1))
