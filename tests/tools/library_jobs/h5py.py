import h5py, numpy as np
with h5py.File("file.h5", "w") as file:
    file["a"] = np.arange(3)
print(h5py.File("file.h5", "r")["a"][:].tolist())
