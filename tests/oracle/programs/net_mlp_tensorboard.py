import tensorflow as tf
import numpy as np
import matplotlib.pyplot as plt
np.random.seed(1)
tf.set_random_seed(1)
def add_layer(inputs, in_size, out_size, n_layer, activation_function=None):
    layer_name = 'layer%s' % n_layer
    with tf.name_scope(layer_name):
        with tf.name_scope('weights'):
            Weights = tf.Variable(tf.random_normal([in_size, out_size]), name='W')
            tf.summary.histogram(layer_name + '/weights', Weights)
        with tf.name_scope('biases'):
            biases = tf.Variable(tf.zeros([1, out_size]) + 0.1, name='b')
        with tf.name_scope('Wx_plus_b'):
            Wx_plus_b = tf.add(tf.matmul(inputs, Weights), biases)
        outputs = Wx_plus_b if activation_function is None else activation_function(Wx_plus_b, )
    return outputs
x_data = np.linspace(-1, 1, 30)[:, np.newaxis].astype(np.float32)
y_data = np.square(x_data) - 0.5 + np.random.normal(0, 0.05, x_data.shape).astype(np.float32)
with tf.name_scope('inputs'):
    xs = tf.placeholder(tf.float32, [None, 1], name='x_input')
    ys = tf.placeholder(tf.float32, [None, 1], name='y_input')
l1 = add_layer(xs, 1, 10, n_layer=1, activation_function=tf.nn.relu)
prediction = add_layer(l1, 10, 1, n_layer=2)
with tf.name_scope('loss'):
    loss = tf.reduce_mean(tf.reduce_sum(tf.square(ys - prediction), reduction_indices=[1]))
    tf.summary.scalar('loss', loss)
with tf.name_scope('train'):
    train_step = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
sess = tf.Session()
merged = tf.summary.merge_all()
writer = tf.summary.FileWriter("logs/", sess.graph)
sess.run(tf.global_variables_initializer())
fig = plt.figure(); ax = fig.add_subplot(1, 1, 1); ax.scatter(x_data, y_data); plt.ion(); plt.show()
for i in range(12):
    sess.run(train_step, feed_dict={xs: x_data, ys: y_data})
    if i % 3 == 0:
        writer.add_summary(sess.run(merged, feed_dict={xs: x_data, ys: y_data}), i)
        print('%.7f' % sess.run(loss, {xs: x_data, ys: y_data}))
        lines = ax.plot(x_data, sess.run(prediction, {xs: x_data}), 'r-', lw=5)
        plt.pause(0.01)
