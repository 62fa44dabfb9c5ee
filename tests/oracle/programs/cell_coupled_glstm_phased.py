import tensorflow as tf
tf.set_random_seed(33)
rnn = tf.contrib.rnn
x = tf.constant(0.3, shape=[2, 3, 4])
t = tf.reshape(tf.linspace(0., 1., 6), [2, 3, 1])
with tf.variable_scope('cifg'):
    o1, _ = tf.nn.dynamic_rnn(rnn.CoupledInputForgetGateLSTMCell(4, use_peepholes=True, num_proj=2), x, dtype=tf.float32)
with tf.variable_scope('glstm'):
    o2, _ = tf.nn.dynamic_rnn(rnn.GLSTMCell(4, number_of_groups=2), x, dtype=tf.float32)
with tf.variable_scope('phased'):
    o3, _ = tf.nn.dynamic_rnn(rnn.PhasedLSTMCell(4), (t, x), dtype=tf.float32)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(o1)[0]); print(sess.run(o2)[0]); print(sess.run(o3)[0])
