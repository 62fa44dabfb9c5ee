# tf.contrib.factorization: a recommender by weighted alternating least squares, rows and columns in turn
import numpy as np
import tensorflow as tf
from tensorflow.contrib.factorization import WALSModel

rs = np.random.RandomState(3)
ratings = rs.rand(7, 2).dot(rs.rand(2, 5)).astype(np.float32)
seen = np.argwhere(rs.rand(7, 5) < .6)
data = tf.SparseTensor(seen, ratings[tuple(seen.T)], [7, 5])
model = WALSModel(7, 5, 2, unobserved_weight=.1, regularization=.01, row_weights=np.linspace(1, 2, 7).tolist(),
                  col_weights=[1., 1., 2., 1., .5], row_init=rs.rand(7, 2).astype('f'), col_init=rs.rand(5, 2).astype('f'))
row_update = model.update_row_factors(sp_input=data)
col_update = model.update_col_factors(sp_input=data)
with tf.Session() as sess:
    sess.run(model.initialize_op)
    sess.run(model.worker_init)
    for sweep in range(6):
        sess.run(model.row_update_prep_gramian_op)
        sess.run(model.initialize_row_update_op)
        row_loss = sess.run(row_update[1:])[1:]
        sess.run(model.col_update_prep_gramian_op)
        sess.run(model.initialize_col_update_op)
        col_loss = sess.run(col_update[1:])[1:]
        print(sweep, ' '.join('%.4f' % value for value in row_loss + col_loss))
    rows, columns = sess.run([model.row_factors[0], model.col_factors[0]])
    print(rows.dot(columns.T)[:2].round(3).tolist())
