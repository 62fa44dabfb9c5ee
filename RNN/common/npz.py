"""Reads untrusted .npz files: no pickles, and no array is decompressed before its shape is known."""

import functools
import lzma
import operator
import os
import zipfile
import zlib

import numpy as np

DAMAGED = (
    ValueError, TypeError, EOFError, LookupError, AttributeError, RuntimeError, RecursionError, SyntaxError,
    zipfile.BadZipFile, zlib.error, lzma.LZMAError,
)  # fmt: skip


class Npz:
    """The arrays of an .npz file, as numpy.savez and numpy.savez_compressed write it. Only their headers are read.

    Attributes:
        file: the open file.
        shapes: {name: shape}.
        dtypes: {name: numpy dtype}.

    Raises:
        OSError: the file cannot be read.
        One of DAMAGED: it is not an .npz file of plain arrays.
    """

    def __init__(self, path):
        self.shapes, self.dtypes = {}, {}
        if os.path.exists(path) and not os.path.isfile(path):
            raise ValueError("it is not a file")
        self.file = open(path, "rb")  # once: another run may replace the file
        if self.file.read(6) == b"\x93NUMPY":
            raise ValueError("it holds a single array")
        self._archive = zipfile.ZipFile(self.file)
        for entry in self._archive.infolist():
            self._read_header(entry)

    def _read_header(self, entry):
        name = entry.filename[:-4]
        if not entry.filename.endswith(".npy"):
            raise ValueError("%s in it is not an array" % entry.filename)
        if name in self.shapes:
            raise ValueError("it holds %s twice" % name)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError("%s is compressed in a way that numpy does not use" % name)
        with self._archive.open(entry) as file:
            if np.lib.format.read_magic(file) != (1, 0):  # its header has at most 64 kB
                raise ValueError("%s has a header that a plain array does not need" % name)
            shape, _, dtype = np.lib.format.read_array_header_1_0(file)
            size = file.tell() + dtype.itemsize * functools.reduce(operator.mul, shape, 1)
        if dtype.hasobject or min(shape, default=0) < 0 or entry.file_size != size:
            raise ValueError("%s is not a plain array of the size in its header" % name)
        self.shapes[name], self.dtypes[name] = tuple(shape), dtype

    def read(self, name):
        """The array of this name, of which shape and dtype are known to be right. Its checksum is compared.

        Raises:
            OSError: the file cannot be read.
            One of DAMAGED: the array is damaged.
        """
        with self._archive.open(name + ".npy") as file:
            return np.lib.format.read_array(file, allow_pickle=False)
