"""Takes a lock on a disk that is full; the device that is always full stands in for the disk."""

from tf1 import files

try:
    files.hold("/dev/full")
except OSError as error:
    print(error)
