import tensorflow as tf
from tensorflow.python.framework import ops
from tensorflow.python.framework import function
@ops.RegisterGradient("MyRound")
def _my_round_grad(op, grad):
    return grad * 2
@tf.custom_gradient
def cube(x):
    return x ** 3, lambda dy: dy * 7.0
class FlipGradient(object):
    def __call__(self, x, l=1.0):
        @ops.RegisterGradient("FlipGradient%d" % l)
        def _flip(op, grad): return [tf.negative(grad) * l]
        g = tf.get_default_graph()
        with g.gradient_override_map({"Identity": "FlipGradient%d" % l}):
            return tf.identity(x)
x = tf.constant([1.2, 2.7])
with tf.get_default_graph().gradient_override_map({"Round": "MyRound"}):
    y = tf.round(x)
z = x + tf.stop_gradient(tf.round(x) - x)
with tf.Session() as s:
    for o in (y, cube(x), FlipGradient()(x, 3), z, tf.clip_by_value(x, 2, 3)): print(s.run(tf.gradients(o, x)[0]))
