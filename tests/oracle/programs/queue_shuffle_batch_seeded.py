import tensorflow as tf
tf.set_random_seed(1)
data = tf.constant(list(range(10)))
item = tf.train.slice_input_producer([data, data * 10], num_epochs=2, shuffle=True, seed=5)
a, b = tf.train.batch(item, 4, allow_smaller_final_batch=True)
sess = tf.Session()
sess.run(tf.local_variables_initializer())
coord = tf.train.Coordinator()
threads = tf.train.start_queue_runners(sess, coord)
try:
    while True:
        print(sess.run([a, b]))
except tf.errors.OutOfRangeError:
    pass
coord.request_stop(); coord.join(threads)
