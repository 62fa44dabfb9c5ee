import tensorflow as tf
import numpy as np
tf.set_random_seed(1234)
batch_size, max_time, vocab, dim, units = 3, 5, 7, 4, 6
targets = tf.constant(np.random.RandomState(0).randint(0, vocab, (batch_size, max_time)))
lengths = tf.constant([5, 3, 4])
embedding = tf.get_variable("embedding", [vocab, dim])
emb = tf.nn.embedding_lookup(embedding, targets)
helper = tf.contrib.seq2seq.TrainingHelper(emb, lengths)
cell = tf.contrib.rnn.LSTMCell(units)
projection = tf.layers.Dense(vocab, use_bias=False)
decoder = tf.contrib.seq2seq.BasicDecoder(cell, helper, cell.zero_state(batch_size, tf.float32), output_layer=projection)
outputs, state, seq_len = tf.contrib.seq2seq.dynamic_decode(decoder)
logits = tf.identity(outputs.rnn_output, 'logits')
mask = tf.sequence_mask(lengths, max_time, dtype=tf.float32)
cost = tf.contrib.seq2seq.sequence_loss(logits, targets, mask)
opt = tf.train.AdamOptimizer(0.05)
gradients = opt.compute_gradients(cost)
capped = [(tf.clip_by_value(g, -1., 1.), v) for g, v in gradients if g is not None]
train_op = opt.apply_gradients(capped)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(4):
        _, l = sess.run([train_op, cost])
        print('%d %.7f' % (i, l))
    print(sess.run([seq_len, outputs.sample_id]))
