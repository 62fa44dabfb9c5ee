import tensorflow as tf
import numpy as np
tf.set_random_seed(1)
num_features, num_hidden, num_classes = 3, 6, 5

def sparse_tuple_from(sequences, dtype=np.int32):
    indices, values = [], []
    for n, seq in enumerate(sequences):
        indices.extend(zip([n] * len(seq), range(len(seq))))
        values.extend(seq)
    indices = np.asarray(indices, dtype=np.int64)
    return indices, np.asarray(values, dtype=dtype), np.asarray([len(sequences), indices.max(0)[1] + 1], dtype=np.int64)

inputs = tf.placeholder(tf.float32, [None, None, num_features])
targets = tf.sparse_placeholder(tf.int32)
seq_len = tf.placeholder(tf.int32, [None])
cell = tf.contrib.rnn.LSTMCell(num_hidden, state_is_tuple=True)
stack = tf.contrib.rnn.MultiRNNCell([cell], state_is_tuple=True)
outputs, _ = tf.nn.dynamic_rnn(stack, inputs, seq_len, dtype=tf.float32)
shape = tf.shape(inputs)
batch_s, max_timesteps = shape[0], shape[1]
outputs = tf.reshape(outputs, [-1, num_hidden])
W = tf.Variable(tf.truncated_normal([num_hidden, num_classes], stddev=0.1))
b = tf.Variable(tf.constant(0., shape=[num_classes]))
logits = tf.transpose(tf.reshape(tf.matmul(outputs, W) + b, [batch_s, -1, num_classes]), (1, 0, 2))
loss = tf.nn.ctc_loss(targets, logits, seq_len)
cost = tf.reduce_mean(loss)
optimizer = tf.train.MomentumOptimizer(0.01, 0.9).minimize(cost)
decoded, log_prob = tf.nn.ctc_greedy_decoder(logits, seq_len)
ler = tf.reduce_mean(tf.edit_distance(tf.cast(decoded[0], tf.int32), targets))
x = np.random.RandomState(3).randn(2, 8, num_features)
feed = {inputs: x, targets: sparse_tuple_from([[0, 1, 2], [3, 1]]), seq_len: [8, 6]}
with tf.Session() as session:
    tf.global_variables_initializer().run()
    for e in range(4):
        c, _ = session.run([cost, optimizer], feed)
        print("Epoch {}, train_cost = {:.6f}, ler = {:.3f}".format(e, c, session.run(ler, feed)))
