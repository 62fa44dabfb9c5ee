"""Two workers and a parameter server in one process; most of what is stateful has no device."""
import socket

import tensorflow as tf

sockets = [socket.socket() for _ in range(3)]
for one in sockets:
    one.bind(("127.0.0.1", 0))
addresses = ["127.0.0.1:%d" % one.getsockname()[1] for one in sockets]
for one in sockets:
    one.close()
cluster = {"ps": addresses[:1], "worker": addresses[1:]}
tasks = [("ps", 0), ("worker", 0), ("worker", 1)]
servers = [tf.train.Server(cluster, job_name=job, task_index=index) for job, index in tasks]

steps = tf.train.get_or_create_global_step()
weights = tf.get_variable("weights", [2], initializer=tf.ones_initializer(), use_resource=True)
queue = tf.FIFOQueue(4, [tf.float32], name="queue")
put, size = queue.enqueue(tf.reduce_sum(weights)), queue.size()
with tf.device("/job:worker/task:1"):
    on_the_last = tf.Variable(3.0, name="on_the_last")
    grow = weights.assign_add([1.0, 2.0])
    shift = tf.assign_add(on_the_last, tf.reduce_sum(weights))
step = tf.assign_add(steps, 1)
missing = tf.report_uninitialized_variables()


def places(metadata):
    """Where the operations with a state ran."""
    names = {"global_step", "weights", "queue", "on_the_last", "AssignAdd"}
    nodes = [node for graph in metadata.partition_graphs for node in graph.node if node.name in names]
    return sorted((node.name, node.device) for node in nodes)


for server in servers:
    metadata = tf.RunMetadata()
    with tf.Session(server.target) as sess:
        uninitialized = sess.run(missing)
        print(sorted(uninitialized))
        if len(uninitialized):
            sess.run(tf.global_variables_initializer())
        sess.run([put])
        sess.run([grow, step])
        options = tf.RunOptions(output_partition_graphs=True)
        print(sess.run([shift, size, weights, steps], options=options, run_metadata=metadata))
        print(places(metadata))
print([repr(op.device) for op in (steps.op, weights.op, queue.queue_ref.op, on_the_last.op, grow.op)])
