import tensorflow as tf
tf.set_random_seed(10)
ds = tf.data.Dataset.range(12).shuffle(buffer_size=5).repeat(2).batch(4)
it = ds.make_one_shot_iterator()
x = it.get_next()
y = tf.data.Dataset.from_tensor_slices(list(range(8))).shuffle(8, seed=2).map(lambda v: v * 2).make_one_shot_iterator().get_next()
z = tf.data.Dataset.range(3).map(lambda v: tf.random_uniform([], seed=4)).make_one_shot_iterator().get_next()
w = tf.random_normal([2])
with tf.Session() as sess:
    for _ in range(6):
        print(sess.run(x))
    print([sess.run(y) for _ in range(8)], [sess.run(z) for _ in range(3)])
    print(sess.run(w))
