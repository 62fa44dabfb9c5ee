import tensorflow as tf
open('f0.csv', 'w').write('1,2.5,a\n2,3.5,b\n3,4.5,c\n4,5.5,d\n')
fq = tf.train.string_input_producer(['f0.csv'], num_epochs=1, shuffle=False)
reader = tf.TextLineReader()
key, value = reader.read(fq)
c1, c2, c3 = tf.decode_csv(value, record_defaults=[[1], [1.0], ['']])
b1, b2, b3 = tf.train.batch([c1, c2, c3], batch_size=2)
with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
    coord = tf.train.Coordinator()
    threads = tf.train.start_queue_runners(sess=sess, coord=coord)
    try:
        while not coord.should_stop():
            print(*sess.run([b1, b2, b3]))
    except tf.errors.OutOfRangeError:
        print('Done training -- epoch limit reached')
    finally:
        coord.request_stop()
    coord.join(threads)
