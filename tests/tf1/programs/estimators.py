import sys

import numpy as np
import tf1 as tf

learn = tf.contrib.learn


def model(X, y):
    w = tf.get_variable("w", [1, 1])
    predictions = tf.matmul(X, w)[:, 0]
    loss = tf.losses.mean_squared_error(y, predictions)
    return predictions, loss, tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())


X = np.ones((8, 1), np.float32)
for _ in range(2):
    estimator = learn.Estimator(model_fn=model, model_dir=sys.argv[1])
    estimator.fit(X, X, steps=101, batch_size=3)
    estimator.evaluate(X, X)
    print(len(list(estimator.predict(X))))
unfinished = estimator.predict(X)  # its session is still open when the program ends
print(next(unfinished) is None)
print(learn.Estimator(model_fn=model).model_dir)
tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell(1), tf.zeros([1, 2, 1]), dtype=tf.float32)
