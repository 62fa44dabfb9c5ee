import tensorflow as tf
import numpy as np
from tensorflow.python.keras.layers import LSTM, Dense, Embedding
from tensorflow.keras.models import Sequential
np.random.seed(1); tf.set_random_seed(1)
model = Sequential()
model.add(Embedding(10, 4, input_length=6))
model.add(LSTM(5, return_sequences=True))
model.add(tf.keras.layers.GRU(3))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
x = np.random.randint(0, 10, (20, 6)); y = (x.sum(1) > 27).astype(int)
h = model.fit(x, y, epochs=2, batch_size=5, verbose=0, shuffle=False)
print(sorted(h.history)); print(['%.6f' % v for v in h.history['loss']])
print(model.predict(x[:2]), model.count_params())
print(model.layers[1].get_config()['recurrent_activation'], [w.name for w in model.weights])
print(model.evaluate(x, y, verbose=0))
