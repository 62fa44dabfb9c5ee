import tensorflow as tf
cd = tf.contrib.data
ds = tf.data.Dataset.range(10).apply(cd.map_and_batch(lambda x: x * x, 4, drop_remainder=True))
bucket = tf.data.Dataset.from_generator(lambda: ([i] * i for i in range(1, 7)), tf.int32, tf.TensorShape([None]))
bucket = bucket.apply(cd.bucket_by_sequence_length(lambda e: tf.shape(e)[0], [3, 5], [2, 2, 2]))
group = tf.data.Dataset.range(6).apply(cd.group_by_window(lambda x: x % 2, lambda k, w: w.batch(3), window_size=3))
enum = tf.data.Dataset.from_tensor_slices(['a', 'b']).apply(cd.enumerate_dataset(start=5))
scan = tf.data.Dataset.range(4).apply(cd.scan(tf.constant(0, tf.int64), lambda s, x: (s + x, s)))
unb = tf.data.Dataset.from_tensors([1, 2, 3]).apply(cd.unbatch())
rep = tf.data.Dataset.range(5).apply(cd.shuffle_and_repeat(5, count=1, seed=3))
win = tf.data.Dataset.range(5).window(3, 1, drop_remainder=True).flat_map(lambda w: w.batch(3))
inter = tf.data.Dataset.range(1, 3).apply(cd.parallel_interleave(lambda x: tf.data.Dataset.from_tensors(x).repeat(2), cycle_length=2))
ign = tf.data.Dataset.from_tensor_slices([1., 0., 2.]).map(lambda x: tf.check_numerics(1. / x, 'bad')).apply(cd.ignore_errors())
with tf.Session() as sess:
    for d in (ds, bucket, group, enum, scan, unb, rep, win, inter, ign):
        n = d.make_one_shot_iterator().get_next()
        out = []
        while True:
            try:
                v = sess.run(n)
                out.append(v.tolist() if hasattr(v, 'tolist') else v)
            except tf.errors.OutOfRangeError:
                break
        print(out)
