import tensorflow as tf, numpy as np
from tensorflow.contrib.learn.python.learn.datasets import base
from tensorflow.contrib.learn.python.learn.datasets.mnist import DataSet, dense_to_one_hot
open('a.csv', 'w').write('3,2,zero,one\n1.5,2.5,0\n3.5,4.5,1\n5,6,1\n')
d = base.load_csv_with_header('a.csv', target_dtype=np.int32, features_dtype=np.float32)
print(d.data, d.target)
open('b.csv', 'w').write('1,2,3\n4,5,6\n')
print(base.load_csv_without_header('b.csv', target_dtype=np.int64, features_dtype=np.float64, target_column=0))
print(dense_to_one_hot(np.array([0, 2, 1]), 3))
ds = DataSet(np.arange(5 * 4, dtype=np.uint8).reshape(5, 2, 2, 1), np.arange(5), seed=1)
for _ in range(4):
    x, y = ds.next_batch(2)
    print(y, x.sum(), ds.epochs_completed)
train, val = base.shrink_csv, base.Dataset
from tensorflow.contrib.learn import ModeKeys, MetricSpec, PredictionKey, ProblemType
print(ModeKeys.TRAIN, ModeKeys.INFER, PredictionKey.CLASSES)
