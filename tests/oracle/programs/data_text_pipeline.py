import tensorflow as tf
open('src.txt', 'w').write('a b c\nb b\nc a b d\n'); open('tgt.txt', 'w').write('1 2\n2\n3 3 3\n')
src = tf.data.TextLineDataset('src.txt'); tgt = tf.data.TextLineDataset('tgt.txt')
table = tf.contrib.lookup.index_table_from_tensor(['a', 'b', 'c'], default_value=9)
ds = tf.data.Dataset.zip((src, tgt))
ds = ds.map(lambda s, t: (tf.string_split([s]).values, tf.string_to_number(tf.string_split([t]).values, tf.int32)))
ds = ds.filter(lambda s, t: tf.logical_and(tf.size(s) > 0, tf.size(t) > 0))
ds = ds.map(lambda s, t: (tf.cast(table.lookup(s), tf.int32), t)).map(lambda s, t: (s, t, tf.size(s)))
ds = ds.padded_batch(2, padded_shapes=([None], [None], []), padding_values=(7, 0, 0))
it = ds.make_initializable_iterator()
s, t, n = it.get_next()
with tf.Session() as sess:
    sess.run(tf.tables_initializer())
    for epoch in range(2):
        sess.run(it.initializer)
        while True:
            try:
                print(*[v.tolist() for v in sess.run([s, t, n])])
            except tf.errors.OutOfRangeError:
                break
