import tensorflow as tf, numpy as np
from tensorflow.contrib import rnn, layers
tf.set_random_seed(44)
inp = tf.placeholder(tf.int32, [None, 3, 4])
sent = tf.reshape(inp, [-1, 4])
with tf.name_scope("embedding"):
    E = tf.get_variable('E', [9, 5])
    e = tf.nn.embedding_lookup(E, sent)
def attention(x, scope):
    with tf.variable_scope(scope):
        u_w = tf.Variable(tf.truncated_normal([6]), name='u_w')
        h = layers.fully_connected(x, 6, activation_fn=tf.nn.tanh)
        alpha = tf.nn.softmax(tf.reduce_sum(tf.multiply(h, u_w), axis=2, keep_dims=True), dim=1)
        return tf.reduce_sum(tf.multiply(x, alpha), axis=1)
def bigru(x, n, scope):
    with tf.variable_scope(scope):
        (f, b), _ = tf.nn.bidirectional_dynamic_rnn(rnn.GRUCell(n), rnn.GRUCell(n), x, sequence_length=tf.cast(tf.reduce_sum(tf.sign(tf.reduce_max(tf.abs(x), axis=2)), axis=1), tf.int32), dtype=tf.float32)
        return tf.concat((f, b), axis=2)
w = attention(bigru(e, 3, 'word'), 'watt')
d = attention(bigru(tf.reshape(w, [-1, 3, 6]), 3, 'sent'), 'satt')
logits = layers.fully_connected(d, 2, activation_fn=None)
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(logits=logits, labels=[0, 1]))
step = tf.train.AdadeltaOptimizer(1.0).minimize(loss)
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    f = {inp: np.arange(24).reshape(2, 3, 4) % 9}
    for _ in range(3): print('%.7f' % s.run([loss, step], f)[0])
print([v.name for v in tf.trainable_variables()])
