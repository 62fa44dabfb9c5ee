import tensorflow as tf
import numpy as np
tf.set_random_seed(2)
buckets = [(2, 3), (4, 5)]
enc = [tf.placeholder(tf.int32, shape=[None], name="encoder{0}".format(i)) for i in range(4)]
dec = [tf.placeholder(tf.int32, shape=[None], name="decoder{0}".format(i)) for i in range(6)]
weights = [tf.placeholder(tf.float32, shape=[None], name="weight{0}".format(i)) for i in range(6)]
targets = [dec[i + 1] for i in range(5)]
def seq2seq_f(x, y):
    return tf.contrib.legacy_seq2seq.embedding_rnn_seq2seq(x, y, tf.contrib.rnn.GRUCell(4), 8, 8, 4)
outputs, losses = tf.contrib.legacy_seq2seq.model_with_buckets(enc, dec, targets, weights[:5], buckets, seq2seq_f)
params = tf.trainable_variables()
opt = tf.train.GradientDescentOptimizer(0.5)
updates = []
for b in range(len(buckets)):
    clipped, norm = tf.clip_by_global_norm(tf.gradients(losses[b], params), 5.0)
    updates.append(opt.apply_gradients(zip(clipped, params)))
sess = tf.Session()
sess.run(tf.global_variables_initializer())
feed = {p: np.array([1, 2]) for p in enc + dec}
feed.update({w: np.ones(2) for w in weights})
for b in (0, 1, 0):
    print(b, '%.7f' % sess.run([losses[b], updates[b]], feed)[0])
