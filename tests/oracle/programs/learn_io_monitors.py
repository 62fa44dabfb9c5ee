import tensorflow as tf, numpy as np
from tensorflow.contrib.learn.python.learn import monitors as m
from tensorflow.contrib.learn.python.learn.learn_io import numpy_io, pandas_io
tf.logging.set_verbosity(tf.logging.ERROR)
class Printer(m.EveryN):
    def every_n_step_end(self, step, outputs):
        print('step', step, sorted(outputs))
def model(x, y, mode):
    w = tf.get_variable('w', [2, 1])
    p = tf.squeeze(tf.matmul(x['f'], w), 1)
    loss = tf.reduce_mean(tf.square(p - y))
    return {'p': p, 'w': tf.identity(w)}, loss, tf.contrib.layers.optimize_loss(loss, tf.train.get_global_step(), 0.1, 'SGD')
x = {'f': np.arange(12.).reshape(6, 2).astype('f') / 12}; y = np.arange(6.).astype('f')
fn = numpy_io.numpy_input_fn(x, y, batch_size=3, shuffle=False, num_epochs=None)
e = tf.contrib.learn.Estimator(model, model_dir='mm', config=tf.contrib.learn.RunConfig(tf_random_seed=5))
e.fit(input_fn=fn, steps=6, monitors=[Printer(every_n_steps=2, first_n_steps=1), m.StopAtStep(num_steps=5), m.LoggingTrainable(every_n=3)])
print(e.get_variable_value('global_step'), e.get_variable_value('w').ravel())
for r in e.predict(input_fn=numpy_io.numpy_input_fn({'f': x['f'][:2]}, shuffle=False, num_epochs=1)): print(r)
exp = tf.contrib.learn.Experiment(e, fn, fn, train_steps=8, eval_steps=2, min_eval_frequency=0)
print({k: '%.6f' % v for k, v in sorted(exp.train_and_evaluate()[0].items())})
