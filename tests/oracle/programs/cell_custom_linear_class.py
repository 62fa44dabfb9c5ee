import tensorflow as tf
from tensorflow.contrib.rnn.python.ops.core_rnn_cell import _Linear
from tensorflow.python.ops import rnn_cell_impl
from tensorflow.python.ops import array_ops, math_ops

_BIAS_VARIABLE_NAME = rnn_cell_impl._BIAS_VARIABLE_NAME
_WEIGHTS_VARIABLE_NAME = rnn_cell_impl._WEIGHTS_VARIABLE_NAME


class GatedCell(rnn_cell_impl.LayerRNNCell):
    def __init__(self, num_units, name=None):
        super(GatedCell, self).__init__(name=name)
        self.num_units = num_units

    state_size = property(lambda self: self.num_units)
    output_size = property(lambda self: self.num_units)

    def build(self, inputs_shape):
        depth = inputs_shape[1].value
        self.kernel = self.add_variable('gates/' + _WEIGHTS_VARIABLE_NAME, shape=[depth + self.num_units, 2 * self.num_units])
        self.bias = self.add_variable('gates/' + _BIAS_VARIABLE_NAME, shape=[2 * self.num_units], initializer=tf.zeros_initializer())
        self.built = True

    def call(self, inputs, state):
        z = tf.nn.bias_add(math_ops.matmul(array_ops.concat([inputs, state], 1), self.kernel), self.bias)
        a, b = array_ops.split(value=z, num_or_size_splits=2, axis=1)
        h = math_ops.sigmoid(a) * math_ops.tanh(b) + (1 - math_ops.sigmoid(a)) * state
        return h, h


tf.set_random_seed(9)
cell = GatedCell(3)
out, st = tf.nn.dynamic_rnn(cell, tf.ones([2, 3, 2]), dtype=tf.float32)
lin = _Linear([out[:, -1], st], 2, True)
y = lin([out[:, -1], st])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(out)[0])
    print(sess.run(y))
print(cell.trainable_variables)
