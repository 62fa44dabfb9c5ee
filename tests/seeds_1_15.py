"""The op seeds that TensorFlow gives the random operations of many small graphs after ``tf.set_random_seed``.

    python3.7 tests/seeds_1_15.py                        on TensorFlow 1.15.5: regenerates reference/seeds_1_15.json
    python RNN/tf1 tests/seeds_1_15.py OUT.json [KIND…]  the same of this TensorFlow, through RNN/tf1

Kinds of case: "calls" (one public function each, with and without its gradient), "networks" (recurrent and other layers
with a loss, an optimizer and more variables after it), "trained" (losses of seeded training runs) and "random"
(programs of hundreds of calls, composed at random). A case ends with a random operation, so its last seed counts all.
"""

import json
import os
import random
import sys
import warnings

TESTS = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(TESTS, "reference", "seeds_cases.txt")
REFERENCE = os.path.join(TESTS, "reference", "seeds_1_15.json")
RANDOM_PROGRAMS = 40
KINDS = ("calls", "networks", "trained", "random")


def cases(kind):
    """The cases of one kind: {name: code}."""
    if kind == "random":
        return {"random %d" % number: random_program(number) for number in range(RANDOM_PROGRAMS)}
    with open(CASES) as file:
        sections = dict(section.split("\n", 1) for section in file.read().split("### ")[1:])
    lines = [line for line in sections[kind].splitlines() if line and not line.startswith("#")]
    if kind == "networks":
        return {line: "%s%s\n%s" % (sections["before a network"], line, sections["after a network"]) for line in lines}
    if kind == "trained":
        return {line: "%s%s\n%s" % (sections["before training"], line, sections["after training"]) for line in lines}
    found = {}
    for line in lines:
        call = line.lstrip("!")
        found[call] = "%sr = %s\ntf.random_normal([1])\n" % (sections["before a call"], call)
        if call == line:  # it has a gradient
            found["gradient of " + call] = "%sr = %s\n%s" % (sections["before a call"], call, sections["after a call"])
    return found


SEQUENCE_STEPS = """
q = tf.layers.dense(q, {n})
q = tf.layers.dense(q, {n}, activation=tf.nn.relu, kernel_initializer=tf.random_normal_initializer(stddev=0.1))
q = tf.nn.dropout(q, 0.7)
q = tf.nn.dropout(q, keep_prob)
q = tf.layers.dropout(q, 0.4, training=True)
q = tf.layers.conv1d(q, {n}, 3, padding="same")
q = tf.tanh(q) * 0.5 + 1.0
q = tf.concat([q, tf.nn.sigmoid(q)], 2)
q = q + tf.random_normal(tf.shape(q), stddev=0.1)
q = tf.transpose(tf.transpose(q, [1, 0, 2]), [1, 0, 2])
q = tf.contrib.layers.layer_norm(q)
q = tf.layers.batch_normalization(q, training=True)
q = tf.map_fn(lambda row: row * 2.0, q)
q = tf.reshape(tf.matmul(tf.reshape(q, [-1, int(q.shape[2])]), tf.Variable(tf.truncated_normal([int(q.shape[2]), {n}], stddev=0.1))), [-1, 5, {n}])
with tf.variable_scope("rnn{k}"): q, _ = tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell({n}), q, dtype=tf.float32)
with tf.variable_scope("rnn{k}"): q, _ = tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell({n}), q, sequence_length=length, dtype=tf.float32)
with tf.variable_scope("rnn{k}"): q, _ = tf.nn.dynamic_rnn(tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.DropoutWrapper(tf.nn.rnn_cell.LSTMCell({n}), output_keep_prob=keep_prob) for _ in range(2)]), q, dtype=tf.float32)
with tf.variable_scope("rnn{k}"): q = tf.stack(tf.nn.static_rnn(tf.contrib.rnn.BasicLSTMCell({n}), tf.unstack(q, 5, 1), dtype=tf.float32)[0], 1)
with tf.variable_scope("rnn{k}"): q = tf.concat(tf.nn.bidirectional_dynamic_rnn(tf.nn.rnn_cell.GRUCell({n}), tf.nn.rnn_cell.GRUCell({n}), q, dtype=tf.float32)[0], 2)
with tf.variable_scope("rnn{k}"): q, _ = tf.nn.dynamic_rnn(tf.contrib.rnn.LayerNormBasicLSTMCell({n}, dropout_keep_prob=0.8), q, dtype=tf.float32)
with tf.variable_scope("attend{k}"): q = q * tf.expand_dims(tf.nn.softmax(tf.squeeze(tf.layers.dense(q, 1), [2])), 2)
"""  # noqa: E501
ENDS = """
h = q[:, -1]
h = tf.reduce_mean(q, 1)
h = tf.reduce_max(q, axis=1)
h = tf.unstack(q, 5, 1)[-1]
h = tf.contrib.layers.flatten(q)
h = tf.gather(tf.transpose(q, [1, 0, 2]), 4)
"""
VECTOR_STEPS = """
h = tf.layers.dense(h, {n}, tf.nn.relu)
h = tf.contrib.layers.fully_connected(h, {n})
h = tf.contrib.layers.fully_connected(h, {n}, activation_fn=None, weights_regularizer=tf.contrib.layers.l2_regularizer(0.1))
h = tf.nn.dropout(h, 0.5)
h = tf.nn.relu(tf.matmul(h, tf.get_variable("w{k}", [int(h.shape[1]), {n}])) + tf.get_variable("b{k}", [{n}], initializer=tf.zeros_initializer()))
h = tf.nn.xw_plus_b(h, tf.Variable(tf.random_normal([int(h.shape[1]), {n}])), tf.Variable(tf.constant(0.1, shape=[{n}])))
h = tf.matmul(h, tf.Variable(tf.random_uniform([int(h.shape[1]), {n}], -1.0, 1.0))) / 2.0
h = tf.nn.l2_normalize(h, 1)
h = tf.concat([h, h * h], axis=1)
h = tf.layers.batch_normalization(h, training=True)
h = tf.contrib.layers.batch_norm(h, is_training=True)
h = tf.maximum(h, 0.0) - tf.square(h)
h = tf.where(h > 0, h, tf.zeros_like(h))
h = h * tf.get_variable("v{k}", [int(h.shape[1])], initializer=tf.contrib.layers.xavier_initializer() if 0 else tf.truncated_normal_initializer())
h = h + tf.get_variable("x{k}", [int(h.shape[1])], initializer=tf.random_uniform_initializer(-0.1, 0.1))
h = tf.cond(training, lambda: tf.nn.dropout(h, 0.5), lambda: h)
h = tf.clip_by_value(h, -1.0, 1.0)
h = tf.concat(tf.split(tf.concat([h, h], 1), 2, 1), 1)
h = tf.log(tf.abs(h) + 1e-8) - tf.reduce_mean(h, 1, keepdims=True)
tf.summary.histogram("h{k}", h)
tf.metrics.mean(h)
h = tf.concat([h, tf.nn.embedding_lookup(tf.get_variable("e{k}", [7, {n}]), length)], 1)
h = tf.while_loop(lambda i, x: i < 3, lambda i, x: (i + 1, x * 0.9), [0, h])[1]
"""  # noqa: E501
LOSSES = """
loss = tf.reduce_mean(tf.square(tf.layers.dense(h, 1) - target))
loss = tf.losses.mean_squared_error(target, tf.layers.dense(h, 1))
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=tf.one_hot(length, 6), logits=tf.layers.dense(h, 6)))
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=length, logits=tf.layers.dense(h, 6)))
loss = tf.losses.sparse_softmax_cross_entropy(length, tf.layers.dense(h, 6)) + tf.losses.get_regularization_loss()
loss = -tf.reduce_sum(tf.one_hot(length, 6) * tf.log(tf.nn.softmax(tf.layers.dense(h, 6))))
loss = tf.losses.sigmoid_cross_entropy(target, tf.layers.dense(h, 1))
loss = tf.sqrt(tf.reduce_mean(tf.squared_difference(tf.layers.dense(h, 1), target))) + 0.01 * tf.add_n([tf.nn.l2_loss(v) for v in tf.trainable_variables()])
"""  # noqa: E501
TRAINING = """
tf.train.AdamOptimizer(0.01).minimize(loss)
tf.train.GradientDescentOptimizer(0.1).minimize(loss, global_step=tf.train.get_or_create_global_step())
tf.train.RMSPropOptimizer(0.01).minimize(loss)
tf.train.AdagradOptimizer(0.01).minimize(loss)
tf.train.MomentumOptimizer(tf.train.exponential_decay(0.1, tf.train.get_or_create_global_step(), 10, 0.9), 0.9).minimize(loss)
g = tf.clip_by_global_norm(tf.gradients(loss, tf.trainable_variables()), 5.0)[0]; tf.train.AdamOptimizer().apply_gradients(zip(g, tf.trainable_variables()))
o = tf.train.AdadeltaOptimizer(); o.apply_gradients([(tf.clip_by_value(g, -1.0, 1.0), v) for g, v in o.compute_gradients(loss) if g is not None])
tf.contrib.layers.optimize_loss(loss, tf.train.get_or_create_global_step(), 0.01, "Adam")
"""  # noqa: E501


def random_program(number):
    """The code of one program composed at random, the same on every Python."""
    draw = random.Random(number).random

    def pick(lines, k):
        lines = lines.strip().splitlines()
        return lines[int(draw() * len(lines))].format(n=2 + int(draw() * 6), k=k)

    code = [
        "q = tf.placeholder(tf.float32, [None, 5, 6])",
        "target = tf.placeholder(tf.float32, [None, 1])",
        "length = tf.placeholder(tf.int32, [None])",
        "keep_prob = tf.placeholder(tf.float32, [])",
        "training = tf.placeholder(tf.bool, [])",
    ]
    code += [pick(SEQUENCE_STEPS, "s%d" % k) for k in range(int(draw() * 5))]
    code.append(pick(ENDS, 0))
    code += [pick(VECTOR_STEPS, k) for k in range(int(draw() * 8))]
    code += [pick(LOSSES, 0), pick(TRAINING, 0), "tf.train.Saver()", "tf.global_variables_initializer()"]
    code += [pick(VECTOR_STEPS, "after%d" % k) for k in range(3)]
    return "\n".join(code + ["tf.random_normal([1])"])


def run(code, names):
    """Builds a graph.

    Returns:
        What the code printed as numbers in ``losses``, if it has them, else the seeds of the random operations.
    """
    import tensorflow as tf

    graph = tf.Graph()
    names = dict(names, tf=tf)
    with graph.as_default():
        tf.set_random_seed(1)
        exec(code, names)
    if "losses" in names:
        return [float(loss) for loss in names["losses"]]
    return [
        operation.get_attr("seed2")
        for operation in graph.get_operations()
        if "seed2" in operation.node_def.attr and operation.get_attr("seed")
    ]


def measure(kinds):
    """The seeds or losses of every case: {kind: {name: [number, …]}}; an error's class name where a case fails."""
    import numpy
    import tensorflow as tf

    tf.logging.set_verbosity("FATAL")
    warnings.simplefilter("ignore")
    found = {}
    for kind in kinds:
        found[kind] = {}
        for name, code in cases(kind).items():
            try:
                found[kind][name] = run(code, {"np": numpy})
            except Exception as error:
                found[kind][name] = type(error).__name__
    return found


def main():
    """Writes the results of this TensorFlow."""
    out = sys.argv[1] if sys.argv[1:] else REFERENCE
    found = measure(sys.argv[2:] or KINDS)
    if out == REFERENCE:
        for kind in found:  # what 1.15.5 refuses is no case
            found[kind] = {name: numbers for name, numbers in found[kind].items() if isinstance(numbers, list)}
    lines = []
    for kind in sorted(found):  # a case a line
        cases_of_kind = ("  %s: %s" % (json.dumps(name), json.dumps(found[kind][name])) for name in sorted(found[kind]))
        lines.append(" %s: {\n%s\n }" % (json.dumps(kind), ",\n".join(cases_of_kind)))
    with open(out, "w") as file:
        file.write("{\n%s\n}\n" % ",\n".join(lines))


if __name__ == "__main__":
    main()
