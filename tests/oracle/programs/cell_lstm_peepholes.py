import tensorflow as tf, numpy as np
tf.set_random_seed(3)
with tf.variable_scope('enc', initializer=tf.random_uniform_initializer(-0.3, 0.3)):
    cell = tf.nn.rnn_cell.LSTMCell(4, use_peepholes=True, num_proj=3, cell_clip=1.0, proj_clip=0.5, forget_bias=0.5)
    o, s = tf.nn.dynamic_rnn(cell, tf.ones([2, 5, 2]), dtype=tf.float32, time_major=False)
with tf.Session() as sess:
    tf.initialize_all_variables().run()
    a, b = sess.run([o, s])
    print(a[:, -1])
    print(b.c, b.h)
for v in tf.global_variables():
    print(v.name, v.shape.as_list())
