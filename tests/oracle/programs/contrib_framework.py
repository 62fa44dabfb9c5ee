import tensorflow as tf
from tensorflow.contrib.framework.python.ops import add_arg_scope, arg_scope
import tensorflow.contrib.framework as fw
from tensorflow.contrib.framework import nest
tf.set_random_seed(1)
@add_arg_scope
def f(x, k=1, b=0): return x * k + b
with arg_scope([f], k=3):
    print(f(2), f(2, b=1), f(2, k=5))
v = fw.variable('v', shape=[2], initializer=tf.truncated_normal_initializer(), regularizer=tf.contrib.layers.l2_regularizer(.1))
m = fw.model_variable('m', [2], initializer=tf.ones_initializer())
l = fw.local_variable(3.0)
with tf.Session() as s:
    s.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
    print(s.run([v, m, l]), fw.get_model_variables(), [x.name for x in fw.get_variables_by_suffix('m')], fw.get_unique_variable('v').name)
print(nest.flatten({'b': 1, 'a': [2, (3,)]}), nest.map_structure(lambda x: x + 1, [1, (2,)]), nest.is_sequence([1]), fw.is_tensor(v), fw.get_name_scope(), fw.filter_variables([m], include_patterns=['m']))
fw.create_global_step(); print(fw.get_global_step().name, fw.assert_global_step(fw.get_global_step()))
