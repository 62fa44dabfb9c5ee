import tensorflow as tf
a = tf.constant([[1.0, 2.0, 3.0]])
b = tf.constant([[0.0, 1.0, 0.0]])
sess = tf.Session()
print(sess.run(tf.nn.softmax_cross_entropy_with_logits(labels=b, logits=a)))
print(sess.run(tf.nn.softmax_cross_entropy_with_logits_v2(labels=b, logits=a)))
print(sess.run(tf.nn.sigmoid_cross_entropy_with_logits(labels=b, logits=a)))
print(sess.run(tf.nn.weighted_cross_entropy_with_logits(targets=b, logits=a, pos_weight=2.0)))
print(sess.run(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[1], logits=a)))
for f in (tf.nn.softmax_cross_entropy_with_logits, tf.nn.sigmoid_cross_entropy_with_logits, tf.nn.sparse_softmax_cross_entropy_with_logits):
    try:
        print(sess.run(f(a, b)))
    except ValueError as e:
        print(e)
