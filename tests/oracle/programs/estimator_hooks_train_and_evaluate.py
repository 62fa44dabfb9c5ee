import tensorflow as tf
tf.logging.set_verbosity(tf.logging.ERROR)
class Collect(tf.train.SessionRunHook):
    def begin(self): self.values = []
    def before_run(self, ctx): return tf.train.SessionRunArgs(ctx.session.graph.get_tensor_by_name('loss_t:0'))
    def after_run(self, ctx, vals): self.values.append(float(vals.results))
hook = Collect()
def model_fn(features, labels, mode):
    w = tf.get_variable('w', [], initializer=tf.constant_initializer(5.0))
    loss = tf.identity(tf.reduce_mean(tf.square(features * w - labels)), name='loss_t')
    train = tf.train.GradientDescentOptimizer(0.01).minimize(loss, global_step=tf.train.get_or_create_global_step())
    return tf.estimator.EstimatorSpec(mode, {'w': w}, loss, train, training_hooks=[tf.train.LoggingTensorHook({'l': 'loss_t'}, every_n_iter=100), tf.train.StopAtStepHook(last_step=50)])
def input_fn():
    return tf.data.Dataset.from_tensor_slices(([1., 2., 3.], [2., 4., 6.])).repeat().batch(2).make_one_shot_iterator().get_next()
est = tf.estimator.Estimator(model_fn, 'hk')
tf.estimator.train_and_evaluate(est, tf.estimator.TrainSpec(input_fn, max_steps=12, hooks=[hook]), tf.estimator.EvalSpec(input_fn, steps=3))
print(['%.5f' % v for v in hook.values])
print(est.get_variable_value('w'), est.get_variable_value('global_step'))
print({k: '%.5f' % v for k, v in sorted(est.evaluate(input_fn, steps=2).items())})
