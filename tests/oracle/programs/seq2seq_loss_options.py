import tensorflow as tf
from tensorflow.contrib.seq2seq import sequence_loss
logits = tf.reshape(tf.sin(tf.range(24.)), [2, 3, 4])
targets = tf.constant([[0, 1, 2], [3, 2, 1]])
w = tf.constant([[1., 1, 0], [1, 1, 1]])
with tf.Session() as sess:
    for at in (True, False):
        for ab in (True, False):
            print(at, ab, sess.run(sequence_loss(logits, targets, w, average_across_timesteps=at, average_across_batch=ab)))
