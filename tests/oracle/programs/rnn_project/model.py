from __future__ import absolute_import
import tensorflow as tf
from . import utils
class Config(object):
    init_scale = 0.1; num_steps = 4; hidden_size = 6; vocab_size = 9; keep_prob = 0.7; num_layers = 2; max_grad_norm = 5
class Model(object):
    def __init__(self, config, is_training):
        self.num_steps = config.num_steps
        self.x = tf.placeholder(tf.int32, [2, config.num_steps]); self.y = tf.placeholder(tf.int32, [2, config.num_steps])
        def lstm_cell():
            cell = tf.contrib.rnn.BasicLSTMCell(config.hidden_size, forget_bias=0.0, state_is_tuple=True, reuse=not is_training)
            return tf.contrib.rnn.DropoutWrapper(cell, output_keep_prob=config.keep_prob) if is_training else cell
        cell = tf.contrib.rnn.MultiRNNCell([lstm_cell() for _ in range(config.num_layers)], state_is_tuple=True)
        self.initial_state = cell.zero_state(2, tf.float32)
        embedding = tf.get_variable("embedding", [config.vocab_size, config.hidden_size], dtype=tf.float32)
        inputs = tf.nn.embedding_lookup(embedding, self.x)
        if is_training:
            inputs = tf.nn.dropout(inputs, config.keep_prob)
        outputs, state = [], self.initial_state
        with tf.variable_scope("RNN"):
            for t in range(config.num_steps):
                if t > 0: tf.get_variable_scope().reuse_variables()
                o, state = cell(inputs[:, t, :], state)
                outputs.append(o)
        output = tf.reshape(tf.concat(axis=1, values=outputs), [-1, config.hidden_size])
        w = tf.get_variable("softmax_w", [config.hidden_size, config.vocab_size]); b = tf.get_variable("softmax_b", [config.vocab_size])
        logits = tf.reshape(tf.matmul(output, w) + b, [2, config.num_steps, config.vocab_size])
        loss = tf.contrib.seq2seq.sequence_loss(logits, self.y, tf.ones([2, config.num_steps]), average_across_timesteps=False, average_across_batch=True)
        self.cost = tf.reduce_sum(loss); self.final_state = state
        if not is_training: return
        self._lr = tf.Variable(0.0, trainable=False)
        tvars = tf.trainable_variables()
        grads, _ = tf.clip_by_global_norm(tf.gradients(self.cost, tvars), config.max_grad_norm)
        self.train_op = tf.train.GradientDescentOptimizer(self._lr).apply_gradients(zip(grads, tvars), global_step=tf.train.get_or_create_global_step())
        self._new_lr = tf.placeholder(tf.float32, shape=[], name="new_learning_rate")
        self._lr_update = tf.assign(self._lr, self._new_lr)
    def assign_lr(self, session, v): session.run(self._lr_update, feed_dict={self._new_lr: v})
