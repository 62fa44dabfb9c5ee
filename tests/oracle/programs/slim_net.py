import tensorflow as tf
import numpy as np
slim = tf.contrib.slim
tf.set_random_seed(6)
def lenet(x, is_training=True, scope='LeNet', reuse=None):
    end_points = {}
    with tf.variable_scope(scope, 'LeNet', [x], reuse=reuse):
        net = slim.conv2d(x, 4, [5, 5], scope='conv1')
        net = slim.max_pool2d(net, [2, 2], 2, scope='pool1')
        net = slim.repeat(net, 2, slim.conv2d, 3, [3, 3], scope='conv2')
        net = slim.flatten(net)
        end_points['Flatten'] = net
        net = slim.fully_connected(net, 6, scope='fc3')
        net = slim.dropout(net, 0.5, is_training=is_training, scope='dropout3')
        return slim.fully_connected(net, 2, activation_fn=None, normalizer_fn=None, scope='fc4'), end_points
def scope(wd=0.01):
    with slim.arg_scope([slim.conv2d, slim.fully_connected], weights_regularizer=slim.l2_regularizer(wd), weights_initializer=tf.truncated_normal_initializer(stddev=0.1), activation_fn=tf.nn.relu):
        with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm, normalizer_params={'decay': 0.9, 'scale': True}) as sc:
            return sc
x = tf.constant(np.random.RandomState(0).rand(4, 8, 8, 1).astype('f')); y = tf.constant([0, 1, 1, 0])
with slim.arg_scope(scope()):
    logits, eps = lenet(x)
tf.losses.sparse_softmax_cross_entropy(y, logits)
total = tf.losses.get_total_loss()
train_op = slim.learning.create_train_op(total, tf.train.GradientDescentOptimizer(0.1), clip_gradient_norm=1.0)
print('%.6f' % slim.learning.train(train_op, 'slimlogs', number_of_steps=4, log_every_n_steps=100, save_summaries_secs=0, save_interval_secs=1000))
print([v.name for v in slim.get_model_variables()], len(slim.get_variables_to_restore(exclude=['LeNet/fc4'])))
tf.get_default_graph()._unsafe_unfinalize()
restore = slim.assign_from_checkpoint_fn(tf.train.latest_checkpoint('slimlogs'), slim.get_variables_to_restore())
with tf.Session() as s:
    restore(s); print(s.run(slim.get_unique_variable('LeNet/fc4/weights')))
