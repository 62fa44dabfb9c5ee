import tensorflow as tf
import numpy as np
tf.set_random_seed(5)
vocab, dim, num_sampled = 20, 6, 4
embeddings = tf.Variable(tf.random_uniform([vocab, dim], -1.0, 1.0))
train_inputs = tf.placeholder(tf.int32, shape=[None])
train_labels = tf.placeholder(tf.int32, shape=[None, 1])
embed = tf.nn.embedding_lookup(embeddings, train_inputs)
nce_weights = tf.Variable(tf.truncated_normal([vocab, dim], stddev=1.0 / np.sqrt(dim)))
nce_biases = tf.Variable(tf.zeros([vocab]))
nce = tf.reduce_mean(tf.nn.nce_loss(weights=nce_weights, biases=nce_biases, labels=train_labels, inputs=embed, num_sampled=num_sampled, num_classes=vocab))
ss = tf.reduce_mean(tf.nn.sampled_softmax_loss(nce_weights, nce_biases, train_labels, embed, num_sampled, vocab))
optimizer = tf.train.GradientDescentOptimizer(1.0).minimize(nce + ss)
norm = tf.sqrt(tf.reduce_sum(tf.square(embeddings), 1, keep_dims=True))
normalized = embeddings / norm
sim = tf.matmul(tf.nn.embedding_lookup(normalized, [1, 2]), normalized, transpose_b=True)
with tf.Session() as sess:
    tf.global_variables_initializer().run()
    for i in range(4):
        f = {train_inputs: [1, 2, 3], train_labels: [[2], [3], [4 + i]]}
        a, b, _ = sess.run([nce, ss, optimizer], f)
        print('%.6f %.6f' % (a, b))
    print(sim.eval()[:, :5])
