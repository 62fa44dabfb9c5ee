"""Next-character model, eager, as in the tutorials of 2018: a subclassed keras.Model, GradientTape, Checkpoint."""
from __future__ import absolute_import, division, print_function

import os

import numpy as np
import tensorflow as tf

tf.enable_eager_execution()
tf.set_random_seed(1)

text = 'the quick brown fox jumps over the lazy dog ' * 6
vocab = sorted(set(text))
char2idx = {u: i for i, u in enumerate(vocab)}
ids = np.array([char2idx[c] for c in text], dtype=np.int32)

seq_length, batch_size, units = 10, 4, 16
chunks = tf.data.Dataset.from_tensor_slices(ids).batch(seq_length + 1, drop_remainder=True)
dataset = chunks.map(lambda chunk: (chunk[:-1], chunk[1:])).batch(batch_size, drop_remainder=True)


class Model(tf.keras.Model):
    def __init__(self, vocab_size, embedding_dim, units):
        super(Model, self).__init__()
        self.embedding = tf.keras.layers.Embedding(vocab_size, embedding_dim)
        self.gru = tf.keras.layers.GRU(units, return_sequences=True, return_state=True,
                                       recurrent_activation='sigmoid', recurrent_initializer='glorot_uniform')
        self.fc = tf.keras.layers.Dense(vocab_size)

    def call(self, x, hidden):
        output, states = self.gru(self.embedding(x), initial_state=hidden)
        return self.fc(tf.reshape(output, (-1, output.shape[2]))), states


model = Model(len(vocab), 8, units)
optimizer = tf.train.AdamOptimizer(0.01)
checkpoint = tf.train.Checkpoint(optimizer=optimizer, model=model)

for epoch in range(4):
    hidden = tf.zeros((batch_size, units))
    for (batch, (inp, target)) in enumerate(dataset):
        with tf.GradientTape() as tape:
            predictions, hidden = model(inp, hidden)
            loss = tf.losses.sparse_softmax_cross_entropy(labels=tf.reshape(target, (-1,)), logits=predictions)
        grads = tape.gradient(loss, model.variables)
        optimizer.apply_gradients(zip(grads, model.variables), global_step=tf.train.get_or_create_global_step())
    print('Epoch {} Batch {} Loss {:.4f}'.format(epoch + 1, batch, loss))

print([v.name for v in model.variables], tf.train.get_global_step().numpy())
path = checkpoint.save(os.path.join('.', 'ckpt'))
before = model.fc.bias.numpy()
model.fc.bias.assign(tf.zeros_like(model.fc.bias))
checkpoint.restore(tf.train.latest_checkpoint('.'))
print(path, np.allclose(before, model.fc.bias.numpy()))

hidden = tf.zeros((1, units))
x, out = tf.expand_dims([char2idx['t']], 0), 't'
for i in range(20):
    predictions, hidden = model(x, hidden)
    predicted = tf.argmax(predictions[-1]).numpy()
    x = tf.expand_dims([predicted], 0)
    out += vocab[predicted]
print(out)
