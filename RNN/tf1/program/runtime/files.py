"""Files, records and checkpoints. C++ raises 1.15.5's errors by itself, so a ``status`` is never changed."""

import functools
import importlib
import os
import re

from tf1.program.runtime import extensions

_files = extensions.module("lib.io._pywrap_file_io")
_records = extensions.module("lib.io._pywrap_record_io")
_checkpoints = extensions.module("util._pywrap_checkpoint_reader")


class FileStatistics:
    """length in bytes, mtime_nsec, is_directory; Stat fills them."""


class _BufferedInputStream:
    def __init__(self, name, size):
        stream = _files.BufferedInputStream(name, size)
        self.read, self.ReadLineAsString, self.Seek, self.Tell = stream.read, stream.readline, stream.seek, stream.tell


class _WritableFile:
    def __init__(self, name, mode):
        file = _files.WritableFile(name, mode)
        self.append, self.tell, self.Flush, self.Close = file.append, file.tell, file.flush, file.close


def CreateBufferedInputStream(name, size, status=None):
    return _BufferedInputStream(name, size)


def ReadFromStream(stream, length, status=None):
    return stream.read(length)


def CreateWritableFile(name, mode, status=None):
    return _WritableFile(name, mode)


def AppendToFile(content, file, status=None):
    file.append(content)


def TellFile(file, status=None):
    return file.tell()


def Set_TF_Status_from_Status(status, returned):
    """Nothing: an error was raised."""


def IsDirectory(path, status=None):
    try:
        return _files.IsDirectory(path)
    except _errors().OpError:
        return False


def Stat(path, statistics, status=None):
    found = _files.Stat(path)
    statistics.length, statistics.mtime_nsec = found.length, found.mtime_nsec
    statistics.is_directory = found.is_directory


def GetMatchingFiles(pattern, status=None):
    missing = missing_directory(pattern)
    if missing:
        raise _errors().NotFoundError(None, None, "%s; No such file or directory" % missing)
    return _files.GetMatchingFiles(pattern)


def missing_directory(pattern):
    """The directory of a pattern up to its first wildcard if it does not exist; TensorFlow 2 finds no files then."""
    directory = os.path.dirname(re.split(r"[*?\[\\]", os.fsdecode(pattern), maxsplit=1)[0])
    return directory if directory and "://" not in directory and not os.path.isdir(directory) else None


class _RecordReader:
    def __init__(self, path, compression):
        self._records, self._record = _records.RecordIterator(path, compression), None

    def GetNext(self):
        try:
            self._record = next(self._records)
        except StopIteration:
            raise _errors().OutOfRangeError(None, None, "eof") from None

    def record(self):
        return self._record

    def Close(self):
        self._records.close()


class _RecordWriter:
    def __init__(self, path, options):
        self._writer = _records.RecordWriter(path, options)

    def WriteRecord(self, record, status=None):
        self._writer.write(record)

    def Flush(self, status=None):
        self._writer.flush()

    def Close(self, status=None):
        self._writer.close()


def PyRecordReader_New(path, offset, compression, status=None):
    return _RecordReader(path, compression)


def PyRecordWriter_New(path, options, status=None):
    return _RecordWriter(path, options)


def RecordWriterOptions_CreateRecordWriterOptions(compression):
    return _records.RecordWriterOptions(compression)


# the checkpoint reader raises RuntimeError; part of its text -> 1.15.5's error
_CHECKPOINT_ERRORS = (
    ("not found in checkpoint", "NotFoundError"),
    ("Failed to find any matching files", "NotFoundError"),
    ("Data type not supported", "UnimplementedError"),
    ("Failed to get matching files", "InvalidArgumentError"),
    ("Unable to open table file", "DataLossError"),
    ("", "InternalError"),
)


def _raising_errors_of_1_15(function):
    @functools.wraps(function)
    def call(*args):
        try:
            return function(*args)
        except RuntimeError as error:
            kind = next(kind for text, kind in _CHECKPOINT_ERRORS if text in str(error))
            raise getattr(_errors(), kind)(None, None, str(error)) from None

    return call


class CheckpointReader(_checkpoints.CheckpointReader):
    __init__ = _raising_errors_of_1_15(lambda self, path, *status: _checkpoints.CheckpointReader.__init__(self, path))
    get_tensor = _raising_errors_of_1_15(_checkpoints.CheckpointReader.CheckpointReader_GetTensor)

    def has_tensor(self, name):
        return self._HasTensor(name)

    def get_variable_to_dtype_map(self):
        dtypes = importlib.import_module("tensorflow.python.framework.dtypes")
        return {name: dtypes.as_dtype(int(kind)) for name, kind in self._GetVariableToDataTypeMap().items()}


def NewCheckpointReader(path, status=None):
    return CheckpointReader(os.fsencode(path))


NewCheckpointReader._tf_api_names_v1 = ["train.NewCheckpointReader"]


def _errors():
    return importlib.import_module("tensorflow.python.framework.errors_impl")
