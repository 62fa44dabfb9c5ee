import tensorflow as tf
import numpy as np
text = 'hello world, hello rnn. ' * 8
chars = sorted(set(text))
char_to_ix = {c: i for i, c in enumerate(chars)}
ix_to_char = dict(enumerate(chars))
data = np.array([char_to_ix[c] for c in text])
tf.set_random_seed(123)
np.random.seed(123)

class CharRNN:
    def __init__(self, num_classes, batch_size=4, num_steps=6, lstm_size=10, num_layers=2, sampling=False):
        if sampling:
            batch_size, num_steps = 1, 1
        self.inputs = tf.placeholder(tf.int32, [batch_size, num_steps], name='inputs')
        self.targets = tf.placeholder(tf.int32, [batch_size, num_steps], name='targets')
        self.keep_prob = tf.placeholder(tf.float32, name='keep_prob')
        def build_cell(lstm_size, keep_prob):
            lstm = tf.contrib.rnn.BasicLSTMCell(lstm_size)
            return tf.contrib.rnn.DropoutWrapper(lstm, output_keep_prob=keep_prob)
        cell = tf.contrib.rnn.MultiRNNCell([build_cell(lstm_size, self.keep_prob) for _ in range(num_layers)])
        self.initial_state = cell.zero_state(batch_size, tf.float32)
        x_one_hot = tf.one_hot(self.inputs, num_classes)
        outputs, self.final_state = tf.nn.dynamic_rnn(cell, x_one_hot, initial_state=self.initial_state)
        x = tf.reshape(tf.concat(outputs, axis=1), [-1, lstm_size])
        with tf.variable_scope('softmax'):
            softmax_w = tf.Variable(tf.truncated_normal((lstm_size, num_classes), stddev=0.1))
            softmax_b = tf.Variable(tf.zeros(num_classes))
        logits = tf.matmul(x, softmax_w) + softmax_b
        self.prediction = tf.nn.softmax(logits, name='predictions')
        y_reshaped = tf.reshape(tf.one_hot(self.targets, num_classes), logits.get_shape())
        self.loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=logits, labels=y_reshaped))
        tvars = tf.trainable_variables()
        grads, _ = tf.clip_by_global_norm(tf.gradients(self.loss, tvars), 5)
        self.optimizer = tf.train.AdamOptimizer(0.01).apply_gradients(zip(grads, tvars))

model = CharRNN(len(chars))
saver = tf.train.Saver(max_to_keep=100)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    new_state = sess.run(model.initial_state)
    for counter in range(6):
        x = data[:96].reshape(4, -1)[:, counter * 3:counter * 3 + 6]
        feed = {model.inputs: x, model.targets: np.roll(x, -1, 1), model.keep_prob: 0.5, model.initial_state: new_state}
        batch_loss, new_state, _ = sess.run([model.loss, model.final_state, model.optimizer], feed_dict=feed)
        print('Training Step: {}... '.format(counter + 1), 'Training loss: {:.5f}'.format(batch_loss))
    saver.save(sess, "checkpoints/i{}_l{}.ckpt".format(counter, 10))
tf.reset_default_graph()
model = CharRNN(len(chars), sampling=True)
with tf.Session() as sess:
    tf.train.Saver().restore(sess, tf.train.latest_checkpoint('checkpoints'))
    st = sess.run(model.initial_state)
    samples = []
    c = char_to_ix['h']
    for i in range(12):
        preds, st = sess.run([model.prediction, model.final_state], {model.inputs: [[c]], model.keep_prob: 1., model.initial_state: st})
        p = np.squeeze(preds)
        p[np.argsort(p)[:-3]] = 0
        p = p / np.sum(p)
        c = np.random.choice(len(chars), 1, p=p)[0]
        samples.append(ix_to_char[int(c)])
    print(''.join(samples))
