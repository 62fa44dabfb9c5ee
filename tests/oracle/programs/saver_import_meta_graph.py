import tensorflow as tf
tf.set_random_seed(2)
x = tf.placeholder(tf.float32, [None, 3], name='x')
w = tf.Variable(tf.truncated_normal([3, 2]), name='w')
b = tf.get_variable('b', [2], initializer=tf.constant_initializer(0.5))
y = tf.nn.softmax(tf.matmul(x, w) + b, name='y')
tf.add_to_collection('predict', y)
saver = tf.train.Saver()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(y, {x: [[1, 2, 3]]}))
    saver.save(sess, 'model/net')
tf.reset_default_graph()
with tf.Session() as sess:
    new_saver = tf.train.import_meta_graph('model/net.meta')
    new_saver.restore(sess, tf.train.latest_checkpoint('model'))
    graph = tf.get_default_graph()
    print(sess.run(tf.get_collection('predict')[0], {graph.get_tensor_by_name('x:0'): [[1, 2, 3]]}))
    print(sess.run('w:0').shape, [v.name for v in tf.trainable_variables()])
