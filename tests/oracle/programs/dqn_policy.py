import numpy as np
import tensorflow as tf
np.random.seed(1)
tf.set_random_seed(1)
class DeepQNetwork:
    def __init__(self, n_actions, n_features):
        self.n_actions, self.n_features = n_actions, n_features
        self._build_net()
        t_params, e_params = tf.get_collection('target_net_params'), tf.get_collection('eval_net_params')
        self.replace = [tf.assign(t, e) for t, e in zip(t_params, e_params)]
        self.sess = tf.Session()
        self.sess.run(tf.global_variables_initializer())
    def _build_net(self):
        self.s = tf.placeholder(tf.float32, [None, self.n_features], name='s')
        self.q_target = tf.placeholder(tf.float32, [None, self.n_actions], name='Q_target')
        for net, name in (('eval_net', 'q_eval'), ('target_net', 'q_next')):
            with tf.variable_scope(net):
                c, w, b = [net + '_params', tf.GraphKeys.GLOBAL_VARIABLES], tf.random_normal_initializer(0., 0.3), tf.constant_initializer(0.1)
                if net == 'eval_net': c.append(tf.GraphKeys.TRAINABLE_VARIABLES)
                with tf.variable_scope('l1'):
                    w1 = tf.get_variable('w1', [self.n_features, 10], initializer=w, collections=c); b1 = tf.get_variable('b1', [1, 10], initializer=b, collections=c)
                    l1 = tf.nn.relu(tf.matmul(self.s, w1) + b1)
                with tf.variable_scope('l2'):
                    w2 = tf.get_variable('w2', [10, self.n_actions], initializer=w, collections=c); b2 = tf.get_variable('b2', [1, self.n_actions], initializer=b, collections=c)
                    setattr(self, name, tf.matmul(l1, w2) + b2)
        self.loss = tf.reduce_mean(tf.squared_difference(self.q_target, self.q_eval))
        self.train = tf.train.RMSPropOptimizer(0.01).minimize(self.loss)
RL = DeepQNetwork(3, 2)
for i in range(4):
    s = np.random.rand(6, 2)
    q_next, q = RL.sess.run([RL.q_next, RL.q_eval], {RL.s: s})
    t = q.copy(); t[np.arange(6), np.argmax(q, 1)] = 1 + 0.9 * q_next.max(1)
    print('%.7f' % RL.sess.run([RL.train, RL.loss], {RL.s: s, RL.q_target: t})[1])
RL.sess.run(RL.replace)
n = tf.distributions.Normal(loc=[0., 1.], scale=[1., 2.]); a = tf.squeeze(n.sample(1), axis=0)
c = tf.distributions.Categorical(logits=[1., 2, 3]); k = tf.contrib.distributions.MultivariateNormalDiag([0., 0], [1., 2])
print(RL.sess.run([a, n.log_prob([0., 0]), n.entropy(), c.sample(4), c.log_prob(1), k.log_prob([1., 1]), k.sample(seed=1)]))
