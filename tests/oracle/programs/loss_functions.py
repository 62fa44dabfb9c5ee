import tensorflow as tf
labels = tf.constant([[0., 1, 0], [1, 0, 0]])
pred = tf.constant([[.1, .7, .2], [.3, .3, .4]])
fs = [('abs', tf.losses.absolute_difference(labels, pred)),
      ('mse', tf.losses.mean_squared_error(labels, pred, weights=[[1.], [2.]])),
      ('huber', tf.losses.huber_loss(labels, pred, delta=0.5)),
      ('log', tf.losses.log_loss(labels, pred)),
      ('hinge', tf.losses.hinge_loss(labels, pred)),
      ('cosine', tf.losses.cosine_distance(tf.nn.l2_normalize(labels, 1), tf.nn.l2_normalize(pred, 1), axis=1)),
      ('pairwise', tf.losses.mean_pairwise_squared_error(labels, pred)),
      ('softmax', tf.losses.softmax_cross_entropy(labels, pred, label_smoothing=0.1)),
      ('sparse', tf.losses.sparse_softmax_cross_entropy([1, 0], pred)),
      ('sigmoid', tf.losses.sigmoid_cross_entropy(labels, pred, reduction=tf.losses.Reduction.SUM)),
      ('none', tf.losses.mean_squared_error(labels, pred, reduction='none', loss_collection=None))]
with tf.Session() as sess:
    for n, f in fs:
        print(n, sess.run(f))
    print(len(tf.losses.get_losses()), sess.run(tf.losses.get_total_loss()))
