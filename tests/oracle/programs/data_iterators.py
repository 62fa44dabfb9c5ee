import tensorflow as tf
import numpy as np
x = tf.placeholder(tf.float32, [None, 2])
train = tf.data.Dataset.from_tensor_slices(x).batch(2)
test = tf.data.Dataset.from_tensors(np.zeros([1, 2], np.float32))
iterator = tf.data.Iterator.from_structure(train.output_types, train.output_shapes)
nxt = iterator.get_next()
i1, i2 = iterator.make_initializer(train), iterator.make_initializer(test)
handle = tf.placeholder(tf.string, shape=[])
feedable = tf.data.Iterator.from_string_handle(handle, train.output_types, train.output_shapes)
a = tf.data.Dataset.from_tensors(np.ones([1, 2], np.float32)).repeat().make_one_shot_iterator()
b = train.make_initializable_iterator()
with tf.Session() as sess:
    sess.run(i1, {x: np.arange(6).reshape(3, 2)}); print(sess.run(nxt)); print(sess.run(nxt))
    sess.run(i2); print(sess.run(nxt))
    ha, hb = sess.run([a.string_handle(), b.string_handle()])
    sess.run(b.initializer, {x: np.eye(2)})
    print(sess.run(feedable.get_next(), {handle: ha}), sess.run(feedable.get_next(), {handle: hb}))
    print(train.output_types, train.output_shapes, train.output_classes)
