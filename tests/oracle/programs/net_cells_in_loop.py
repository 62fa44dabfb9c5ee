import tensorflow as tf
tf.set_random_seed(2)
with tf.variable_scope('lstm') as scope:
    cell = tf.contrib.rnn.LSTMCell(4, initializer=tf.orthogonal_initializer())
    h = cell.zero_state(2, tf.float32)
    outs = []
    for i in range(3):
        if i: scope.reuse_variables()
        o, h = cell(tf.fill([2, 3], float(i)), h)
        outs.append(o)
y = tf.stack(outs, 1)
att = tf.nn.softmax(tf.layers.dense(y, 1, use_bias=False), axis=1)
ctx = tf.reduce_sum(y * att, 1)
g = tf.gradients(tf.reduce_sum(ctx), cell.trainable_weights)
w = tf.contrib.layers.xavier_initializer(seed=3)([2, 2])
with tf.Session() as s:
    s.run(tf.global_variables_initializer()); print(s.run(ctx)); print(s.run(g[0])[0]); print(s.run(w), cell.name, cell.scope_name)
