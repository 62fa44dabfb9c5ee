import tensorflow as tf
from tensorflow.contrib import losses
from tensorflow.contrib.losses import metric_learning
pred = tf.constant([[.1, .7, .2], [.3, .3, .4]])
onehot = tf.constant([[0., 1, 0], [1, 0, 0]])
ops = [losses.softmax_cross_entropy(pred, onehot), losses.mean_squared_error(pred, onehot), losses.log_loss(pred, onehot),
       losses.sparse_softmax_cross_entropy(pred, tf.constant([1, 0])), losses.hinge_loss(pred, onehot),
       losses.absolute_difference(pred, onehot), losses.cosine_distance(pred, onehot, dim=1)]
emb = tf.nn.l2_normalize(tf.constant([[1., 2], [2., 1], [0, 1], [1, 0.2]]), 1)
ml = [metric_learning.contrastive_loss([1, 0], pred, onehot), metric_learning.triplet_semihard_loss(tf.constant([0, 0, 1, 1]), emb),
      metric_learning.npairs_loss(tf.constant([0, 1]), pred, onehot), metric_learning.lifted_struct_loss(tf.constant([0, 0, 1, 1]), emb)]
with tf.Session() as sess:
    for o in ops + ml:
        print(o.op.name, sess.run(o))
    print('%.7f' % sess.run(losses.get_total_loss()))
