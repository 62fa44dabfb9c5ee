"""The Python files of TensorFlow 1.15.5 and of the packages that it is made of: fetched once, kept in the user's cache.

They are read from four wheels, which are never installed. ``TF1_CACHE`` names another directory for the cache. It holds
``MANIFEST`` with the digest of each file (its own is a constant), ``sources.zip`` with the .py files, the data files,
and bytecode. Nothing is used without its digest, and nothing in a directory that other users can write to.
"""

import contextlib
import functools
import hashlib
import os
import shutil
import tempfile
import zipfile
import zlib

from tf1.program.source import cache, wheels
from tf1.program.source.cache import FetchError, cache_directory, load, store

PACKAGES = ("tensorflow_core/", "tensorflow_estimator/", "keras_applications/", "keras_preprocessing/")
LEFT_OUT = "tensorflow_core/include/"
__all__ = ["FetchError", "Sources", "cache_directory", "fetch", "load", "sources", "store"]


class Sources:
    """The fetched files, by names like "tensorflow_core/python/framework/ops.py".

    Attributes:
        directory: the directory in the cache that holds them.
        digests: {name: sha256 as hex digits} of all files.
    """

    def __init__(self, directory, digests):
        self.directory, self.digests, self._zip = directory, digests, None

    def read(self, name):
        """The content of a file, bytes. A file that is missing or was changed is fetched again.

        Raises:
            FetchError: it cannot be fetched.
            KeyError: there is no such file.
        """
        content = self._content(name)
        if content is None:
            cache.say("%s in %s is missing or damaged" % (name, self.directory))
            fetch()
            self._zip = None
            content = self._content(name)
        if content is None:
            raise FetchError("the disk does not keep the files in %s; set TF1_CACHE elsewhere" % self.directory)
        return content

    def path(self, name):
        """The path of a data file (.csv), which is compared with its digest first; raises as ``read`` does."""
        self.read(name)
        return os.path.join(self.directory, name)

    def is_complete(self):
        """Whether all files are there and unchanged; takes half a second."""
        try:
            return all(self._content(name) is not None for name in self.digests)
        finally:
            self._zip = None

    def _content(self, name):
        digest, damage = self.digests[name], (OSError, EOFError, LookupError, ValueError, RuntimeError, zlib.error)
        with contextlib.suppress(zipfile.BadZipFile, *damage):
            if name.endswith(".py"):
                self._zip = self._zip or zipfile.ZipFile(os.path.join(self.directory, "sources.zip"))
                content = self._zip.read(name)
            else:
                with open(os.path.join(self.directory, name), "rb") as file:
                    content = file.read()
            if hashlib.sha256(content).hexdigest() == digest:
                return content
        return None


@functools.lru_cache(maxsize=None)
def sources():
    """The Sources, which are fetched first if they are missing.

    Raises:
        FetchError: they cannot be fetched, or the cache cannot be used.
    """
    directory = cache.own_directory("tensorflow-1.15.5")
    found = _sources_in(directory)
    if found is None:
        return fetch()
    if any(name.startswith("fetching-") for name in os.listdir(directory)):  # a process is fetching, or was killed
        with contextlib.suppress(OSError), cache.locked(directory, wait=False) as locked:
            _remove_leftovers(directory, locked)
    return found


def fetch(*files):
    """Fetches all files into the cache, each atomically, unless they are there. Two processes may do so at once.

    Args:
        files: paths of wheels; those that are not given are downloaded with pip.

    Returns:
        The Sources.

    Raises:
        FetchError: a file is none of the wheels, one cannot be downloaded, or the cache cannot be used.
        KeyboardInterrupt: after Ctrl-C. As at every signal that ends Python, pip has ended and nothing stays behind.
    """
    given = dict(map(wheels.identified, files))
    directory = cache.own_directory("tensorflow-1.15.5")
    if not _is_complete(directory):
        try:
            if os.path.islink(directory) and not os.path.exists(directory):
                os.remove(directory)
            os.makedirs(directory, mode=0o755, exist_ok=True)
            with wheels.ended_by_signals(), cache.locked(directory) as locked:
                _remove_leftovers(directory, locked)
                if not _is_complete(directory):  # another process may have been faster
                    work = tempfile.mkdtemp(prefix="fetching-", dir=directory)
                    try:
                        _fill(directory, work, given)
                    finally:
                        shutil.rmtree(work, ignore_errors=True)
        except OSError as error:
            text = "cannot write to %s: %s; set TF1_CACHE to another directory"
            raise FetchError(text % (directory, error.strerror or error)) from error
    return _sources_in(directory)


def _sources_in(directory):
    """The Sources in a directory; None if its MANIFEST is missing or was changed."""
    with contextlib.suppress(OSError), open(os.path.join(directory, "MANIFEST"), "rb") as file:
        manifest = file.read()
        if hashlib.sha256(manifest).hexdigest() == cache.MANIFEST_SHA256:
            return Sources(directory, {line[65:]: line[:64] for line in manifest.decode().splitlines()})
    return None


def _is_complete(directory):
    found = _sources_in(directory)
    return found is not None and found.is_complete()


def _remove_leftovers(directory, locked):
    """Removes the work directories of killed processes; while the lock is held, no other process has one."""
    for name in os.listdir(directory) if locked else ():
        if name.startswith("fetching-"):
            shutil.rmtree(os.path.join(directory, name), ignore_errors=True)


def _fill(directory, work, given):
    """Writes the files of all wheels into ``work``, and moves them to the directory, MANIFEST last."""
    missing = [digest for digest in wheels.WHEELS if digest not in given]
    given = dict(given, **(wheels.download(work, missing) if missing else {}))
    digests, moved = {}, ["sources.zip", "MANIFEST"]
    with zipfile.ZipFile(os.path.join(work, "sources.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        for path in given.values():
            with zipfile.ZipFile(path) as wheel:
                for name in wheel.namelist():
                    if name.startswith(PACKAGES) and not name.startswith(LEFT_OUT) and name.endswith((".py", ".csv")):
                        content = wheel.read(name)
                        digests[name] = hashlib.sha256(content).hexdigest()
                        if name.endswith(".py"):
                            archive.writestr(name, content)
                        else:
                            wheel.extract(name, work)
                            moved.insert(0, name)
    with open(os.path.join(work, "MANIFEST"), "wb") as file:
        file.write("".join("%s %s\n" % (digests[name], name) for name in sorted(digests)).encode())
    if not _is_complete(work):
        raise FetchError("the disk did not keep the files written to %s; set TF1_CACHE elsewhere" % directory)
    for name in moved:
        os.makedirs(os.path.dirname(os.path.join(directory, name)), mode=0o755, exist_ok=True)
        os.replace(os.path.join(work, name), os.path.join(directory, name))
