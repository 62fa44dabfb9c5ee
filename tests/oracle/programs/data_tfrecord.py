import tensorflow as tf
writer = tf.python_io.TFRecordWriter('d.tfrecords')
for i in range(4):
    ex = tf.train.SequenceExample(context=tf.train.Features(feature={'length': tf.train.Feature(int64_list=tf.train.Int64List(value=[i + 1]))}),
        feature_lists=tf.train.FeatureLists(feature_list={'tokens': tf.train.FeatureList(feature=[tf.train.Feature(int64_list=tf.train.Int64List(value=[j])) for j in range(i + 1)])}))
    writer.write(ex.SerializeToString())
writer.close()
print(len(list(tf.python_io.tf_record_iterator('d.tfrecords'))))
def parse(s):
    c, q = tf.parse_single_sequence_example(s, {'length': tf.FixedLenFeature([], tf.int64)}, {'tokens': tf.FixedLenSequenceFeature([], tf.int64)})
    return c['length'], q['tokens']
n, t = tf.data.TFRecordDataset(['d.tfrecords']).map(parse).padded_batch(4, ([], [None])).make_one_shot_iterator().get_next()
with tf.Session() as sess:
    print(*sess.run([n, t]))
