import tensorflow as tf
s2s = tf.contrib.seq2seq
tf.set_random_seed(12)
memory = tf.reshape(tf.cos(tf.range(24.)), [2, 4, 3])
outs = []
for i, mech in enumerate([
        s2s.BahdanauMonotonicAttention(4, memory, mode='parallel', sigmoid_noise=0.0, score_bias_init=-1.0),
        s2s.LuongMonotonicAttention(4, memory, mode='recursive', sigmoid_noise=1.0, sigmoid_noise_seed=5)]):
    with tf.variable_scope('m%d' % i):
        cell = s2s.AttentionWrapper(tf.contrib.rnn.BasicRNNCell(4), mech, initial_cell_state=None, output_attention=False)
        o, st = tf.nn.dynamic_rnn(cell, memory, dtype=tf.float32)
        outs.append((o, st.attention))
w = s2s.safe_cumprod(tf.constant([[.5, .2, .9]]), axis=1, exclusive=True)
m = s2s.monotonic_attention(tf.constant([[.5, .2, .9]]), tf.constant([[1., 0, 0]]), 'parallel')
sess = tf.Session()
sess.run(tf.global_variables_initializer())
for o, a in outs:
    print(sess.run(o)[:, -1]); print(sess.run(a))
print(sess.run([w, m]))
