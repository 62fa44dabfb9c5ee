"""What tf_inspect says of TensorFlow's functions, and of the program's own, after somebody has written into it."""
import tensorflow as tf
from tensorflow.python.util import tf_inspect


def own(a, b=2, *rest, c, d=4, **options):
    pass


for function in (tf.cast, tf.concat, tf.nn.dynamic_rnn, tf.gradients, own):
    for _ in range(2):
        spec = tf_inspect.getfullargspec(function)
        print(spec)
        spec.args[:] = ["**%s**" % name for name in spec.args]
        spec.kwonlyargs.clear()
        spec.annotations["return"] = "changed"
