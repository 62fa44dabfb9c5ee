import tensorflow as tf
fc = tf.feature_column
tf.set_random_seed(8)
features = {'age': [[25.], [52.], [40.]], 'job': [['a'], ['b'], ['zz']], 'id': [[1], [2], [7]], 'town': [['x'], ['y'], ['z']]}
age = fc.numeric_column('age', normalizer_fn=lambda x: x / 100)
buckets = fc.bucketized_column(fc.numeric_column('age'), [30, 50])
job = fc.categorical_column_with_vocabulary_list('job', ['a', 'b'], num_oov_buckets=1)
ident = fc.categorical_column_with_identity('id', 8)
hashed = fc.categorical_column_with_hash_bucket('town', 5)
cross = fc.crossed_column([buckets, 'job'], 10)
cols = [age, buckets, fc.indicator_column(job), fc.embedding_column(ident, 3), fc.indicator_column(hashed), fc.embedding_column(cross, 2, combiner='sqrtn')]
net = fc.input_layer(features, cols)
lin = fc.linear_model(features, [age, job, cross])
shared = fc.shared_embedding_columns([fc.categorical_column_with_identity('id', 8)], 2)
with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), tf.tables_initializer()])
    print(sess.run(net)); print(sess.run(lin))
for v in tf.global_variables(): print(v.name)
