import numpy as np
import tensorflow as tf
import collections, time, fractions
a = np.array([1, 0, 1], dtype=np.bool)
print(a, np.int(3.7), np.float('2.5'), np.object, np.asscalar(np.array([5])), np.product([2, 3]), np.NaN, np.Inf, np.in1d([1, 2], [2]))
b = np.array([[1, 2, 3], [4, 5]])
print(b.shape, b.dtype)
p = np.array([0.1, 0.9]); idx = int(np.searchsorted(np.cumsum(p), np.array([0.5])))
print(idx, np.zeros(2, dtype=np.float).dtype, np.str('x'), isinstance({}, collections.Mapping), time.clock() >= 0)
x = tf.placeholder(np.float32, [None, 2]); w = tf.Variable(np.ones([2, 1]).astype(np.float))
print(w.dtype, tf.Session().run(x * 2, {x: np.array([[1, 2]], dtype=np.int)}))
np.save('x.npy', b); print(np.load('x.npy', allow_pickle=True).shape)
m = np.mat('1 2; 3 4'); print(m * m, np.reshape(a, newshape=(3, 1)).shape, np.random.random_integers(1, 1, 2))
