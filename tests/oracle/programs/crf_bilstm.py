import numpy as np, tensorflow as tf
from tensorflow.contrib.crf import crf_log_likelihood
from tensorflow.contrib.crf import viterbi_decode
from tensorflow.contrib.rnn import LSTMCell
tf.set_random_seed(42)
word_ids = tf.placeholder(tf.int32, shape=[None, None], name="word_ids")
labels = tf.placeholder(tf.int32, shape=[None, None], name="labels")
sequence_lengths = tf.placeholder(tf.int32, shape=[None], name="sequence_lengths")
dropout_pl = tf.placeholder(dtype=tf.float32, shape=[], name="dropout")
with tf.variable_scope("words"):
    _word_embeddings = tf.Variable(np.random.RandomState(1).uniform(-0.25, 0.25, (10, 6)), dtype=tf.float32, trainable=True, name="_word_embeddings")
    word_embeddings = tf.nn.dropout(tf.nn.embedding_lookup(params=_word_embeddings, ids=word_ids), dropout_pl)
with tf.variable_scope("bi-lstm"):
    (ofw, obw), _ = tf.nn.bidirectional_dynamic_rnn(LSTMCell(4), LSTMCell(4), word_embeddings, sequence_length=sequence_lengths, dtype=tf.float32)
    output = tf.nn.dropout(tf.concat([ofw, obw], axis=-1), dropout_pl)
with tf.variable_scope("proj"):
    W = tf.get_variable(name="W", shape=[8, 3], initializer=tf.contrib.layers.xavier_initializer(), dtype=tf.float32)
    b = tf.get_variable(name="b", shape=[3], initializer=tf.zeros_initializer(), dtype=tf.float32)
    s = tf.shape(output)
    logits = tf.reshape(tf.matmul(tf.reshape(output, [-1, 8]), W) + b, [-1, s[1], 3])
log_likelihood, transition_params = crf_log_likelihood(inputs=logits, tag_indices=labels, sequence_lengths=sequence_lengths)
loss = -tf.reduce_mean(log_likelihood)
global_step = tf.Variable(0, name="global_step", trainable=False)
optim = tf.train.AdamOptimizer(learning_rate=0.01)
gvs = optim.compute_gradients(loss)
train_op = optim.apply_gradients([[tf.clip_by_value(g, -5, 5), v] for g, v in gvs], global_step=global_step)
feed = {word_ids: [[1, 2, 3, 4], [5, 6, 0, 0]], labels: [[0, 1, 2, 0], [2, 1, 0, 0]], sequence_lengths: [4, 2], dropout_pl: 0.8}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(4):
        print('%.7f' % sess.run([loss, train_op], feed)[0])
    feed[dropout_pl] = 1.0
    lg, tp = sess.run([logits, transition_params], feed)
    for l, n in zip(lg, [4, 2]):
        seq, score = viterbi_decode(l[:n], tp)
        print(seq, '%.6f' % score)
