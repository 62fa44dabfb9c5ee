"""The user's cache: its owner, its lock, and the bytecode in it."""

import contextlib
import functools
import hashlib
import os
import sys
import zlib

# of the list of all files with their digests; versions of tf1 that want other files differ in it
MANIFEST_SHA256 = "d8cf2925e241a7f6f47e313c4a06c3b1a5aaed2891ce47e3ff804f51c9f3a354"


class FetchError(Exception):
    """The files are not available, or the cache cannot be used; the message is one line with the remedy."""

    def __init__(self, text):
        super().__init__("".join(char if char.isprintable() else "?" for char in " ".join(text.split())))


def say(text):
    """Writes a line to standard error; returns whether that can be written to."""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # full, closed, none
        sys.stderr.write("tf1: %s\n" % FetchError(text))
        sys.stderr.flush()
        return True
    return False


def cache_directory():
    """The directory of the cache: TF1_CACHE, or the user's cache directory."""
    if os.environ.get("TF1_CACHE"):
        return os.path.abspath(os.environ["TF1_CACHE"])
    import platformdirs

    return platformdirs.user_cache_dir("tf1", appauthor=False)


def own_directory(name):
    """The path of a directory in the cache for this version of tf1. It need not exist.

    Raises:
        FetchError: other users can write to it, or to the cache.
    """
    path = os.path.join(cache_directory(), "%s-%s" % (name, MANIFEST_SHA256[:8]))
    for directory in (os.path.dirname(path), path) if hasattr(os, "geteuid") else ():  # not on Windows
        with contextlib.suppress(OSError):
            found = os.stat(directory)
            if found.st_uid not in (0, os.geteuid()):
                raise FetchError("%s belongs to another user; set TF1_CACHE to another directory" % directory)
            if found.st_mode & 0o022:
                text = "other users can write to %s; run 'chmod go-w %s', or set TF1_CACHE to another directory"
                raise FetchError(text % (directory, directory))
    return path


@contextlib.contextmanager
def locked(directory, wait=True):
    """A context in which no other process writes to a directory; a process that has died holds no lock.

    Yields:
        Whether that is so: some network file systems, and Windows, have no such lock. Without ``wait``, also whether
        no other process holds it.

    Raises:
        OSError: the directory cannot be written to.
    """
    with open(os.path.join(directory, "lock"), "ab") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if wait:
                say("waiting for another process, which fetches the same")
                fcntl.flock(file, fcntl.LOCK_EX)
            yield wait
        except (ImportError, OSError):
            yield False
        else:
            yield True


def load(key):
    """The bytes that ``store`` has kept under a key of hex digits; None if there are none, or they are damaged."""
    try:
        with open(os.path.join(bytecode_directory(), key), "rb") as file:
            digest, data = file.read(32), zlib.decompress(file.read())
    except (OSError, zlib.error):
        return None
    return data if hashlib.sha256(data).digest() == digest else None


def store(key, data):
    """Keeps bytes under a key, atomically; does nothing where the disk is full or read-only."""
    path = os.path.join(bytecode_directory(), key)
    temporary = "%s.%s.tmp" % (path, os.urandom(8).hex())
    with contextlib.suppress(OSError):
        try:
            with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as file:
                file.write(hashlib.sha256(data).digest() + zlib.compress(data, 1))
            os.replace(temporary, path)
        except BaseException:
            os.remove(temporary)
            raise


@functools.lru_cache(maxsize=None)
def bytecode_directory():
    """The directory of this Python's bytecode, cleared of what killed processes have left."""
    directory = own_directory("bytecode-%s" % sys.implementation.cache_tag)
    with contextlib.suppress(OSError):
        os.makedirs(directory, mode=0o755, exist_ok=True)
        for name in os.listdir(directory):
            if name.endswith(".tmp"):  # of a killed process; one that is alive keeps one file less
                os.remove(os.path.join(directory, name))
    return directory
