"""What an error of session.run has: its class, its operation and the first line of its text."""
import numpy as np
import tensorflow as tf

sess = tf.Session()
x = tf.placeholder(tf.float32, name="x")
y = tf.placeholder(tf.float32, name="y")
count = tf.placeholder(tf.int32, name="count")
shape_of = {x: np.zeros([2, 3]), y: np.zeros([4, 5])}
image = {x: np.zeros([8, 8, 3]), y: np.zeros([3, 3, 3, 8])}


def show(fetch, feed=None):
    try:
        print(sess.run(fetch, feed))
    except tf.errors.OpError as error:
        print(type(error).__name__, error.error_code, error.op.name, error.node_def.op)
        print(error.message.splitlines()[0])


show(x + y, shape_of)
show(tf.concat([x, y], 0), shape_of)
show(tf.nn.conv2d(x, y, [1, 1, 1, 1], "SAME"), image)
show(tf.reshape(x, [4]), shape_of)
show(tf.gather([1.0, 2.0], count), {count: [3]})
show(tf.gather_nd([1.0, 2.0], count), {count: [[3]]})
show(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=count, logits=[[1.0, 2.0]]), {count: [5]})
show(x * 2.0)
show(tf.get_variable("v", [2]) * 2.0)
show(tf.get_variable("resource", [2], use_resource=True) * 2.0)
show(tf.assert_equal(count, 3, message="not three"), {count: 4})
show(tf.cholesky([[1.0, 2.0], [2.0, 1.0]]))
show(tf.check_numerics(x, "not a number"), {x: np.nan})
show(tf.summary.scalar("loss", x), {x: [1.0, 2.0]})
show(tf.string_to_number("ab"))
show(tf.parse_single_example(b"", {"a": tf.FixedLenFeature([], tf.int64)}))
pair = tf.train.Example(features=tf.train.Features(feature={"a": tf.train.Feature(float_list=tf.train.FloatList(value=[1, 2]))}))
show(tf.parse_single_example(pair.SerializeToString(), {"a": tf.FixedLenFeature([3], tf.float32)}))
show(tf.train.Saver(tf.global_variables()[:1]).saver_def.restore_op_name, {"save/Const:0": "./nothing"})
show(tf.data.Dataset.range(0).make_one_shot_iterator().get_next())
show(tf.data.TFRecordDataset(["./nothing"]).make_one_shot_iterator().get_next())
queue = tf.FIFOQueue(3, tf.float32, shapes=[[2]], name="queue")
show(queue.enqueue([x]), {x: [1.0, 2.0, 3.0]})
sess.run(queue.close())
show(queue.dequeue())
show(queue.enqueue([[1.0, 2.0]]))
with open("bad.tfrecord", "wb") as file:
    file.write(b"0123456789abcdefgh")
try:
    list(tf.python_io.tf_record_iterator("bad.tfrecord"))
except tf.errors.DataLossError as error:
    print(error.message)
try:
    tf.get_default_graph().create_op("NoSuchOp", [], [tf.float32])
except tf.errors.NotFoundError as error:
    print(type(error).__name__, error.op)
