import tensorflow as tf
import numpy as np
np.random.seed(0)
tf.set_random_seed(0)
num_examples, num_words, num_features, num_tags = 4, 6, 5, 3
x = np.random.rand(num_examples, num_words, num_features).astype(np.float32)
y = np.random.randint(num_tags, size=[num_examples, num_words]).astype(np.int32)
sequence_lengths = np.array([6, 5, 6, 3], dtype=np.int32)
with tf.Graph().as_default():
    tf.set_random_seed(0)
    with tf.Session() as session:
        x_t, y_t, sequence_lengths_t = tf.constant(x), tf.constant(y), tf.constant(sequence_lengths)
        weights = tf.get_variable("weights", [num_features, num_tags])
        scores = tf.reshape(tf.matmul(tf.reshape(x_t, [-1, num_features]), weights), [num_examples, num_words, num_tags])
        log_likelihood, transition_params = tf.contrib.crf.crf_log_likelihood(scores, y_t, sequence_lengths_t)
        viterbi_sequence, viterbi_score = tf.contrib.crf.crf_decode(scores, transition_params, sequence_lengths_t)
        loss = tf.reduce_mean(-log_likelihood)
        train_op = tf.train.GradientDescentOptimizer(0.01).minimize(loss)
        session.run(tf.global_variables_initializer())
        mask = np.expand_dims(np.arange(num_words), axis=0) < np.expand_dims(sequence_lengths, axis=1)
        for i in range(6):
            tf_viterbi, _ , l = session.run([viterbi_sequence, train_op, loss])
            correct = np.sum((y == tf_viterbi) * mask)
            print("Accuracy: %.2f%%" % (100.0 * correct / float(np.sum(sequence_lengths))), '%.7f' % l)
        print(tf_viterbi * mask)
        print(transition_params.name, session.run(viterbi_score))
