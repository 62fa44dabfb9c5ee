import tensorflow as tf
tf.set_random_seed(8)
opt = tf.train.GradientDescentOptimizer(0.1)
x = tf.reshape(tf.sin(tf.range(24.)), [4, 6])
tower_grads, losses = [], []
with tf.variable_scope(tf.get_variable_scope()):
    for i, xi in enumerate(tf.split(x, 2)):
        with tf.device('/cpu:0'), tf.name_scope('tower_%d' % i) as scope:
            h = tf.contrib.layers.fully_connected(xi, 4, scope='h')
            y = tf.contrib.layers.fully_connected(tf.contrib.layers.dropout(h, 0.5), 1, scope='y', activation_fn=None)
            losses.append(tf.reduce_mean(tf.square(y)))
            tf.get_variable_scope().reuse_variables()
            tower_grads.append(opt.compute_gradients(losses[-1]))
avg = []
for gv in zip(*tower_grads):
    g = tf.reduce_mean(tf.concat(axis=0, values=[tf.expand_dims(g, 0) for g, _ in gv]), 0)
    avg.append((g, gv[0][1]))
train = tf.group(opt.apply_gradients(avg))
with tf.Session(config=tf.ConfigProto(allow_soft_placement=True)) as s:
    s.run(tf.global_variables_initializer())
    for _ in range(3): print([('%.7f' % v) for v in s.run([train] + losses)[1:]])
