import tensorflow as tf
from tensorflow.python.ops import tensor_array_ops, control_flow_ops
tf.set_random_seed(9)
emb = tf.Variable(tf.random_normal([6, 4], stddev=0.1)); Wo = tf.Variable(tf.random_normal([4, 6], stddev=0.1))
gen_x = tensor_array_ops.TensorArray(dtype=tf.int32, size=5, dynamic_size=False, infer_shape=True)
def g(i, x_t, h, gen_x):
    h = tf.tanh(x_t + h)
    o = tf.nn.softmax(tf.matmul(h, Wo))
    tok = tf.cast(tf.reshape(tf.multinomial(tf.log(o), 1), [3]), tf.int32)
    return i + 1, tf.nn.embedding_lookup(emb, tok), h, gen_x.write(i, tok)
_, _, h, gen_x = control_flow_ops.while_loop(cond=lambda i, *_: i < 5, body=g, loop_vars=(tf.constant(0), tf.nn.embedding_lookup(emb, [0, 1, 2]), tf.zeros([3, 4]), gen_x))
out = tf.transpose(gen_x.stack())
grad = tf.gradients(tf.reduce_sum(h), emb)[0]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(out)); print(sess.run(h)); print(sess.run(tf.convert_to_tensor(grad)).shape)
