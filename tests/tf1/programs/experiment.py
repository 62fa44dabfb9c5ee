import sys

sys.path.insert(0, sys.argv[1])
import tf1 as tf


def model_fn(features, labels, mode):
    slope = tf.get_variable("slope", [], initializer=tf.zeros_initializer())
    loss = tf.reduce_mean((slope * features - labels) ** 2)
    train_op = tf.train.GradientDescentOptimizer(0.01).minimize(loss, tf.train.get_global_step())
    print(mode, slope.device, flush=True)
    return tf.contrib.learn.ModelFnOps(mode, slope * features, loss, train_op)


def input_fn():
    return tf.constant([1.0, 2.0]), tf.constant([2.0, 4.0])


def experiment_fn(run_config, hparams):
    estimator = tf.contrib.learn.Estimator(model_fn, config=run_config)
    return tf.contrib.learn.Experiment(estimator, input_fn, input_fn, train_steps=200, eval_steps=1)


config = tf.contrib.learn.RunConfig(model_dir=sys.argv[2], session_creation_timeout_secs=60)
print(tf.contrib.learn.learn_runner.run(experiment_fn, run_config=config))
