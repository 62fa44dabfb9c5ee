"""Not-a-number in maxima, signs and the gradient of an absolute value."""
import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [3], name="x")
results = [
    tf.reduce_max(x),
    tf.reduce_min(x),
    tf.maximum(0.0, x),
    tf.nn.relu(x),
    tf.sign(x),
    tf.gradients(tf.abs(x), x)[0],
    tf.clip_by_value(x, -1.0, 1.0),
    tf.argmax(x),
]
with tf.Session() as sess:
    for value in ([np.nan, 1.0, -2.0], [1.0, np.nan, -2.0], [3.0, 1.0, -2.0]):
        for result in results:
            print(result.op.name, sess.run(result, {x: value}))
