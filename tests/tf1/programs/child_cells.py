"""A class derived from a cell, and tensors, in processes that do not share memory."""

import multiprocessing

import tensorflow as tf


class Cell(tf.nn.rnn_cell.BasicRNNCell):
    pass


def work(size):
    with tf.Graph().as_default(), tf.Session() as session:
        output, _ = tf.nn.dynamic_rnn(Cell(size), tf.ones([1, 2, 3]), dtype=tf.float32)
        session.run(tf.global_variables_initializer())
        return tf.__version__, session.run(output).shape, Cell


if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        (version, shape, cell), = pool.map(work, [4])
    print(version, shape, cell is Cell)
