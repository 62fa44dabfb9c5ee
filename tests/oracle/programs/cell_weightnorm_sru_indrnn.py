import tensorflow as tf
from tensorflow.contrib.rnn.python.ops import rnn_cell
tf.set_random_seed(4)
cells = dict(
    wn=rnn_cell.WeightNormLSTMCell(4, norm=True),
    sru=tf.contrib.rnn.SRUCell(4),
    indrnn=tf.contrib.rnn.IndRNNCell(4),
    indygru=tf.contrib.rnn.IndyGRUCell(4),
    indylstm=tf.contrib.rnn.IndyLSTMCell(4),
)
sess = tf.Session()
for name in sorted(cells):
    with tf.variable_scope(name):
        o, _ = tf.nn.dynamic_rnn(cells[name], tf.ones([2, 3, 4]), dtype=tf.float32)
    sess.run(tf.global_variables_initializer())
    print(name, sess.run(o)[0, -1])
