import tensorflow as tf
tf.set_random_seed(1)
inits = [
    ('zeros', tf.zeros_initializer()), ('ones', tf.ones_initializer()), ('constant', tf.constant_initializer(0.25)),
    ('uniform', tf.random_uniform_initializer(-0.1, 0.1)), ('normal', tf.random_normal_initializer(stddev=0.02)),
    ('truncated', tf.truncated_normal_initializer(mean=1.0, stddev=0.1)), ('orthogonal', tf.orthogonal_initializer(gain=1.5)),
    ('glorot_u', tf.glorot_uniform_initializer()), ('glorot_n', tf.glorot_normal_initializer()),
    ('vscale', tf.variance_scaling_initializer(scale=2.0, mode='fan_out')), ('uus', tf.uniform_unit_scaling_initializer(1.1)),
    ('xavier', tf.contrib.layers.xavier_initializer()), ('xavier_n', tf.contrib.layers.xavier_initializer(uniform=False)),
    ('xavier_c', tf.contrib.layers.xavier_initializer_conv2d()),
    ('he', tf.contrib.layers.variance_scaling_initializer()), ('he_u', tf.contrib.layers.variance_scaling_initializer(factor=1.0, mode='FAN_AVG', uniform=True)),
    ('keras_he', tf.keras.initializers.he_normal()), ('lecun', tf.keras.initializers.lecun_uniform()), ('identity', tf.initializers.identity())]
vs = [tf.get_variable(n, [3, 3], initializer=i) for n, i in inits]
default = tf.get_variable('default', [2, 3])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for v in vs + [default]:
        print(v.op.name); print(sess.run(v))
