import collections, math, random
import numpy as np
import tensorflow as tf
random.seed(0); np.random.seed(0)
words = ('the quick brown fox jumps over the lazy dog and the quick cat sleeps ' * 6).split()
count = collections.Counter(words).most_common(12)
dictionary = {w: i for i, (w, _) in enumerate(count)}
data = [dictionary.get(w, 0) for w in words]
data_index = 0
def generate_batch(batch_size, num_skips, skip_window):
    global data_index
    batch = np.ndarray(shape=(batch_size), dtype=np.int32)
    labels = np.ndarray(shape=(batch_size, 1), dtype=np.int32)
    span = 2 * skip_window + 1
    buffer = collections.deque(maxlen=span)
    for _ in range(span):
        buffer.append(data[data_index]); data_index = (data_index + 1) % len(data)
    for i in range(batch_size // num_skips):
        context = [w for w in range(span) if w != skip_window]
        for j, c in enumerate(random.sample(context, num_skips)):
            batch[i * num_skips + j] = buffer[skip_window]; labels[i * num_skips + j, 0] = buffer[c]
        buffer.append(data[data_index]); data_index = (data_index + 1) % len(data)
    return batch, labels
graph = tf.Graph()
with graph.as_default():
    tf.set_random_seed(9)
    inputs, labels = tf.placeholder(tf.int32, [8]), tf.placeholder(tf.int32, [8, 1])
    with tf.device('/cpu:0'):
        embeddings = tf.Variable(tf.random_uniform([12, 5], -1.0, 1.0))
        embed = tf.nn.embedding_lookup(embeddings, inputs)
        W = tf.Variable(tf.truncated_normal([12, 5], stddev=1.0 / math.sqrt(5))); b = tf.Variable(tf.zeros([12]))
    loss = tf.reduce_mean(tf.nn.nce_loss(W, b, labels, embed, 3, 12))
    opt = tf.train.GradientDescentOptimizer(1.0).minimize(loss)
    init = tf.global_variables_initializer()
with tf.Session(graph=graph) as session:
    init.run()
    for step in range(6):
        x, y = generate_batch(8, 2, 1)
        print(step, '%.6f' % session.run([opt, loss], {inputs: x, labels: y})[1])
