"""A log for TensorBoard that raises its errors in the caller; tf.summary.FileWriter raises them in a thread."""

import os
import socket
import time

import tensorflow.compat.v1 as tf

_SECONDS = 10  # between two flushes


class EventLog:
    """A file of events, which holds a graph and the values of losses.

    Args:
        directory: directory of the file.
        graph: a tf.Graph.

    Raises:
        tf.errors.OpError: here and in all methods, the file cannot be written.
    """

    def __init__(self, directory, graph):
        name = "events.out.tfevents.%010d.%s.%d" % (time.time(), socket.gethostname(), os.getpid())
        self._file, self._flushed = tf.python_io.TFRecordWriter(os.path.join(directory, name)), 0
        self._write(file_version="brain.Event:2")
        self._write(graph_def=graph.as_graph_def(add_shapes=True).SerializeToString())

    def add(self, step, name, value):
        """Writes the value that a loss has at a step."""
        self._write(step=step, summary=tf.Summary(value=[tf.Summary.Value(tag=name, simple_value=value)]))

    def close(self):
        self._file.close()

    def _write(self, **entries):
        now = time.time()
        self._file.write(tf.Event(wall_time=now, **entries).SerializeToString())
        if now > self._flushed + _SECONDS:
            self._file.flush()
            self._flushed = now
