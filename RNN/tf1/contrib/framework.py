"""``tf.contrib.framework``: the global step under the names it had in TensorFlow 1."""

import tensorflow.compat.v1 as tf

from tf1.installed import startup

get_global_step = tf.train.get_global_step
create_global_step = tf.train.create_global_step
get_or_create_global_step = tf.train.get_or_create_global_step


def __getattr__(name):
    raise AttributeError(startup.not_restored("tf.contrib.framework." + name))
