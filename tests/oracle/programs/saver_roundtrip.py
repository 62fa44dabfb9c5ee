import os
import tensorflow as tf
tf.set_random_seed(1)
FLAGS = tf.app.flags.FLAGS
tf.app.flags.DEFINE_string('save_dir', './logs', 'Directory for checkpoints')
tf.app.flags.DEFINE_integer('batch_size', 4, 'Batch size')
tf.flags.DEFINE_boolean('train', True, 'Train or not')
tf.flags.DEFINE_float('rate', 0.1, 'Rate')
tf.app.flags.DEFINE_bool('chatty', False, '')


def main(_):
    if not os.path.exists(FLAGS.save_dir):
        os.makedirs(FLAGS.save_dir)
    global_step = tf.Variable(0, name='global_step', trainable=False)
    cell = tf.contrib.rnn.BasicLSTMCell(3)
    out, _ = tf.nn.dynamic_rnn(cell, tf.ones([FLAGS.batch_size, 2, 1]), dtype=tf.float32)
    loss = tf.reduce_mean(out)
    train = tf.train.AdamOptimizer(FLAGS.rate).minimize(loss, global_step=global_step)
    saver = tf.train.Saver(max_to_keep=2)
    with tf.Session() as sess:
        ckpt = tf.train.get_checkpoint_state(FLAGS.save_dir)
        if ckpt and ckpt.model_checkpoint_path:
            saver.restore(sess, ckpt.model_checkpoint_path)
        else:
            sess.run(tf.global_variables_initializer())
        for i in range(4):
            _, l = sess.run([train, loss])
            print('%.7f' % l, saver.save(sess, os.path.join(FLAGS.save_dir, 'model.ckpt'), global_step=global_step))
    with tf.Session() as sess:
        saver.restore(sess, tf.train.latest_checkpoint(FLAGS.save_dir))
        print('%.7f' % sess.run(loss), sess.run(global_step))
    print(sorted(os.listdir(FLAGS.save_dir)))
    for n, s in tf.train.list_variables(FLAGS.save_dir):
        print(n, s)


if __name__ == '__main__':
    tf.app.run()
