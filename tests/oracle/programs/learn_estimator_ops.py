import tensorflow as tf
import numpy as np
from tensorflow.contrib import learn
from tensorflow.contrib.learn.python.learn.estimators import model_fn as model_fn_lib
tf.logging.set_verbosity(tf.logging.ERROR)
def model_fn(features, targets, mode, params):
    h = tf.contrib.layers.fully_connected(features, 4, activation_fn=tf.tanh)
    out = tf.reshape(tf.contrib.layers.linear(h, 1), [-1])
    predictions = {"ages": out}
    loss = tf.losses.mean_squared_error(targets, out)
    eval_metric_ops = {"rmse": tf.metrics.root_mean_squared_error(tf.cast(targets, tf.float64), tf.cast(out, tf.float64))}
    train_op = tf.contrib.layers.optimize_loss(loss=loss, global_step=tf.contrib.framework.get_global_step(), learning_rate=params["learning_rate"], optimizer="SGD")
    return model_fn_lib.ModelFnOps(mode=mode, predictions=predictions, loss=loss, train_op=train_op, eval_metric_ops=eval_metric_ops)
nn = learn.Estimator(model_fn=model_fn, params={"learning_rate": 0.05}, config=learn.RunConfig(tf_random_seed=1))
r = np.random.RandomState(4)
x, y = r.rand(30, 3).astype(np.float32), r.rand(30).astype(np.float32)
nn.fit(x=x, y=y, steps=10)
ev = nn.evaluate(x=x, y=y, steps=1)
print("Loss: %.7f" % ev["loss"], "RMSE: %.7f" % ev["rmse"], ev['global_step'])
for i, p in enumerate(nn.predict(x=x[:3], as_iterable=True)):
    print("Prediction %s: %.6f" % (i + 1, p["ages"]))
