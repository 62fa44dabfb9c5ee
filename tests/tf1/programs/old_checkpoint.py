import numpy as np
import tensorflow as tf
from tensorflow.python.tools import inspect_checkpoint

old = tf.Graph()
with old.as_default(), tf.Session() as session:
    tf.Variable(np.ones((3, 8), np.float32), name="RNN/MultiRNNCell/Cell0/BasicLSTMCell/Linear/Matrix")
    tf.Variable(np.zeros(8, np.float32), name="RNN/MultiRNNCell/Cell0/BasicLSTMCell/Linear/Bias")
    tf.Variable(5, name="global_step")
    session.run(tf.global_variables_initializer())
    print(tf.train.Saver(write_version=tf.train.SaverDef.V1).save(session, "./old.ckpt"))
cell = tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.BasicLSTMCell(2)])
tf.nn.dynamic_rnn(cell, tf.zeros([1, 2, 1]), dtype=tf.float32)
step = tf.Variable(0, name="global_step")
with tf.Session() as session:
    tf.train.Saver().restore(session, "./old.ckpt")
    print(session.run([tf.reduce_sum(tf.trainable_variables()[0]), step]))
    path = tf.train.Saver([step]).save(session, "./new.ckpt")
inspect_checkpoint.print_tensors_in_checkpoint_file(path, tensor_name="", all_tensors=True)
inspect_checkpoint.print_tensors_in_checkpoint_file(path, "v", False)
