import tensorflow as tf
VALUE = tf.VERSION
