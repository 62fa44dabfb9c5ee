import tensorflow as tf
import numpy as np
PAD, EOS = 0, 1
vocab_size, input_embedding_size, encoder_hidden_units = 6, 5, 4
decoder_hidden_units = encoder_hidden_units * 2
tf.set_random_seed(3); sess = tf.InteractiveSession()
encoder_inputs = tf.placeholder(shape=(None, None), dtype=tf.int32, name='encoder_inputs')
encoder_inputs_length = tf.placeholder(shape=(None,), dtype=tf.int32, name='encoder_inputs_length')
decoder_targets = tf.placeholder(shape=(None, None), dtype=tf.int32, name='decoder_targets')
embeddings = tf.Variable(tf.random_uniform([vocab_size, input_embedding_size], -1.0, 1.0), dtype=tf.float32)
from tensorflow.python.ops.rnn_cell import LSTMCell, LSTMStateTuple
((fo, bo), (fs, bs)) = tf.nn.bidirectional_dynamic_rnn(LSTMCell(encoder_hidden_units), LSTMCell(encoder_hidden_units), tf.nn.embedding_lookup(embeddings, encoder_inputs), encoder_inputs_length, dtype=tf.float32, time_major=True)
encoder_final_state = LSTMStateTuple(c=tf.concat((fs.c, bs.c), 1), h=tf.concat((fs.h, bs.h), 1))
decoder_cell = LSTMCell(decoder_hidden_units)
encoder_max_time, batch_size = tf.unstack(tf.shape(encoder_inputs))
decoder_lengths = encoder_inputs_length + 2
W = tf.Variable(tf.random_uniform([decoder_hidden_units, vocab_size], -1, 1), dtype=tf.float32); b = tf.Variable(tf.zeros([vocab_size]), dtype=tf.float32)
eos_step_embedded = tf.nn.embedding_lookup(embeddings, tf.ones([batch_size], dtype=tf.int32, name='EOS'))
pad_step_embedded = tf.nn.embedding_lookup(embeddings, tf.zeros([batch_size], dtype=tf.int32, name='PAD'))
def loop_fn(time, previous_output, previous_state, previous_loop_state):
    if previous_state is None:
        return (0 >= decoder_lengths), eos_step_embedded, encoder_final_state, None, None
    def get_next_input():
        return tf.nn.embedding_lookup(embeddings, tf.argmax(tf.add(tf.matmul(previous_output, W), b), axis=1))
    elements_finished = (time >= decoder_lengths)
    return elements_finished, tf.cond(tf.reduce_all(elements_finished), lambda: pad_step_embedded, get_next_input), previous_state, previous_output, None
ta, fstate, _ = tf.nn.raw_rnn(decoder_cell, loop_fn)
outputs = ta.stack()
steps, bsz, dim = tf.unstack(tf.shape(outputs))
logits = tf.reshape(tf.add(tf.matmul(tf.reshape(outputs, (-1, dim)), W), b), (steps, bsz, vocab_size))
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=tf.one_hot(decoder_targets, depth=vocab_size, dtype=tf.float32), logits=logits))
train_op = tf.train.AdamOptimizer(0.01).minimize(loss)
sess.run(tf.global_variables_initializer())
fd = {encoder_inputs: [[2, 3], [4, 5], [3, 0]], encoder_inputs_length: [3, 2], decoder_targets: [[2, 3], [4, 5], [3, 1], [1, 0], [0, 0]]}
for batch in range(4):
    _, l = sess.run([train_op, loss], fd)
    print('batch {} minibatch loss: {:.7f}'.format(batch, l))
print(sess.run(tf.argmax(logits, 2), fd).T)
