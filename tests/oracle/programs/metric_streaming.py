import tensorflow as tf
from tensorflow.contrib import metrics
pred = tf.placeholder(tf.float32, [4])
lab = tf.placeholder(tf.int64, [4])
values, updates = metrics.aggregate_metric_map({
    'accuracy': metrics.streaming_accuracy(tf.round(pred), lab),
    'precision': metrics.streaming_precision(tf.cast(pred > .5, tf.int64), lab),
    'recall': metrics.streaming_recall(tf.cast(pred > .5, tf.int64), lab),
    'auc': metrics.streaming_auc(pred, lab, num_thresholds=50),
    'mean': metrics.streaming_mean(pred),
    'rmse': metrics.streaming_root_mean_squared_error(pred, tf.cast(lab, tf.float32)),
    'mae': metrics.streaming_mean_absolute_error(pred, tf.cast(lab, tf.float32)),
    'pearson': metrics.streaming_pearson_correlation(pred, tf.cast(lab, tf.float32)),
    'iou': metrics.streaming_mean_iou(tf.cast(pred > .5, tf.int64), lab, 2)})
with tf.Session() as sess:
    sess.run(tf.local_variables_initializer())
    for p, l in [([.9, .2, .7, .4], [1, 0, 1, 1]), ([.6, .8, .1, .3], [0, 1, 0, 0])]:
        sess.run(list(updates.values()), {pred: p, lab: l})
    for k in sorted(values):
        print(k, '%.6f' % sess.run(values[k]))
