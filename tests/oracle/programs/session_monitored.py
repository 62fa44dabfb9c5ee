import tensorflow as tf
tf.set_random_seed(4)
gs = tf.train.get_or_create_global_step()
w = tf.get_variable('w', [2])
loss = tf.reduce_sum(w * w)
train = tf.train.MomentumOptimizer(0.1, 0.5).minimize(loss, global_step=gs)
seen = []
class H(tf.train.SessionRunHook):
    def after_create_session(self, session, coord): seen.append('created')
    def before_run(self, rc): return tf.train.SessionRunArgs([loss, gs])
    def after_run(self, rc, rv): seen.append(rv.results)
    def end(self, session): seen.append(session.run(gs))
hooks = [H(), tf.train.StopAtStepHook(last_step=5), tf.train.NanTensorHook(loss), tf.train.StepCounterHook(every_n_steps=2)]
with tf.train.MonitoredTrainingSession(checkpoint_dir='ck', hooks=hooks, save_checkpoint_secs=None, save_checkpoint_steps=2) as sess:
    while not sess.should_stop():
        sess.run(train)
for s in seen: print(s)
with tf.train.MonitoredTrainingSession(checkpoint_dir='ck') as sess:
    print(sess.run([w, gs]))
print(tf.train.latest_checkpoint('ck'))
