import tensorflow as tf
tf.set_random_seed(77)
ids = tf.constant([[1, 2, 3], [4, 0, 1]])[:, :, tf.newaxis]
cell = tf.contrib.rnn.EmbeddingWrapper(tf.contrib.rnn.HighwayWrapper(tf.contrib.rnn.GRUCell(4)), embedding_classes=5, embedding_size=4)
outputs, st = tf.nn.dynamic_rnn(cell, ids, dtype=tf.float32)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(outputs))
for v in tf.trainable_variables():
    print(v.name)
