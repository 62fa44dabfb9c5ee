import tensorflow as tf
tf.set_random_seed(55)
emb = tf.get_variable('emb', [6, 4])
cell = tf.nn.rnn_cell.GRUCell(5)
out_layer = tf.layers.Dense(6)
helper = tf.contrib.seq2seq.SampleEmbeddingHelper(emb, tf.fill([2], 1), 0, softmax_temperature=0.7, seed=3)
dec = tf.contrib.seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32), out_layer)
o1, _, n1 = tf.contrib.seq2seq.dynamic_decode(dec, maximum_iterations=5)
x = tf.nn.embedding_lookup(emb, [[1, 2, 3], [3, 4, 5]])
with tf.variable_scope('sched'):
    h2 = tf.contrib.seq2seq.ScheduledEmbeddingTrainingHelper(x, [3, 2], emb, sampling_probability=0.5)
    d2 = tf.contrib.seq2seq.BasicDecoder(cell, h2, cell.zero_state(2, tf.float32), out_layer)
    o2, _, n2 = tf.contrib.seq2seq.dynamic_decode(d2)
with tf.variable_scope('sched_out'):
    cell4 = tf.nn.rnn_cell.GRUCell(4)
    h3 = tf.contrib.seq2seq.ScheduledOutputTrainingHelper(x, [3, 2], sampling_probability=0.4)
    d3 = tf.contrib.seq2seq.BasicDecoder(cell4, h3, cell4.zero_state(2, tf.float32))
    o3, _, _ = tf.contrib.seq2seq.dynamic_decode(d3)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run([o1.sample_id, n1]))
    print(sess.run([o2.sample_id, o2.rnn_output[0]]))
    print(sess.run(o3.rnn_output)[1])
