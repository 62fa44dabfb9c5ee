# small keras models after tf.set_random_seed: the losses depend on every seed
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers as L

sequences = np.random.RandomState(0).rand(24, 6, 4)
images = np.random.RandomState(1).rand(24, 8, 8, 1)
words = np.random.RandomState(2).randint(0, 20, (24, 7))
values = np.random.RandomState(3).rand(24, 1)
classes = np.random.RandomState(4).randint(0, 3, 24)


def train(name, model, x, y, loss='mse', optimizer='adam', metrics=None):
    model.compile(optimizer, loss, metrics=metrics)
    history = model.fit(x, y, epochs=3, batch_size=8, verbose=0, shuffle=False).history
    print(name, [(key, ['%.4f' % value for value in history[key]]) for key in sorted(history)])
    print([weight.name for weight in model.weights])


def reset():
    keras.backend.clear_session()
    tf.set_random_seed(1)
    np.random.seed(1)


reset()
train('conv', keras.Sequential([L.Conv2D(4, 3, activation='relu', input_shape=(8, 8, 1)), L.BatchNormalization(), L.MaxPooling2D(), L.Flatten(), L.Dropout(0.3), L.Dense(3, activation='softmax')]), images, classes, 'sparse_categorical_crossentropy', keras.optimizers.RMSprop(), ['accuracy'])
reset()
train('gru', keras.Sequential([L.GRU(5, input_shape=(6, 4), dropout=0.2, recurrent_dropout=0.2), L.Dense(1)]), sequences, values, optimizer=tf.train.AdamOptimizer(0.01))
reset()
train('bidirectional', keras.Sequential([L.Embedding(20, 4, mask_zero=True), L.Bidirectional(L.LSTM(4, return_sequences=True)), L.LSTM(3), L.Dense(1, activation='sigmoid')]), words, (values > 0.5).astype(int), 'binary_crossentropy', metrics=['accuracy'])
reset()
train('time distributed', keras.Sequential([L.LSTM(5, return_sequences=True, input_shape=(6, 4)), L.TimeDistributed(L.Dense(4, activation='softmax'))]), sequences, sequences, 'categorical_crossentropy', keras.optimizers.SGD(lr=0.1, momentum=0.9, nesterov=True))
reset()
encoder_inputs = keras.Input((None, 4))
_, h, c = L.LSTM(5, return_state=True)(encoder_inputs)
decoder_inputs = keras.Input((None, 4))
decoded, _, _ = L.LSTM(5, return_sequences=True, return_state=True)(decoder_inputs, initial_state=[h, c])
train('encoder, decoder', keras.Model([encoder_inputs, decoder_inputs], L.Dense(4, activation='softmax')(decoded)), [sequences, sequences], sequences, 'categorical_crossentropy')
reset()
inputs = keras.Input((8, 8, 1))
small = L.MaxPooling2D(2)(L.Conv2D(2, 3, padding='same', activation='selu')(inputs))
train('autoencoder', keras.Model(inputs, L.Conv2DTranspose(1, 3, padding='same')(L.UpSampling2D(2)(small))), images, images)
