# tf.contrib.resampler: a spatial transformer that learns where to look
import numpy as np
import tensorflow as tf

rs = np.random.RandomState(0)
images = rs.rand(2, 6, 5, 3).astype(np.float32)
points = np.array([[[0, 0], [1.5, 2.25], [4, 5], [-.5, 3]], [[4.75, 5.5], [-3, 1], [9, 9], [2, .125]]], np.float32)
data, warp = tf.placeholder(tf.float32, [None, 6, 5, 3]), tf.placeholder(tf.float32, [None, 4, 2])
sampled = tf.contrib.resampler.resampler(data, warp)
loss = tf.reduce_sum(tf.square(sampled) * np.arange(1, 4, dtype=np.float32))
by_data, by_warp = tf.gradients(loss, [data, warp])
print(sampled.name, sampled.shape, by_data.shape, by_warp.shape)
dropped = tf.nn.dropout(tf.ones([4]), .5)  # its seed comes from the number of operations

with tf.Session() as sess:
    result, d, w = sess.run([sampled, by_data, by_warp], {data: images, warp: points})
    print(np.round(result, 5).tolist())
    print(np.round(w, 4).tolist())
    print(d.shape, '%.4f' % d.sum(), np.round(d[0, 2, :3, 0], 5).tolist())

    target = tf.constant(images[:1, 2:4, 1:3])
    shift = tf.get_variable('shift', [2], initializer=tf.constant_initializer(.4))
    grid = tf.stack(tf.meshgrid(tf.range(2.), tf.range(2.)), -1)[None] + shift
    error = tf.losses.mean_squared_error(target, tf.contrib.resampler.resampler(tf.constant(images[:1]), grid))
    train = tf.train.AdamOptimizer(.1).minimize(error)
    sess.run(tf.global_variables_initializer())
    for step in range(31):
        value, _ = sess.run([error, train])
        if step % 10 == 0:
            print(step, '%.4f' % value)
    print(sess.run(shift).round(3).tolist())
