import tensorflow as tf
from tensorflow.contrib import seq2seq
tf.set_random_seed(3)
memory = tf.reshape(tf.sin(tf.range(40.)), [2, 5, 4])
for scale in (False, True):
    with tf.variable_scope('luong_%s' % scale):
        mech = seq2seq.LuongAttention(num_units=6, memory=memory, scale=scale)
        cell = seq2seq.AttentionWrapper(tf.contrib.rnn.GRUCell(6), mech, attention_layer_size=3, output_attention=True)
        o, s = tf.nn.dynamic_rnn(cell, memory[:, :3], dtype=tf.float32)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        print(sess.run(o))
        print(sess.run(s.alignments), sess.run(s.time))
