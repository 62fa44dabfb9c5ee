import tensorflow as tf
import numpy as np
tf.logging.set_verbosity(tf.logging.ERROR)
from tensorflow.contrib.learn.python.learn.estimators import dynamic_rnn_estimator, constants
def input_fn():
    x = tf.reshape(tf.sin(tf.range(12.0)), [2, 6, 1])
    return {'inputs': x, }, tf.cos(tf.reshape(tf.range(12.0), [2, 6, 1]))
col = [tf.contrib.layers.real_valued_column('inputs', dimension=1)]
est = dynamic_rnn_estimator.DynamicRnnEstimator(
    problem_type=constants.ProblemType.LINEAR_REGRESSION, prediction_type=dynamic_rnn_estimator.rnn_common.PredictionType.MULTIPLE_VALUE,
    sequence_feature_columns=col, num_units=4, cell_type='lstm', optimizer='SGD', learning_rate=0.1, 
    config=tf.contrib.learn.RunConfig(tf_random_seed=6))
est.fit(input_fn=input_fn, steps=5)
print('%.6f' % est.evaluate(input_fn=input_fn, steps=1)['loss'])
