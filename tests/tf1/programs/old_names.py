import sys

import tensorflow as tf

sys.argv[1:] = ["--v=8", "rest"]
tf.app.flags.DEFINE_string("log_dir", "mine", "")
tf.app.flags.DEFINE_integer("v", 7, "")
FLAGS = tf.app.flags.FLAGS
print(FLAGS.log_dir, FLAGS.v)
with tf.Session() as session:
    print(session.run([tf.mul(2, 3), tf.concat(0, [[1], [2]]), tf.split(0, 2, tf.range(4))]))
cell = tf.nn.rnn_cell.BasicLSTMCell(2)
tf.nn.rnn_cell.MultiRNNCell([cell] * 2)
for name in ("seq2seq.prepare_attention", "learn.TensorFlowEstimator"):
    part, _, name = name.partition(".")
    try:
        getattr(getattr(tf.contrib, part), name)
    except AttributeError as error:
        print(error)
tf = tf.compat.v1.compat.v1
tf.app.run(lambda argv: print(argv[1:], FLAGS.v))
