import tensorflow as tf
tf.set_random_seed(15)
reg = tf.contrib.layers.sum_regularizer([tf.contrib.layers.l1_regularizer(0.01), tf.contrib.layers.l2_regularizer(scale=0.02)])
with tf.variable_scope('a', regularizer=reg):
    w = tf.get_variable('w', [4, 3])
    h = tf.layers.dense(tf.ones([2, 4]), 3, kernel_regularizer=tf.contrib.layers.l1_l2_regularizer(0.1, 0.2))
b = tf.get_variable('b', [3], initializer=tf.ones_initializer())
pen = tf.contrib.layers.apply_regularization(tf.contrib.layers.l2_regularizer(0.5), weights_list=[w, b])
sess = tf.Session()
sess.run(tf.global_variables_initializer())
for r in tf.get_collection('regularization_losses'):
    print(r.name, '%.7f' % sess.run(r))
print('%.7f' % sess.run(pen), '%.7f' % sess.run(tf.losses.get_regularization_loss()))
tv = tf.trainable_variables()
lossL2 = tf.add_n([tf.nn.l2_loss(v) for v in tv if 'bias' not in v.name]) * 0.001
print('%.8f' % sess.run(lossL2))
print(sess.run(tf.contrib.layers.maxout(h, 1)))
