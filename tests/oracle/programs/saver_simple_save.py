import tensorflow as tf
x = tf.placeholder(tf.float32, [None], 'x'); w = tf.Variable(4.0); y = x * w
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    tf.saved_model.simple_save(sess, 'sm', {'x': x}, {'y': y})
    builder = tf.saved_model.builder.SavedModelBuilder('sm2')
    sig = tf.saved_model.signature_def_utils.build_signature_def({'i': tf.saved_model.utils.build_tensor_info(x)}, {'o': tf.saved_model.utils.build_tensor_info(y)}, tf.saved_model.signature_constants.PREDICT_METHOD_NAME)
    builder.add_meta_graph_and_variables(sess, [tf.saved_model.tag_constants.SERVING], {'serving_default': sig}, legacy_init_op=tf.group(tf.tables_initializer(), name='legacy_init_op'))
    builder.save()
for d, o in (('sm', 'y'), ('sm2', 'o')):
    with tf.Session(graph=tf.Graph()) as sess:
        m = tf.saved_model.loader.load(sess, ['serve'], d)
        s = m.signature_def['serving_default']
        print(s.method_name, sess.run(s.outputs[o].name, {'x:0': [1., 2.]}))
