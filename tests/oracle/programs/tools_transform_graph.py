"""The graph transform tool, and what a program asks before it chooses a data format."""
import tensorflow as tf
from tensorflow.tools.graph_transforms import TransformGraph

x = tf.placeholder(tf.float32, [None, 2], name="x")
unused = tf.square(x, name="unused")
y = tf.identity(tf.matmul(x, tf.constant([[1.0], [2.0]]) * 2.0), name="y")
graph_def = tf.get_default_graph().as_graph_def()
for transforms in (["strip_unused_nodes"], ["fold_constants(ignore_errors=true)", "strip_unused_nodes"]):
    print(sorted(node.name for node in TransformGraph(graph_def, ["x"], ["y"], transforms).node))
data_format = "channels_first" if tf.test.is_built_with_cuda() else "channels_last"
images = tf.layers.max_pooling2d(tf.ones([1, 4, 4, 1]), 2, 2, data_format=data_format)
with tf.Session() as sess:
    print(data_format, sess.run(images).shape, tf.test.is_gpu_available())
