import tensorflow as tf
import numpy as np
tf.logging.set_verbosity(tf.logging.ERROR)
layers, learn = tf.contrib.layers, tf.contrib.learn
def input_fn():
    return {'sl': tf.constant([[5.1], [6.2], [4.7]]), 'kind': tf.SparseTensor([[0, 0], [1, 0], [2, 0]], ['x', 'y', 'x'], [3, 1])}, tf.constant([[0], [1], [0]])
sl = layers.real_valued_column('sl')
kind = layers.sparse_column_with_keys('kind', ['x', 'y'])
hashed = layers.sparse_column_with_hash_bucket('kind', hash_bucket_size=10)
bucket = layers.bucketized_column(sl, boundaries=[5., 6.])
crossed = layers.crossed_column([kind, bucket], hash_bucket_size=20)
m = learn.DNNLinearCombinedClassifier(linear_feature_columns=[kind, crossed, hashed], dnn_feature_columns=[sl, layers.embedding_column(kind, dimension=3)],
                                      dnn_hidden_units=[4], fix_global_step_increment_bug=True, config=learn.RunConfig(tf_random_seed=2))
m.fit(input_fn=input_fn, steps=8)
res = m.evaluate(input_fn=input_fn, steps=1)
for key in sorted(res):
    print("%s: %.6f" % (key, res[key]))
print(sorted(m.get_variable_names())[:6])
