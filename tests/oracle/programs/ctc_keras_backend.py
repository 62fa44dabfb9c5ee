from tensorflow.python.keras import backend as K
import tensorflow as tf
import numpy as np
y_pred = tf.nn.softmax(tf.constant(np.random.RandomState(1).randn(2, 5, 4).astype('float32')))
loss = K.ctc_batch_cost(tf.constant([[0, 1], [2, 0]]), y_pred, tf.constant([[5], [4]]), tf.constant([[2], [1]]))
dec, p = K.ctc_decode(y_pred, tf.constant([5, 4]), greedy=True)
sess = K.get_session()
print(sess.run(loss).ravel())
print(sess.run(dec[0]), sess.run(p).ravel())
