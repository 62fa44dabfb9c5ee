import tensorflow as tf
import numpy as np
tf.set_random_seed(100)
beam_width, batch = 3, 2
memory = tf.constant(np.random.RandomState(7).randn(batch, 4, 5).astype(np.float32))
enc_state = tf.constant(np.random.RandomState(8).randn(batch, 5).astype(np.float32))
tiled_memory = tf.contrib.seq2seq.tile_batch(memory, multiplier=beam_width)
tiled_state = tf.contrib.seq2seq.tile_batch(enc_state, multiplier=beam_width)
mech = tf.contrib.seq2seq.LuongAttention(5, tiled_memory, memory_sequence_length=tf.contrib.seq2seq.tile_batch(tf.constant([4, 3]), beam_width))
cell = tf.contrib.seq2seq.AttentionWrapper(tf.contrib.rnn.GRUCell(5), mech, attention_layer_size=5)
init = cell.zero_state(dtype=tf.float32, batch_size=batch * beam_width).clone(cell_state=tiled_state)
emb = tf.get_variable('embedding', shape=[9, 4])
decoder = tf.contrib.seq2seq.BeamSearchDecoder(
    cell=cell, embedding=emb, start_tokens=tf.fill([batch], 1), end_token=2, initial_state=init,
    beam_width=beam_width, output_layer=tf.layers.Dense(9), length_penalty_weight=0.6)
out, state, lens = tf.contrib.seq2seq.dynamic_decode(decoder, maximum_iterations=7)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    ids, scores, l, lp = sess.run([out.predicted_ids, out.beam_search_decoder_output.scores, lens, state.log_probs])
    print(ids[:, :, 0], ids.shape)
    print(scores[:, -1])
    print(l); print(lp)
