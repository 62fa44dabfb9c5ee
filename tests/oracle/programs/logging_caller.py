"""The file, line and function in a log record of TensorFlow."""
import logging

import tensorflow as tf


class Show(logging.Handler):
    def emit(self, record):
        if "deprecated" not in record.getMessage():
            print(record.filename, record.lineno, record.funcName, record.levelname, record.getMessage())


def main(_):
    tf.logging.info("in main")
    tf.logging.log(tf.logging.WARN, "%d of %s", 3, "four")


tf.logging.set_verbosity(tf.logging.INFO)
tf.get_logger().handlers[:] = [Show()]
tf.logging.error("in the module")
tf.app.run(main)
