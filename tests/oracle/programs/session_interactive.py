import tensorflow as tf
import numpy as np
sess = tf.InteractiveSession()
state = tf.Variable(0, name='counter')
one = tf.constant(1)
update = tf.assign(state, tf.add(state, one))
sess.run(tf.initialize_all_variables())
for _ in range(3):
    sess.run(update)
    print(state.eval())
a = tf.convert_to_tensor(np.eye(2, dtype=np.float32))
print((a * 2 + 1).eval(), tf.shape(a).eval(), a.get_shape()[0].value, a.shape[1] == 2, int(a.shape[0]) + 1)
print(a.get_shape(), a.shape.as_list(), a.shape.ndims, a.shape[0].value, a)
d = tf.placeholder(tf.float32, [None, 3])
print(d.shape, d.shape[0], d.shape[0].value, d.get_shape().as_list(), d.shape[1].value * 2, d.shape[1] * 2, d.shape[1] // 2, repr(d.shape[0]))
try:
    if a: pass
except TypeError as e:
    print('TypeError', str(e)[:50])
try:
    for x in a: pass
except TypeError as e:
    print('TypeError', str(e)[:50])
print(tf.get_default_session() is sess, tf.report_uninitialized_variables().eval())
sess.close()
