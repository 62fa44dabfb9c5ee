import tensorflow as tf, numpy as np
tf.set_random_seed(9)
class TextCNN(object):
    def __init__(self, sequence_length, num_classes, vocab_size, embedding_size, filter_sizes, num_filters, l2_reg_lambda=0.0):
        self.input_x = tf.placeholder(tf.int32, [None, sequence_length], name="input_x")
        self.input_y = tf.placeholder(tf.float32, [None, num_classes], name="input_y")
        self.dropout_keep_prob = tf.placeholder(tf.float32, name="dropout_keep_prob")
        l2_loss = tf.constant(0.0)
        with tf.device('/cpu:0'), tf.name_scope("embedding"):
            self.W = tf.Variable(tf.random_uniform([vocab_size, embedding_size], -1.0, 1.0), name="W")
            self.embedded = tf.expand_dims(tf.nn.embedding_lookup(self.W, self.input_x), -1)
        pooled_outputs = []
        for i, filter_size in enumerate(filter_sizes):
            with tf.name_scope("conv-maxpool-%s" % filter_size):
                W = tf.Variable(tf.truncated_normal([filter_size, embedding_size, 1, num_filters], stddev=0.1), name="W")
                b = tf.Variable(tf.constant(0.1, shape=[num_filters]), name="b")
                conv = tf.nn.conv2d(self.embedded, W, strides=[1, 1, 1, 1], padding="VALID", name="conv")
                h = tf.nn.relu(tf.nn.bias_add(conv, b), name="relu")
                pooled_outputs.append(tf.nn.max_pool(h, ksize=[1, sequence_length - filter_size + 1, 1, 1], strides=[1, 1, 1, 1], padding='VALID', name="pool"))
        h_pool_flat = tf.reshape(tf.concat(pooled_outputs, 3), [-1, num_filters * len(filter_sizes)])
        with tf.name_scope("dropout"):
            h_drop = tf.nn.dropout(h_pool_flat, self.dropout_keep_prob)
        with tf.name_scope("output"):
            W = tf.get_variable("W", shape=[num_filters * len(filter_sizes), num_classes], initializer=tf.contrib.layers.xavier_initializer())
            b = tf.Variable(tf.constant(0.1, shape=[num_classes]), name="b")
            l2_loss += tf.nn.l2_loss(W)
            self.scores = tf.nn.xw_plus_b(h_drop, W, b, name="scores")
        self.loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=self.scores, labels=self.input_y)) + l2_reg_lambda * l2_loss
cnn = TextCNN(8, 2, 12, 5, [2, 3], 4, 0.1)
opt = tf.train.AdamOptimizer(1e-3)
grads_and_vars = opt.compute_gradients(cnn.loss)
train_op = opt.apply_gradients(grads_and_vars)
r = np.random.RandomState(0)
feed = {cnn.input_x: r.randint(0, 12, (4, 8)), cnn.input_y: np.eye(2)[[0, 1, 1, 0]], cnn.dropout_keep_prob: 0.5}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(3):
        print('%.7f' % sess.run([train_op, cnn.loss], feed)[1])
    print([type(g).__name__ for g, v in grads_and_vars])
