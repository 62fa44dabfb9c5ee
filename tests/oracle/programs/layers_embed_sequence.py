import tensorflow as tf
tf.set_random_seed(1)
ids = tf.constant([[1, 2, 0], [3, 3, 1]])
a = tf.contrib.layers.embed_sequence(ids, vocab_size=5, embed_dim=4, scope='emb')
b = tf.contrib.layers.embed_sequence(ids, vocab_size=5, embed_dim=4, scope='emb', reuse=True)
bow = tf.contrib.layers.bow_encoder(ids, 5, 3)
lookup = tf.contrib.layers.embedding_lookup_unique(tf.constant([[1., 2], [3, 4]]), tf.constant([1, 1, 0]))
onehot = tf.contrib.layers.one_hot_encoding(tf.constant([0, 2]), 3)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    x, y = sess.run([a, b])
    print(x); print((x == y).all())
    print(sess.run([bow, lookup, onehot]))
