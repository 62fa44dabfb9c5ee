"""A checkpoint that lacks a variable is the same error for eager and for partitioned variables."""
import tensorflow as tf

tfe = tf.contrib.eager
tf.enable_eager_execution()


def show(restore, *arguments):
    try:
        restore(*arguments)
    except tf.errors.NotFoundError as error:
        print(type(error).__name__, "Key" in str(error), "not found in checkpoint" in str(error))


saved = tfe.Variable([1.0, 2.0], name="saved")
path = tfe.Saver([saved]).save("./eager")
show(tfe.Saver([tfe.Variable([3.0, 4.0], name="other")]).restore, path)
with tf.Graph().as_default(), tf.Session() as sess:
    divided = tf.get_variable("divided", [4], partitioner=tf.fixed_size_partitioner(2))
    sess.run(tf.global_variables_initializer())
    show(tf.train.Saver([divided]).restore, sess, path)
    show(tf.train.Saver({"renamed": divided}).restore, sess, path)
    path = tf.train.Saver([divided]).save(sess, "./graph")
    tf.train.Saver([divided]).restore(sess, path)
    print(sorted(tf.train.list_variables(path)))
