import tensorflow as tf
q = tf.FIFOQueue(10, [tf.int32, tf.float32], shapes=[[], [2]])
enq = q.enqueue_many([[1, 2, 3], [[1., 2], [3, 4], [5, 6]]])
qr = tf.train.QueueRunner(tf.FIFOQueue(2, tf.float32), [tf.no_op()])
p = tf.PaddingFIFOQueue(5, tf.int32, [[None]])
r = tf.RandomShuffleQueue(10, 0, tf.int32, shapes=[[]], seed=3)
pri = tf.PriorityQueue(5, tf.string, shapes=[[]])
with tf.Session() as sess:
    sess.run(enq); print(sess.run(q.dequeue())); print(sess.run(q.dequeue_many(2))); print(sess.run(q.size()))
    sess.run([p.enqueue([[1]]), ]); sess.run(p.enqueue([[1, 2, 3]])); print(sess.run(p.dequeue_many(2)))
    sess.run(r.enqueue_many([list(range(6))])); print([sess.run(r.dequeue()) for _ in range(6)])
    sess.run(pri.enqueue([tf.constant(3, tf.int64), 'c']))
    sess.run(pri.enqueue([tf.constant(1, tf.int64), 'a'])); print(sess.run(pri.dequeue()))
    sess.run(q.close())
    try:
        sess.run(q.dequeue())
    except tf.errors.OutOfRangeError as e:
        print(type(e).__name__)
