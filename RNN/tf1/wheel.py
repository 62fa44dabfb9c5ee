"""TensorFlow 1.15.5's tf.contrib and example tutorials: fetched once as Python text, kept in the user's cache.

They are read from TensorFlow 1.15.5's wheel, which is never installed; only its text files below ``WANTED`` are
unpacked. ``TF1_CACHE`` names another directory for the cache.
"""

import functools
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

WHEEL = "tensorflow-1.15.5-cp37-cp37m-manylinux2010_x86_64.whl"
SHA256 = "29831dda98d668067de75403b2fca0d06a2f026ef6f217fa2ca873c20b4ee4d3"
WANTED = ("tensorflow_core/contrib/", "tensorflow_core/examples/")
WANTED += ("tensorflow_core/python/ops/distributions/transformed_distribution.py",)  # of contrib.distributions
_TEXT = (".py", ".csv")  # modules, and the data sets of contrib.learn
# of all unpacked files, by _digest
UNPACKED_SHA256 = "e4f6a3aa24ca8560f3345cb24c7fe04d0e4a364bfa31a42570599d690d4b9f59"
UNPACKED = "tensorflow-1.15.5-" + UNPACKED_SHA256[:8]  # versions of tf1 that want other files do not disturb each other

PIP = (
    "-m pip download --no-deps --only-binary=:all: --python-version 3.7 --implementation cp "
    "--platform manylinux2010_x86_64 tensorflow==1.15.5"
)


class WheelError(Exception):
    """The wheel cannot be had, or is not the right one; the message is one line with the remedy."""


def cache_directory():
    """The directory that holds the unpacked files: TF1_CACHE, or the user's cache directory."""
    if os.environ.get("TF1_CACHE"):
        return os.path.abspath(os.environ["TF1_CACHE"])
    import platformdirs

    return platformdirs.user_cache_dir("tf1", appauthor=False)


@functools.lru_cache(maxsize=None)
def directory():
    """The directory ``tensorflow_core`` with contrib and examples, fetched first if it is missing or damaged.

    Raises:
        WheelError: the wheel cannot be downloaded, or the cache cannot be written to.
    """
    unpacked = os.path.join(cache_directory(), UNPACKED)
    if not _is_complete(unpacked):
        damaged = os.path.exists(unpacked)
        sys.stderr.write(
            "tf1: %s TensorFlow 1.15.5's wheel (110 MB, once) for its tf.contrib\n"
            % ("the cache %s is damaged; fetching again" % unpacked if damaged else "fetching")
        )
        fetch()
    return os.path.join(unpacked, "tensorflow_core")


def fetch(file=None):
    """Unpacks the wheel into the cache, atomically; two processes may do so at once.

    Args:
        file: path of the wheel; None downloads it with pip.

    Returns:
        The directory that holds the unpacked files.

    Raises:
        WheelError: the file is not the wheel, it cannot be downloaded, or the cache cannot be written to.
    """
    cache = cache_directory()
    unpacked = os.path.join(cache, UNPACKED)
    try:
        os.makedirs(cache, exist_ok=True)
        work = tempfile.mkdtemp(prefix="fetching-", dir=cache)
    except OSError as error:
        raise WheelError(
            "cannot write to %s: %s; set TF1_CACHE to another directory" % (cache, error.strerror)
        ) from error
    try:
        new = os.path.join(work, "new")
        unpack(_checked(file or _download(work)), new)
        if not _is_complete(new):
            raise WheelError("the disk did not keep the files unpacked to %s" % cache)
        if not _is_complete(unpacked):  # another process may have been faster
            if os.path.exists(unpacked):
                os.rename(unpacked, os.path.join(work, "damaged"))
            os.rename(new, unpacked)
    except OSError as error:
        if not _is_complete(unpacked):
            raise WheelError("cannot unpack to %s: %s" % (cache, error.strerror or error)) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return unpacked


def _download(work):
    """Downloads the wheel with pip, which shows its progress on standard error, and returns its path."""
    command = [sys.executable] + PIP.split() + ["-d", work, "--disable-pip-version-check", "--retries", "1"]
    try:
        done = subprocess.run(command, stdout=sys.stderr, stderr=subprocess.PIPE, text=True)
    except OSError as error:
        raise WheelError("cannot run pip: %s" % error) from error
    path = os.path.join(work, WHEEL)
    if done.returncode or not os.path.exists(path):
        reasons = [line for line in done.stderr.splitlines() if line.startswith("ERROR") or "No module" in line]
        raise WheelError(
            "TensorFlow 1.15.5's wheel could not be downloaded (%s); on a machine with a network run "
            "'python %s', copy %s here and run 'tf1 --fetch %s'"
            % (reasons[-1] if reasons else "pip failed", PIP, WHEEL, WHEEL)
        )
    return path


def _checked(path):
    """The path, if the file there is the wheel."""
    digest = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                digest.update(block)
    except OSError as error:
        raise WheelError("%s: %s" % (path, error.strerror)) from error
    if digest.hexdigest() != SHA256:
        raise WheelError(
            "%s is not %s: its sha256 is %s, not %s; 'python %s' downloads it"
            % (path, WHEEL, digest.hexdigest(), SHA256, PIP)
        )
    return path


def unpack(path, target):
    """Unpacks the text files below WANTED of a wheel.

    Raises:
        WheelError: it is no wheel, or a name in it leads out of ``target``.
    """
    try:
        with zipfile.ZipFile(path) as wheel:
            names = [name for name in wheel.namelist() if name.startswith(WANTED) and name.endswith(_TEXT)]
            if any(".." in name.split("/") or "\\" in name for name in names):
                raise WheelError("%s: a file name in it leads out of the cache directory" % path)
            wheel.extractall(target, names)
    except zipfile.BadZipFile as error:
        raise WheelError("%s: %s" % (path, error)) from error


def _is_complete(unpacked):
    return _digest(unpacked) == UNPACKED_SHA256


def _digest(unpacked):
    """The sha256 over names and contents of all text files; some 20 ms."""
    digest = hashlib.sha256()
    for directory, subdirectories, files in os.walk(unpacked):
        subdirectories.sort()
        for name in sorted(files):
            if name.endswith(_TEXT):
                path = os.path.join(directory, name)
                with open(path, "rb") as file:
                    content = file.read()
                name = os.path.relpath(path, unpacked).replace(os.sep, "/")
                digest.update(b"%s %d " % (name.encode(), len(content)))
                digest.update(content)
    return digest.hexdigest()
