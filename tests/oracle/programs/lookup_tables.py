import tensorflow as tf
from tensorflow.contrib import lookup
from tensorflow.python.ops import lookup_ops
with open('vocab.txt', 'w') as f:
    f.write('<unk>\n<s>\n</s>\nhello\nworld\n')
t1 = lookup_ops.index_table_from_file('vocab.txt', default_value=0)
t2 = lookup.index_table_from_tensor(tf.constant(['emerson', 'lake', 'palmer']), num_oov_buckets=1)
t3 = lookup.index_to_string_table_from_file('vocab.txt', default_value='?')
t4 = lookup.HashTable(lookup.KeyValueTensorInitializer(['a', 'b'], [10, 20], value_dtype=tf.int64), -1)
t5 = lookup.MutableHashTable(tf.string, tf.int64, -7)
t6 = lookup.index_to_string_table_from_tensor(['x', 'y'])
t7 = lookup.IdTableWithHashBuckets(t4, num_oov_buckets=3)
ids = lookup.string_to_index(tf.constant(['lake', 'no']), tf.constant(['emerson', 'lake']), default_value=-1)
with tf.Session() as sess:
    tf.tables_initializer().run()
    print(sess.run(t1.lookup(tf.constant(['hello', 'nobody', '</s>']))), sess.run(t1.size()))
    print(sess.run(t2.lookup(tf.constant(['lake', 'x']))))
    print(sess.run(t3.lookup(tf.constant([3, 9], tf.int64))))
    print(sess.run(t4.lookup(tf.constant(['b', 'c']))), sess.run(t4.size()))
    t5.insert(['q', 'r'], [1, 2]).run()
    print(sess.run(t5.lookup(tf.constant(['r', 'z']))), sorted(sess.run(t5.export())[0].tolist()))
    print(sess.run(t6.lookup(tf.constant([1, 5], tf.int64))), sess.run(t7.lookup(tf.constant(['a', 'zz']))), sess.run(ids))
