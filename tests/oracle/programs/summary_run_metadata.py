import tensorflow as tf
a = tf.Variable(2.0, name='a')
b = tf.multiply(a, 3, name='b')
with tf.Session(config=tf.ConfigProto(allow_soft_placement=True, log_device_placement=False, gpu_options=tf.GPUOptions(allow_growth=True))) as sess:
    sess.run(tf.global_variables_initializer())
    md = tf.RunMetadata()
    print(sess.run(b, options=tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE), run_metadata=md))
    print(len(md.step_stats.dev_stats) > 0)
    from tensorflow.python.client import timeline
    print(len(timeline.Timeline(md.step_stats).generate_chrome_trace_format()) > 50)
    h = sess.partial_run_setup([b], [a])
    print(sess.run({'x': [a, (b,)], 'y': {'z': b}}))
    f = sess.make_callable(b)
    print(f())
print(tf.contrib.graph_editor.get_tensors(tf.get_default_graph())[0].name if hasattr(tf.contrib, 'graph_editor') else '')
