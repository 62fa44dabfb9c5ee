import tensorflow as tf
with tf.Graph().as_default():
    tf.set_random_seed(7)
    gs = tf.Variable(0, name='global_step', trainable=False)
    w = tf.get_variable('w', [3])
    step = tf.train.GradientDescentOptimizer(0.5).minimize(tf.reduce_sum(tf.abs(w)), global_step=gs)
    tf.summary.scalar('n', tf.norm(w))
    sv = tf.train.Supervisor(logdir='sv', save_model_secs=0, saver=tf.train.Saver(), global_step=gs)
    with sv.managed_session() as sess:
        for i in range(3):
            if sv.should_stop(): break
            sess.run(step)
        print(sess.run(w), tf.train.global_step(sess, gs))
        sv.saver.save(sess, sv.save_path, global_step=sv.global_step)
print(tf.train.latest_checkpoint('sv'))
