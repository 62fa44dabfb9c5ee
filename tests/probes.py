"""Runs the small programs of probes.txt, a line each, whose results tell TensorFlow 1 from TensorFlow 2.

``python3.7 tests/probes.py`` on TensorFlow 1.15.5 prints what is in tests/reference/probes_1_15.json, see
``make tf1-api``; ``tf1 tests/probes.py`` prints what they give here.

Each line runs in a graph of its own; its last expression is the result: ``run`` evaluates tensors in a session, c is a
constant, x a placeholder, i an integer tensor. An exception is a result as well: its kind and its message.
"""

import json
import os
import re
import sys

PROBES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "reference", "probes.txt")


def _text(value):
    """A result as text that is the same wherever the same program gave it."""
    name = type(value).__name__
    if isinstance(value, (list, tuple)):
        inner = ", ".join(_text(item) for item in value)
        return ("[%s]" if name == "list" else "(%s)" if name == "tuple" else name + "(%s)") % inner
    if isinstance(value, dict):
        return "{%s}" % ", ".join("%s: %s" % (_text(k), _text(v)) for k, v in value.items())
    if name in ("ndarray",) or hasattr(value, "dtype") and hasattr(value, "item") and callable(value.item):
        items = value.ravel().tolist()
        rounded = [float("%.5g" % item) if isinstance(item, float) else item for item in items]
        return "%s%s%r" % (value.dtype, list(value.shape), rounded)
    if isinstance(value, float):
        return "%.6g" % value
    return re.sub(r"0x[0-9a-f]+", "0x", repr(value))


def _error_text(error):
    message = str(error).split("\n")[0] if str(error) else ""
    return "%s: %s" % (type(error).__name__, re.sub(r"0x[0-9a-f]+", "0x", message))


def run_one(tf, line):
    """The result of one line as text; an exception's kind and first line if it raises."""
    import numpy as np

    with tf.Graph().as_default():
        tf.set_random_seed(1)
        names = {
            "__name__": "__main__",
            "tf": tf,
            "np": np,
            "c": tf.constant([1.0, 2.0], name="c"),
            "x": tf.placeholder(tf.float32, [None, 3], name="x"),
            "i": tf.constant([7], name="i"),
        }

        def run(fetches, feed=None):
            with tf.Session() as session:
                if tf.global_variables() or tf.local_variables():
                    session.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
                if tf.get_collection(tf.GraphKeys.TABLE_INITIALIZERS):
                    session.run(tf.tables_initializer())
                return session.run(fetches, feed)

        names["run"] = run
        statements, _, expression = line.rpartition("; ")
        if line.startswith("exec(") and not expression.strip():
            statements, expression = line, "None"
        try:
            if expression.startswith(("for_ =", "exec(")) or re.match(r"[\w.\[\]]+ = ", expression):
                statements, expression = line, "None"
            exec(statements, names)
            return _text(eval(expression, names))
        except Exception as error:
            return _error_text(error)


def results(tf):
    """{line: what it gives} of all probes."""
    return {line: run_one(tf, line) for line in probes()}


def probes():
    """The lines of probes.txt without the headings."""
    with open(PROBES) as file:
        return [line for line in file.read().splitlines() if line and not line.startswith("#")]


def main():
    import tensorflow as tf

    tf.logging.set_verbosity(tf.logging.ERROR)
    screen, sys.stdout = sys.stdout, sys.stderr  # some of them print
    json.dump(results(tf), screen, indent=0)
    screen.write("\n")


if __name__ == "__main__":
    main()
