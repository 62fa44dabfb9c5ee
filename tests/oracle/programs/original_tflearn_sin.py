import numpy as np
import tensorflow as tf
import matplotlib as mpl
mpl.use('Agg')
from matplotlib import pyplot as plt

learn = tf.contrib.learn
tf.logging.set_verbosity(tf.logging.ERROR)

HIDDEN_SIZE = 8
NUM_LAYERS = 2
TIMESTEPS = 10
TRAINING_STEPS = 20
BATCH_SIZE = 32


def generate_data(seq):
    X = []
    y = []
    for i in range(len(seq) - TIMESTEPS - 1):
        X.append([seq[i: i + TIMESTEPS]])
        y.append([seq[i + TIMESTEPS]])
    return np.array(X, dtype=np.float32), np.array(y, dtype=np.float32)


def LstmCell():
    return tf.contrib.rnn.BasicLSTMCell(HIDDEN_SIZE)


def lstm_model(X, y):
    cell = tf.contrib.rnn.MultiRNNCell([LstmCell() for _ in range(NUM_LAYERS)])
    X = tf.reshape(X, [-1, TIMESTEPS, 1])
    output, _ = tf.nn.dynamic_rnn(cell, X, dtype=tf.float32)
    output = output[:, -1, :]
    predictions = tf.contrib.layers.fully_connected(output, 1, None)
    labels = tf.reshape(y, [-1])
    predictions = tf.reshape(predictions, [-1])
    loss = tf.losses.mean_squared_error(predictions, labels)
    train_op = tf.contrib.layers.optimize_loss(
        loss, tf.contrib.framework.get_global_step(), optimizer="Adagrad", learning_rate=0.1)
    return predictions, loss, train_op


config = learn.RunConfig(tf_random_seed=7, model_dir='Models/model_2')
regressor = learn.SKCompat(learn.Estimator(model_fn=lstm_model, config=config))

train_X, train_y = generate_data(np.sin(np.linspace(0, 20, 400, dtype=np.float64)))
test_X, test_y = generate_data(np.sin(np.linspace(20, 24, 60, dtype=np.float64)))

regressor.fit(train_X, train_y, batch_size=BATCH_SIZE, steps=TRAINING_STEPS)
predicted = [[pred] for pred in regressor.predict(test_X)]
rmse = np.sqrt(((predicted - test_y) ** 2).mean(axis=0))
print("Mean Square Error is: %.6f" % rmse[0])

fig = plt.figure()
plot_predicted = plt.plot(predicted, label='predicted')
plot_test = plt.plot(test_y, label='real_sin')
plt.legend([plot_predicted[0], plot_test[0]], ['predicted', 'real_sin'])
fig.savefig('sin.png')
