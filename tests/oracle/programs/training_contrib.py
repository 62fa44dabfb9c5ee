import tensorflow as tf
import numpy as np
tr = tf.contrib.training
tf.set_random_seed(5)
x = tf.constant(np.random.RandomState(1).rand(6, 3).astype('f'))
y = tf.layers.dense(x, 1)
tf.losses.mean_squared_error(tf.ones([6, 1]), y)
op = tr.create_train_op(tf.losses.get_total_loss(), tf.train.GradientDescentOptimizer(0.1), summarize_gradients=True)
print('%.7f' % tr.train(op, 'td', hooks=[tf.train.StopAtStepHook(num_steps=4)], save_summaries_steps=None, save_checkpoint_secs=None))
g = tf.get_default_graph(); g._unsafe_unfinalize()
print(sorted(v.name for v in tf.global_variables()))
print(tr.FailureTolerator if hasattr(tr, 'FailureTolerator') else '')
print(tr.HParams(a=1))
