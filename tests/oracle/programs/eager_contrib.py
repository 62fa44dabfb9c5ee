# tf.contrib.eager: implicit gradients, variables, metrics, iterators, defun, a cell of tf.nn.rnn_cell
import numpy as np
import tensorflow as tf

tf.enable_eager_execution()
tfe = tf.contrib.eager
tf.set_random_seed(7)

W = tfe.Variable(tf.random_normal([3, 1]), name='w')
B = tfe.Variable(0., name='b')
X = tf.constant(np.random.RandomState(0).rand(20, 3), tf.float32)
Y = tf.matmul(X, [[1.], [2.], [3.]]) + 0.5


def loss(x, y):
    return tf.reduce_mean(tf.square(tf.matmul(x, W) + B - y))


grad_fn = tfe.implicit_gradients(loss)
optimizer = tf.train.GradientDescentOptimizer(0.1)
for i in range(20):
    optimizer.apply_gradients(grad_fn(X, Y))
    if i % 5 == 0:
        print(i, '%.5f' % loss(X, Y).numpy())
value, gradients = tfe.implicit_value_and_gradients(loss)(X, Y)
print('%.5f' % value.numpy(), [(g.numpy().ravel(), v.name) for g, v in gradients])
print(tfe.gradients_function(lambda x: x * x * x)(3.)[0].numpy())

accuracy = tfe.metrics.Accuracy()
accuracy([1, 2, 3], [1, 2, 4])
mean = tfe.metrics.Mean()
mean(3.)
mean(5.)
print('%.4f' % accuracy.result().numpy(), mean.result().numpy())

for x in tfe.Iterator(tf.data.Dataset.range(4).map(lambda x: x * x)):
    print(x.numpy())


@tfe.defun
def squares(x):
    return tf.reduce_sum(x * x)


print(squares(tf.constant([1., 2., 3.])).numpy())

cell = tf.nn.rnn_cell.BasicLSTMCell(4)
output, state = cell(tf.ones([2, 3]), cell.zero_state(2, tf.float32))
print(output.numpy(), state.c.numpy())
layer = tf.layers.Dense(2)
print(layer(tf.ones([1, 3])).numpy(), [v.name for v in layer.variables])

saver = tfe.Saver([W, B])
saver.save('model')
W.assign_add(tf.ones([3, 1]))
saver.restore('model')
print(tf.executing_eagerly(), W.numpy().ravel())
