"""Imports a graph with batch norm and a placeholder for is_training, with the output shapes that 1.15.5 saves."""
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 4, 4, 3], name="x")
training = tf.placeholder(tf.bool, [], name="training")
y = tf.contrib.layers.batch_norm(x, is_training=training, fused=True)
train = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(y ** 2), name="train")
saved = tf.train.export_meta_graph(graph_def=tf.get_default_graph().as_graph_def(add_shapes=True))
for node in saved.graph_def.node:
    if node.op == "FusedBatchNormGradV3" and not node.attr["is_training"].b:
        for shape in node.attr["_output_shapes"].list.shape[3:]:
            shape.dim[0].size = 3
with tf.Graph().as_default() as graph, tf.Session() as sess:
    tf.train.import_meta_graph(saved)
    sess.run(tf.global_variables_initializer())
    sess.run("train", {"x:0": [[[[1.0, 2.0, 3.0]] * 4] * 4], "training:0": False})
    print([variable.name for variable in tf.global_variables()], len(graph.get_operations()))
    print(sess.run("BatchNorm/beta:0"))
