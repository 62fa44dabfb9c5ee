"""Strings that h5py 2 and 3 give differently; a data set's value; a Keras model in a file."""
import h5py
import numpy as np
import tensorflow as tf

with h5py.File("strings.h5") as file:
    file.attrs["bytes"] = "ascii".encode("utf-8")
    file.attrs["text"] = u"\u6587"
    file.attrs["fixed"] = np.array([b"ab", b"c"])
    file.attrs["number"] = 3
    texts = file.create_dataset("texts", (2,), dtype=h5py.special_dtype(vlen=str))
    texts[0], texts[1] = u"\u6587", "b"
    raw = file.create_dataset("raw", (2,), dtype=h5py.special_dtype(vlen=bytes))
    raw[0], raw[1] = b"q", b"r"
    file["one"] = "scalar"
    file["matrix"] = np.arange(6).reshape(2, 3)

with h5py.File("strings.h5", "r") as file:
    for name in sorted(file.attrs):
        print(name, repr(file.attrs[name]), repr(file.attrs.get(name)), [repr(v) for k, v in file.attrs.items() if k == name])
    for name in ("texts", "raw"):
        print(name, repr(file[name][0]), file[name][:].tolist(), file[name].value.tolist(), [repr(v) for v in file[name]])
    print(repr(file["one"][()]), repr(file["one"].value), file["matrix"].value.tolist())

model = tf.keras.Sequential([tf.keras.layers.LSTM(2, input_shape=(3, 1)), tf.keras.layers.Dense(1)])
model.compile("sgd", "mse")
model.train_on_batch(np.ones((4, 3, 1)), np.ones((4, 1)))
model.save("model.h5")
again = tf.keras.models.load_model("model.h5")
print(np.allclose(again.predict(np.ones((1, 3, 1))), model.predict(np.ones((1, 3, 1)))))
with h5py.File("model.h5", "r") as file:
    print(sorted(file.attrs), type(file.attrs["model_config"]), [name.decode("utf8") for name in file["model_weights"].attrs["layer_names"]])
