# model.summary() of a chain, a graph of layers, a subclass, and models in models
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

tf.set_random_seed(1)
model = keras.models.Sequential()
model.add(layers.Embedding(1000, 32, input_length=20))
model.add(layers.Bidirectional(layers.LSTM(16, return_sequences=True), name='a_very_long_name_for_a_layer'))
model.add(layers.BatchNormalization())
model.add(layers.LSTM(8))
model.add(layers.Dense(1, activation='sigmoid'))
model.summary()

inputs = keras.Input((6, 4))
sequence, h, c = layers.LSTM(5, return_sequences=True, return_state=True)(inputs)
attention = layers.Attention()([sequence, sequence])
merged = layers.concatenate([layers.GlobalAveragePooling1D()(attention), h])
shared = layers.Dense(3)
outputs = shared(layers.Dense(3)(merged))
two = keras.Model(inputs, [outputs, shared(outputs)])
two.summary()
shared.trainable = False
two.summary(line_length=120, positions=[.4, .6, .75, 1.])
chain = keras.Model(inputs, layers.Dense(1)(layers.Flatten()(inputs)), name='chain')
chain.summary()
chain.summary(line_length=50, print_fn=lambda line: print('|', line))
keras.models.Sequential([chain, layers.Dense(2)]).summary()


class Net(keras.Model):
    def __init__(self):
        super(Net, self).__init__(name='net')
        self.first = layers.Dense(3)
        self.second = layers.Dense(2)

    def call(self, x):
        return self.second(self.first(x))


net = Net()
net.build((None, 4))
net.summary()
try:
    keras.models.Sequential([layers.Dense(3)]).summary()
except ValueError as error:
    print(error)
