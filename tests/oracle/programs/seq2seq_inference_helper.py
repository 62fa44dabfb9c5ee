import tensorflow as tf
from tensorflow.contrib.seq2seq import InferenceHelper, CustomHelper, BasicDecoder, dynamic_decode
tf.set_random_seed(71)
cell = tf.contrib.rnn.BasicRNNCell(3)
h = InferenceHelper(sample_fn=lambda o: tf.cast(o > 0, tf.float32), sample_shape=[3], sample_dtype=tf.float32,
                    start_inputs=tf.ones([2, 3]), end_fn=lambda s: tf.reduce_all(s > 0, axis=-1))
o, _, n = dynamic_decode(BasicDecoder(cell, h, cell.zero_state(2, tf.float32)), maximum_iterations=4)
c = CustomHelper(initialize_fn=lambda: (tf.tile([False], [2]), tf.zeros([2, 3])),
                 sample_fn=lambda time, outputs, state: tf.argmax(outputs, axis=-1, output_type=tf.int32),
                 next_inputs_fn=lambda time, outputs, state, sample_ids: (tf.tile([time >= 2], [2]), outputs, state))
with tf.variable_scope('custom'):
    o2, _, n2 = dynamic_decode(BasicDecoder(tf.contrib.rnn.BasicRNNCell(3), c, tf.zeros([2, 3])), output_time_major=True)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run([o.rnn_output, n]))
    print(sess.run([o2.rnn_output, o2.sample_id, n2]))
