import tensorflow as tf
import tensorflow.contrib.layers as layers
tf.set_random_seed(3)
x = tf.reshape(tf.sin(tf.range(2. * 8 * 8 * 3)), [2, 8, 8, 3])
net = layers.conv2d(x, 4, [3, 3], stride=2, scope='c1')
net = layers.separable_conv2d(net, 5, [3, 3], depth_multiplier=2, scope='sep')
net = layers.layer_norm(net)
up = layers.conv2d_transpose(net, 2, [4, 4], stride=2, normalizer_fn=layers.instance_norm, scope='up')
pool = layers.avg_pool2d(up, 2)
one = layers.convolution2d_in_plane(pool, 3)
flat = layers.flatten(layers.max_pool2d(one, [2, 2]))
out = layers.stack(flat, layers.fully_connected, [6, 3], scope='fc')
rep = layers.repeat(x, 2, layers.conv2d, 2, [3, 3], scope='rep')
g = layers.group_norm(tf.concat([rep, rep], 3), groups=2)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(out))
    print(sess.run(g)[0, 0, :3])
    print(sess.run(layers.unit_norm(flat, 1))[0, :5])
for v in tf.contrib.framework.get_variables():
    print(v.op.name, v.shape.as_list())
