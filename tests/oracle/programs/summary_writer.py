import glob
import tensorflow as tf
tf.set_random_seed(3)
x = tf.placeholder(tf.float32, [None, 4], name='x')
with tf.name_scope('layer'):
    w = tf.Variable(tf.truncated_normal([4, 2]), name='W')
    tf.summary.histogram('weights', w)
    y = tf.matmul(x, w)
loss = tf.reduce_mean(tf.square(y))
tf.summary.scalar('loss', loss)
tf.summary.image('img', tf.reshape(x, [-1, 2, 2, 1]), max_outputs=1)
tf.summary.text('note', tf.constant('hello'))
merged = tf.summary.merge_all()
step = tf.train.GradientDescentOptimizer(0.05).minimize(loss)
with tf.Session() as sess:
    writer = tf.summary.FileWriter('logs', sess.graph)
    sess.run(tf.global_variables_initializer())
    for i in range(3):
        s, _ = sess.run([merged, step], {x: [[1, 2, 3, 4]]})
        writer.add_summary(s, i)
    own = tf.Summary(value=[tf.Summary.Value(tag='accuracy', simple_value=0.5)])
    writer.add_summary(own, 3)
    writer.flush(); writer.close()
for event in tf.train.summary_iterator(glob.glob('logs/*')[0]):
    for v in event.summary.value:
        print(event.step, v.tag, '%.6f' % v.simple_value if v.HasField('simple_value') else '')
