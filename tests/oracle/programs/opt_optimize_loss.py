import tensorflow as tf
tf.set_random_seed(3)
for name in ['Adagrad', 'Adam', 'Ftrl', 'Momentum', 'RMSProp', 'SGD']:
    with tf.Graph().as_default():
        tf.set_random_seed(3)
        gs = tf.contrib.framework.get_or_create_global_step()
        x = tf.get_variable('x', [3])
        y = tf.layers.dense(tf.ones([1, 3]) * x, 1)
        loss = tf.reduce_mean(tf.square(y - 2.0))
        op = tf.contrib.layers.optimize_loss(loss, gs, learning_rate=0.1, optimizer=name, clip_gradients=1.0, gradient_noise_scale=0.1 if name == 'SGD' else None,
            learning_rate_decay_fn=lambda lr, s: tf.train.exponential_decay(lr, s, 2, 0.5), summaries=['loss', 'learning_rate', 'gradients', 'gradient_norm'])
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            print(name, ['%.6f' % sess.run(op) for _ in range(4)], sess.run(gs))
            print([v.name for v in tf.global_variables()])
            print(len(tf.get_collection(tf.GraphKeys.SUMMARIES)))
try:
    tf.contrib.layers.optimize_loss(loss, gs, 1, 'SGD')
except ValueError as e:
    print('ValueError', str(e)[:60])
