import tensorflow as tf
tf.set_random_seed(1)
def net(x, reuse=None):
    with tf.variable_scope('net', reuse=reuse):
        h = tf.layers.dense(x, 3, name='h')
        return tf.layers.dense(h, 2, name='o')
with tf.name_scope('tower_0'):
    y0 = net(tf.ones([1, 2]))
with tf.name_scope('tower_1'):
    y1 = net(tf.zeros([1, 2]) + 2, reuse=True)
with tf.variable_scope('other') as scope:
    w = tf.get_variable('w', [2, 2])
    scope.reuse_variables()
    w2 = tf.get_variable('w', [2, 2])
with tf.variable_scope(scope, reuse=tf.AUTO_REUSE):
    w3 = tf.get_variable('w', [2, 2]); v = tf.get_variable('v', [2])
with tf.variable_scope(None, default_name='block'):
    p = tf.get_variable('p', [2])
with tf.variable_scope(None, default_name='block'):
    q = tf.get_variable('p', [2])
t = tf.make_template('scale', lambda x: x * tf.get_variable('s', [2]))
r = t(tf.ones([2])) + t(tf.ones([2]))
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    print(w is w2, w is w3)
    for x in (y0, y1, w, v, p, q, r):
        print(s.run(x))
for v in tf.global_variables(): print(v.name)
