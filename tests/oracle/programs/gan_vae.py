import tensorflow as tf, numpy as np
tf.set_random_seed(0); np.random.seed(0)
def xavier_init(fan_in, fan_out, constant=1):
    low = -constant * np.sqrt(6.0 / (fan_in + fan_out))
    return tf.random_uniform((fan_in, fan_out), minval=low, maxval=-low, dtype=tf.float32)
x = tf.placeholder(tf.float32, [None, 6])
w1 = tf.Variable(xavier_init(6, 4)); wm = tf.Variable(xavier_init(4, 2)); ws = tf.Variable(xavier_init(4, 2)); wd = tf.Variable(xavier_init(2, 6))
h = tf.nn.softplus(tf.matmul(x, w1)); mean = tf.matmul(h, wm); ls = tf.matmul(h, ws)
eps = tf.random_normal((5, 2), 0, 1, dtype=tf.float32)
z = tf.add(mean, tf.multiply(tf.sqrt(tf.exp(ls)), eps))
rec = tf.nn.sigmoid(tf.matmul(z, wd))
cost = tf.reduce_mean(-tf.reduce_sum(x * tf.log(1e-10 + rec) + (1 - x) * tf.log(1e-10 + 1 - rec), 1) - 0.5 * tf.reduce_sum(1 + ls - tf.square(mean) - tf.exp(ls), 1))
train = tf.train.AdamOptimizer(0.01).minimize(cost)
def generator(z, reuse=False):
    with tf.variable_scope('G', reuse=reuse): return tf.layers.dense(tf.layers.dense(z, 8, tf.nn.leaky_relu), 6, tf.nn.sigmoid)
def discriminator(x, reuse=False):
    with tf.variable_scope('D', reuse=reuse): return tf.layers.dense(tf.layers.dense(x, 8, tf.nn.relu), 1)
Z = tf.placeholder(tf.float32, [None, 3]); G = generator(Z); Dr, Df = discriminator(x), discriminator(G, True)
dl = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=Dr, labels=tf.ones_like(Dr)) + tf.nn.sigmoid_cross_entropy_with_logits(logits=Df, labels=tf.zeros_like(Df)))
gl = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=Df, labels=tf.ones_like(Df)))
tv = tf.trainable_variables()
dt = tf.train.AdamOptimizer(1e-3, beta1=0.5).minimize(dl, var_list=[v for v in tv if v.name.startswith('D')])
gt = tf.train.AdamOptimizer(1e-3, beta1=0.5).minimize(gl, var_list=[v for v in tv if v.name.startswith('G')])
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    for i in range(4):
        b = np.random.rand(5, 6)
        c, _ = s.run([cost, train], {x: b}); d, _ = s.run([dl, dt], {x: b, Z: np.random.randn(5, 3)}); g, _ = s.run([gl, gt], {Z: np.random.randn(5, 3)})
        print('%.5f %.6f %.6f' % (c, d, g))
