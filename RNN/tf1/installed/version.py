"""Which TensorFlow is installed."""

import contextlib
import functools
import importlib.machinery
import sys

OLDEST, NEWEST = (2, 13), (2, 21)  # the TensorFlow 2 versions that the tests have run with


class NotInstalled(ImportError):
    """A package that tf1 needs is missing; the message has the command to install it."""


@functools.lru_cache(maxsize=None)
def installed_version():
    """The installed TensorFlow's (major, minor), without importing it; (1, 15) on Python 3.7.

    Raises:
        NotInstalled: there is none, or one that tf1 cannot work with.
    """
    if "tensorflow" not in sys.modules and importlib.machinery.PathFinder.find_spec("tensorflow") is None:
        raise NotInstalled(
            "TensorFlow is not installed for %s; 'pip install -r requirements.txt' installs it" % sys.executable
        )
    try:
        from importlib import metadata
    except ImportError:  # Python 3.7, which has TensorFlow 1.15 only
        return (1, 15)
    for name in ("tensorflow", "tensorflow-cpu", "tensorflow-intel", "tensorflow-macos", "tensorflow-rocm"):
        with contextlib.suppress(metadata.PackageNotFoundError):
            version = tuple(int(number) for number in metadata.version(name).split(".")[:2])
            if OLDEST <= version <= NEWEST:
                return version
            raise NotInstalled(
                "tf1 needs TensorFlow 2.13 to 2.21, not %d.%d; 'pip install -r requirements.txt' installs one" % version
            )
    raise NotInstalled("TensorFlow is installed under a name that pip does not know; 'pip install tensorflow'")
