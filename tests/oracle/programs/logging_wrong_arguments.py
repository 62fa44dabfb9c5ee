"""A log message whose arguments do not fit does not stop the program."""
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.INFO)
tf.logging.info("step", 5)
tf.logging.warn("loss %d", "low")
tf.logging.error("%s of %s", 1)
tf.logging.info("step %d", 5)
print("the end", tf.logging.get_verbosity())
