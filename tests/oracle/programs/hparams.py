import tensorflow as tf
from tensorflow.contrib.training import HParams
hp = HParams(learning_rate=0.1, num_hidden_units=100, layers=[1, 2], cell='lstm', use_bn=False)
hp.add_hparam('batch', 32)
print(sorted(hp.values().items()))
hp.parse('learning_rate=0.3,layers=[4,5,6],cell=gru,use_bn=true')
print(hp.learning_rate, hp.layers, hp.cell, hp.use_bn, hp.num_hidden_units)
print(hp.to_json())
hp.set_hparam('batch', 64); hp.override_from_dict({'cell': 'nas'}); hp.parse_json('{"num_hidden_units": 7}')
print(hp, 'batch' in hp, hp.get('nothing', 3))
hp.del_hparam('batch')
for text in ('unknown=1', 'learning_rate=abc', 'layers=1'):
    try:
        hp.parse(text); print(hp.layers)
    except ValueError as e:
        print('ValueError:', e)
try:
    hp.add_hparam('cell', 1)
except ValueError as e:
    print(e)
print(tf.contrib.training.parse_values('a=1,b[1]=2', {'a': int, 'b': int}))
