# one cell object listed twice: the layers share their weights
import tensorflow as tf
tf.set_random_seed(1)
cell = tf.contrib.rnn.BasicLSTMCell(3)
multi = tf.contrib.rnn.MultiRNNCell([cell] * 2)
o, s = tf.nn.dynamic_rnn(multi, tf.ones([2, 3, 3]), dtype=tf.float32)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(o)[0])
print([(v.name, v.shape.as_list()) for v in tf.trainable_variables()])
