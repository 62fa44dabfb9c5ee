import numpy as np
import tensorflow as tf
from tensorflow.contrib import learn, layers
tf.logging.set_verbosity(tf.logging.ERROR)
def rnn_model(X, y):
    word_vectors = layers.embed_sequence(X, vocab_size=8, embed_dim=4, scope='words')
    word_list = tf.unstack(word_vectors, axis=1)
    cell = tf.contrib.rnn.GRUCell(4)
    _, encoding = tf.contrib.rnn.static_rnn(cell, word_list, dtype=tf.float32)
    y = tf.one_hot(y, 2, 1, 0)
    logits = layers.fully_connected(encoding, 2, activation_fn=None)
    loss = tf.losses.softmax_cross_entropy(y, logits)
    train_op = layers.optimize_loss(loss, tf.contrib.framework.get_global_step(), optimizer='Adam', learning_rate=0.01)
    return {'class': tf.argmax(logits, 1), 'prob': tf.nn.softmax(logits)}, loss, train_op
r = np.random.RandomState(0); X = r.randint(0, 8, (30, 5)); y = (X[:, 0] > 3).astype(int)
clf = learn.SKCompat(learn.Estimator(model_fn=rnn_model, config=learn.RunConfig(tf_random_seed=4)))
clf.fit(X, y, batch_size=8, steps=10)
p = clf.predict(X[:4])
print(p['class'], p['prob'])
print(sorted(clf.score(X, y).items()))
