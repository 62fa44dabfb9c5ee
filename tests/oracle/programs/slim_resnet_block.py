import tensorflow as tf
from tensorflow.contrib.slim.nets import resnet_v1, vgg
from tensorflow.contrib.slim.python.slim.nets import resnet_utils
slim = tf.contrib.slim
tf.set_random_seed(2)
x = tf.reshape(tf.sin(tf.range(16. * 16 * 3)), [1, 16, 16, 3])
with slim.arg_scope(resnet_utils.resnet_arg_scope()):
    blocks = [resnet_v1.resnet_v1_block('block1', base_depth=2, num_units=2, stride=2)]
    net, eps = resnet_v1.resnet_v1(x, blocks, num_classes=3, is_training=False, global_pool=True, include_root_block=True)
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    print(s.run(net)); print(sorted(eps)[:4], len(tf.global_variables()))
