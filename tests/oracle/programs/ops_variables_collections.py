import tensorflow as tf
with tf.variable_scope('a') as sc:
    v = tf.get_variable('v', [2, 2], initializer=tf.constant_initializer([[1, 2], [3, 4]]))
    l = tf.Variable([1.], name='l', collections=[tf.GraphKeys.LOCAL_VARIABLES])
    print(sc.name, sc.original_name_scope, tf.get_variable_scope().name, sc.reuse)
    with tf.variable_scope('b', custom_getter=lambda getter, name, *a, **k: getter(name, *a, **k) * 2):
        d = tf.get_variable('d', [2], initializer=tf.ones_initializer())
    try:
        tf.get_variable('v', [2, 2])
    except ValueError as e:
        print(str(e).split('Originally')[0].strip())
    sc.reuse_variables()
    try:
        tf.get_variable('nope', [1])
    except ValueError as e:
        print(str(e))
with tf.variable_scope('p', partitioner=tf.fixed_size_partitioner(2)):
    p = tf.get_variable('p', [4, 1], initializer=tf.zeros_initializer())
ops = [tf.assign(v, v + 1), tf.assign_add(v, tf.ones([2, 2])), tf.scatter_update(v, [0], [[9., 9]]), tf.scatter_add(v, [1], [[1., 1]]), v.assign_sub(tf.ones([2, 2])), tf.assign(v, [[0.]], validate_shape=False)]
with tf.Session() as s:
    s.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
    for o in ops: print(s.run(o).tolist())
    print(s.run(d), s.run(l), s.run(tf.convert_to_tensor(p)).shape, v, v.op.type, v.dtype)
    print([x.name for x in tf.global_variables()], [x.name for x in tf.trainable_variables('a')], tf.get_collection('trainable_variables', scope='a/v'), s.run(tf.is_variable_initialized(v)))
print(tf.get_default_graph().get_all_collection_keys())
