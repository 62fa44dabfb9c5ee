import tensorflow as tf
from tensorflow.contrib import graph_editor
from tensorflow.contrib.tensorboard.plugins import projector
from tensorflow.contrib import tensorrt

config = projector.ProjectorConfig()
config.embeddings.add().tensor_name = "embedding"
print(config.embeddings[0].tensor_name, tf.contrib.training.HParams(a=3).to_proto().hparam["a"].int64_value)
print(tensorrt.__name__, callable(tensorrt.create_inference_graph))
print(tf.contrib.learn.datasets.load_iris().data.shape)
c = tf.constant([1.0, 2.0])
y = tf.multiply(c, 3.0, name="y")
copy = graph_editor.copy(graph_editor.sgv(y.op))[1].transformed(y.op)
instead = graph_editor.graph_replace(y, {c: c + 1.0})
print(copy.name, isinstance(copy, tf.Operation), tf.Session().run(instead))
from tensorflow.python import pywrap_tensorflow

try:
    pywrap_tensorflow.TFE_Py_TapeSetDeleteTrace  # has a counterpart
    pywrap_tensorflow.TocoConvert  # has none
    pywrap_tensorflow.TocoConvert()
except NotImplementedError as error:
    print(error)
from tensorflow.python.summary.writer import writer_cache

writer_cache.FileWriter = lambda directory, graph: directory + "!"
print(tf.summary.FileWriterCache.get("set"))


class Test(tf.test.TestCase):
    def test(self):
        self.assertEquals(1, 1)
        with self.assertRaises(self.failureException):
            self.assertEquals(1, 2)
        with self.assertRaisesRegexp(ValueError, "wrong"), self.cached_session():
            raise ValueError("wrong")


tf.test.main()
