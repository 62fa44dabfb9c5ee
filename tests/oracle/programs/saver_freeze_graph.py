import tensorflow as tf
from tensorflow.python.framework import graph_util
from tensorflow.python.platform import gfile
tf.set_random_seed(5)
x = tf.placeholder(tf.float32, [1, 2], 'in')
y = tf.identity(tf.layers.dense(x, 2, name='fc'), 'out')
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(y, {x: [[1, 2]]}))
    const = graph_util.convert_variables_to_constants(sess, sess.graph_def, ['out'])
    with tf.gfile.GFile('frozen.pb', 'wb') as f:
        f.write(const.SerializeToString())
    tf.train.write_graph(sess.graph.as_graph_def(), '.', 'g.pbtxt', as_text=True)
with tf.Graph().as_default() as g, tf.Session(graph=g) as sess:
    gd = tf.GraphDef()
    with gfile.FastGFile('frozen.pb', 'rb') as f:
        gd.ParseFromString(f.read())
    out, = tf.import_graph_def(gd, return_elements=['out:0'], name='imported')
    print(sess.run(out, {'imported/in:0': [[1, 2]]}))
print(open('g.pbtxt').read().count('node {') > 5, gfile.Exists('frozen.pb'))
