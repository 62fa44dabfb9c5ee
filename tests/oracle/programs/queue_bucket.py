import tensorflow as tf
x = tf.constant([[1, 1, 1, 0], [2, 0, 0, 0]])
i = tf.train.range_input_producer(2, num_epochs=4, shuffle=False).dequeue()
n = tf.gather([3, 1], i)
seq = tf.gather(x, i)[:n]
length, (batch,) = tf.contrib.training.bucket_by_sequence_length(n, [seq], batch_size=2, bucket_boundaries=[2], dynamic_pad=True, capacity=10)
with tf.Session() as sess:
    sess.run([tf.local_variables_initializer(), tf.global_variables_initializer()])
    coord = tf.train.Coordinator(); th = tf.train.start_queue_runners(coord=coord)
    got = sorted([sess.run([length, batch]) for _ in range(4)], key=lambda p: p[0].sum())
    for l, b in got: print(l, b.tolist())
    coord.request_stop(); coord.join(th)
