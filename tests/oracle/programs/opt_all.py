import tensorflow as tf
opts = [tf.train.GradientDescentOptimizer(0.1), tf.train.MomentumOptimizer(0.1, 0.9), tf.train.MomentumOptimizer(0.1, 0.9, use_nesterov=True),
        tf.train.AdagradOptimizer(0.1), tf.train.AdadeltaOptimizer(0.5), tf.train.AdamOptimizer(0.1), tf.train.RMSPropOptimizer(0.1, momentum=0.5, centered=True),
        tf.train.FtrlOptimizer(0.1, l1_regularization_strength=0.01), tf.train.ProximalGradientDescentOptimizer(0.1, l2_regularization_strength=0.1),
        tf.train.ProximalAdagradOptimizer(0.1), tf.train.AdagradDAOptimizer(0.1, global_step=tf.Variable(1, dtype=tf.int64, trainable=False))]
for n, o in enumerate(opts):
    with tf.variable_scope('o%d' % n):
        x = tf.get_variable('x', initializer=[3.0, -2.0])
        loss = tf.reduce_sum(tf.square(x - 1.0))
        step = o.minimize(loss, var_list=[x])
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for _ in range(5):
            sess.run(step)
        print(type(o).__name__, sess.run(x), o.get_slot_names())
