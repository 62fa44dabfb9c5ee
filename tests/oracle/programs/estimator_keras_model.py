import tensorflow as tf
import numpy as np
tf.logging.set_verbosity(tf.logging.ERROR)
model = tf.keras.Sequential([tf.keras.layers.Dense(3, activation='tanh', input_shape=(2,), kernel_initializer='ones'), tf.keras.layers.Dense(1, kernel_initializer='ones')])
model.compile(optimizer=tf.train.GradientDescentOptimizer(0.1), loss='mse')
est = tf.keras.estimator.model_to_estimator(keras_model=model, model_dir='k')
name = model.input_names[0]
x = np.array([[0., 1], [1, 0], [.5, .5]], np.float32)
fn = tf.estimator.inputs.numpy_input_fn({name: x}, np.array([[1.], [2], [3]], np.float32), batch_size=3, num_epochs=4, shuffle=False)
est.train(fn)
print('%.6f' % est.evaluate(tf.estimator.inputs.numpy_input_fn({name: x}, np.ones([3, 1], np.float32), shuffle=False))['loss'])
