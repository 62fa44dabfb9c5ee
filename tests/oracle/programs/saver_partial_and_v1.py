import tensorflow as tf
from tensorflow.contrib.framework.python.framework import checkpoint_utils
from tensorflow.python import pywrap_tensorflow
v1 = tf.Variable([1.0, 2.0], name='v1'); v2 = tf.Variable(3, name='v2')
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(tf.train.Saver({'renamed': v1}).save(sess, './part.ckpt'))
    print(tf.train.Saver(write_version=tf.train.SaverDef.V1).save(sess, './old.ckpt'))
    sess.run(v1.assign([0., 0.]))
    tf.train.Saver([v1, v2]).restore(sess, './old.ckpt'); print(sess.run(v1))
    reader = tf.train.NewCheckpointReader('./part.ckpt')
    print(reader.get_variable_to_shape_map(), reader.get_tensor('renamed'))
    print(pywrap_tensorflow.NewCheckpointReader('./old.ckpt').has_tensor('v2'))
    print(checkpoint_utils.load_variable('./part.ckpt', 'renamed'))
    sess.run(v1.assign([0., 0.]))
    f = tf.contrib.framework.assign_from_checkpoint_fn('./part.ckpt', {'renamed': v1})
    f(sess); print(sess.run(v1))
    tf.train.init_from_checkpoint('./part.ckpt', {'renamed': v1})
    print(tf.train.checkpoint_exists('./part.ckpt'))
    try:
        tf.train.Saver().restore(sess, './nothing')
    except Exception as e:
        print(type(e).__name__)
