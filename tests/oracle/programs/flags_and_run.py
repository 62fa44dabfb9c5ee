#!/usr/bin/env python
# encoding: utf-8
import sys
import tensorflow as tf
flags = tf.app.flags
flags.DEFINE_string("data_path", None, "Where the training data is stored.")
flags.DEFINE_integer("epochs", 3, "passes")
flags.DEFINE_enum("model", "small", ["small", "medium", "large"], "type")
tf.flags.DEFINE_list("sizes", "1,2", "sizes")
FLAGS = flags.FLAGS
print(FLAGS.model)  # read before they are parsed
print(sorted(k for k in FLAGS.__flags if k in ('model', 'sizes')) if hasattr(FLAGS, '__flags') else sorted(k for k in FLAGS.flag_values_dict() if k in ('model', 'sizes')))

def train():
    print(FLAGS.epochs, FLAGS.sizes, FLAGS.data_path)

def main(argv=None):
    FLAGS.model = "large"
    train()
    print(FLAGS.model, len(sys.argv))
    return 0

if __name__ == "__main__":
    tf.app.run()
