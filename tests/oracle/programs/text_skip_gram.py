# tf.contrib.text: skip-gram pairs for word2vec, drawn in the graph
import tensorflow as tf
from tensorflow.contrib import text

sentence = tf.constant('the quick brown fox jumps over the lazy dog'.split())
tf.set_random_seed(7)
near_tokens, near_labels = text.skip_gram_sample(sentence, min_skips=1, max_skips=1)
far_tokens, far_labels = text.skip_gram_sample(sentence, min_skips=1, max_skips=3, emit_self_as_target=True, seed=5)
part = text.skip_gram_sample(tf.range(20), min_skips=2, max_skips=4, start=3, limit=8)
table = tf.contrib.lookup.HashTable(tf.contrib.lookup.KeyValueTensorInitializer(
    ['the', 'quick', 'brown', 'fox', 'dog'], tf.constant([40, 3, 5, 9, 10], tf.int64)), -1)
frequent = text.skip_gram_sample(sentence, 1, 2, vocab_freq_table=table, vocab_min_count=5)
noise = tf.random_uniform([3])

with tf.Session() as sess:
    sess.run(tf.tables_initializer())
    for pair in ((near_tokens, near_labels), (far_tokens, far_labels), part, frequent):
        tokens, labels = sess.run(pair)
        print(pair[0].shape, pair[0].dtype.name, list(zip(tokens.tolist(), labels.tolist())))
    print(sess.run(noise))
    empty = sess.run(text.skip_gram_sample(tf.constant([], tf.int64)))
    print(empty[0].shape, empty[1].shape)
    words = tf.placeholder(tf.string, [None])
    tokens, labels = text.skip_gram_sample(words, tf.placeholder_with_default(1, []), 1)
    print(sess.run(labels, {words: ['a', 'b', 'c']}).tolist())
    try:
        sess.run(text.skip_gram_sample(sentence, min_skips=3, max_skips=2))
    except tf.errors.InvalidArgumentError as error:
        print('min_skips must be <= max_skips' in str(error))
