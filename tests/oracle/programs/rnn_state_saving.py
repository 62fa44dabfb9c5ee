import tensorflow as tf
tf.set_random_seed(12)
batch = tf.constant([[[0.1, 0.2], [0.3, 0.4]]])
class Saver(object):
    def __init__(self, n):
        self.v = {k: tf.Variable(tf.zeros([1, n]), trainable=False, name=k) for k in ('c', 'h')}
    def state(self, name):
        return self.v[name]
    def save_state(self, name, value):
        return tf.assign(self.v[name], value)
saver = Saver(3)
cell = tf.contrib.rnn.BasicLSTMCell(3)
out, st = tf.nn.static_state_saving_rnn(cell, tf.unstack(batch, axis=1), saver, ('c', 'h'))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        print(sess.run(out[-1]))
