# a program of several files: the model lies in a package beside it
from rnn_project.model import Model, Config
from rnn_project import utils
import tensorflow as tf
tf.set_random_seed(utils.SEED)
with tf.variable_scope("Model", reuse=None, initializer=tf.random_uniform_initializer(-Config.init_scale, Config.init_scale)):
    m = Model(Config(), is_training=True)
with tf.variable_scope("Model", reuse=True):
    mtest = Model(Config(), is_training=False)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    m.assign_lr(sess, 0.5)
    for i in range(3):
        print("Perplexity: %.5f" % utils.run_epoch(sess, m, utils.data(), m.train_op))
    print("Test: %.5f" % utils.run_epoch(sess, mtest, utils.data()))
