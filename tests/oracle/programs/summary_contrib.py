# tf.contrib.summary in a graph
import glob

import tensorflow as tf

tf.set_random_seed(3)
step = tf.train.get_or_create_global_step()
writer = tf.contrib.summary.create_file_writer('log', flush_millis=1000)
x = tf.get_variable('x', [3])
with writer.as_default(), tf.contrib.summary.always_record_summaries():
    tf.contrib.summary.scalar('loss', tf.reduce_sum(x))
    tf.contrib.summary.histogram('x', x)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(tf.contrib.summary.summary_writer_initializer_op())
    for i in range(3):
        sess.run(tf.contrib.summary.all_summary_ops())
        sess.run(tf.assign_add(step, 1))
    sess.run(writer.flush())
for file in glob.glob('log/*'):
    for event in tf.train.summary_iterator(file):
        for value in event.summary.value:
            print(event.step, value.tag, value.tensor.dtype)
