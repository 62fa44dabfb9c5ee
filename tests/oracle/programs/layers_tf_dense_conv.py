import tensorflow as tf
import numpy as np
tf.set_random_seed(5)
x = tf.placeholder(tf.float32, [None, 64])
training = tf.placeholder(tf.bool)
img = tf.reshape(x, [-1, 8, 8, 1])
net = tf.layers.conv2d(img, filters=4, kernel_size=[3, 3], padding='same', activation=tf.nn.relu)
net = tf.layers.max_pooling2d(net, 2, 2)
net = tf.layers.batch_normalization(net, training=training)
net = tf.layers.conv2d(net, 3, 3, kernel_initializer=tf.truncated_normal_initializer(stddev=0.1), name='second')
flat = tf.layers.flatten(net)
drop = tf.layers.dropout(tf.layers.dense(flat, 10, tf.nn.tanh), rate=0.4, training=training)
logits = tf.layers.dense(drop, 2)
y = tf.placeholder(tf.int32, [None])
loss = tf.losses.sparse_softmax_cross_entropy(labels=y, logits=logits)
update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
with tf.control_dependencies(update_ops):
    train = tf.train.AdamOptimizer(1e-2).minimize(loss, global_step=tf.train.get_or_create_global_step())
rng = np.random.RandomState(0)
feed = {x: rng.rand(6, 64), y: [0, 1, 0, 1, 1, 0]}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(4):
        _, l = sess.run([train, loss], {**feed, training: True})
        print('%.6f' % l)
    print(sess.run(logits, {**feed, training: False}))
for v in tf.global_variables()[:12]:
    print(v.name)
