import tensorflow as tf
import numpy as np
tf.set_random_seed(3)
from tensorflow.python.keras import backend as K
sess = tf.Session(); K.set_session(sess)
img = tf.placeholder(tf.float32, shape=(None, 6))
h = tf.keras.layers.Dense(4, activation='relu')(img)
h = tf.keras.layers.BatchNormalization()(h)
h = tf.keras.layers.Dropout(0.5)(h)
p = tf.keras.layers.Dense(2, activation='softmax', name='pred')(h)
y = tf.placeholder(tf.float32, (None, 2))
loss = tf.reduce_mean(tf.keras.losses.categorical_crossentropy(y, p))
step = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
sess.run(tf.global_variables_initializer())
x = np.random.RandomState(0).rand(8, 6)
with sess.as_default():
    for i in range(4):
        print('%.6f' % sess.run([loss, step], {img: x, y: np.eye(2)[np.arange(8) % 2], K.learning_phase(): 1})[0])
print(sess.run(p, {img: x[:2], K.learning_phase(): 0}))
inp = tf.keras.Input((3,)); m = tf.keras.Model(inp, tf.keras.layers.Lambda(lambda t: t * 2)(inp)); print(m.predict(np.ones((1, 3))))
print(K.floatx(), K.image_data_format(), [v.name for v in tf.global_variables()][:3])
