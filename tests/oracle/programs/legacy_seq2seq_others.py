import tensorflow as tf
from tensorflow.contrib.legacy_seq2seq.python.ops import seq2seq
tf.set_random_seed(60)
enc = [tf.ones([2, 3]) * i for i in range(2)]
dec = [tf.ones([2, 3]) * 0.1 * i for i in range(3)]
ids = [tf.constant([i, i + 1]) for i in range(3)]
cell = lambda: tf.contrib.rnn.BasicLSTMCell(3)
outs = {}
outs['basic'] = seq2seq.basic_rnn_seq2seq(enc, dec, cell(), scope='s_basic')[0][-1]
outs['tied'] = seq2seq.tied_rnn_seq2seq(enc, dec, cell(), scope='s_tied')[0][-1]
outs['embedding'] = seq2seq.embedding_rnn_seq2seq(ids, ids, cell(), 5, 5, 4, scope='s_emb')[0][-1]
outs['tied_embedding'] = seq2seq.embedding_tied_rnn_seq2seq(ids, ids, cell(), 5, 4, scope='s_temb')[0][-1]
o, _ = seq2seq.one2many_rnn_seq2seq(ids, {'a': ids}, cell(), {'a': cell()}, 5, {'a': 4}, 4, scope='s_o2m')
outs['one2many'] = o['a'][-1]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for k in sorted(outs):
        print(k); print(sess.run(outs[k]))
