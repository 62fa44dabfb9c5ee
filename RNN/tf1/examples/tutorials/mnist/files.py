"""The four files of MNIST: their SHA-256, and the mirrors that they are downloaded from. Needs only Python."""

import hashlib
import http.client
import io
import os
import sys
import urllib.request

from tf1 import files

TRAIN_IMAGES = "train-images-idx3-ubyte.gz"
TRAIN_LABELS = "train-labels-idx1-ubyte.gz"
TEST_IMAGES = "t10k-images-idx3-ubyte.gz"
TEST_LABELS = "t10k-labels-idx1-ubyte.gz"

# name: (bytes, sha256, images or labels in it)
FILES = {
    TRAIN_IMAGES: (9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", 60000),
    TRAIN_LABELS: (28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", 60000),
    TEST_IMAGES: (1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", 10000),
    TEST_LABELS: (4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", 10000),
}

# TensorFlow 1.10's own source, then torchvision's; yann.lecun.com no longer serves the files
MIRRORS = (
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
)

DEFAULT_DIRECTORY = "MNIST_data"
TIMEOUT = 30  # seconds without data before the next mirror is tried


class MNISTError(ValueError):
    """The digits are not available, or a file is damaged. The message is one line that names the cure."""


class NotDownloaded(MNISTError):
    """No mirror has a file."""


class DifferentFile(MNISTError):
    """A file is not MNIST's; ``fault`` says so without the cure."""

    def __init__(self, fault):
        super().__init__("%s; delete it, and the next run downloads it again" % fault)
        self.fault = fault


def checked(name, directory):
    """A file's content as a binary file, after its size and SHA-256 were compared.

    Raises:
        MNISTError: they differ, or it cannot be read.
    """
    path = os.path.join(directory, name)
    size, sha256, _ = FILES[name]
    try:
        found = os.path.getsize(path)
        if found != size:
            raise DifferentFile("%s: %d bytes, where %d were expected" % (path, found, size))
        with open(path, "rb") as file:
            content = file.read(size)
    except OSError as error:
        raise MNISTError("%s: cannot be read: %s" % (path, error.strerror or error)) from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise DifferentFile("%s: sha256 %s, where %s was expected" % (path, found, sha256))
    file = io.BytesIO(content)
    file.name = path
    return file


def download(name, directory, mirrors):
    """Downloads a file from the first mirror that has it, unless it is there.

    It is written under a temporary name, and renamed when it is complete and its SHA-256 is right.

    Raises:
        MNISTError: no mirror has it, or the directory cannot be written to.
    """
    path = os.path.join(directory, name)
    if os.path.exists(path):
        return
    size, sha256, _ = FILES[name]
    failures = []
    try:
        for mirror in mirrors:
            try:
                content = _fetch(mirror + name, size)
            except (OSError, http.client.HTTPException) as error:  # URLError and time-outs are OSErrors
                failures.append("%s: %s" % (mirror, getattr(error, "reason", None) or error))
                continue
            if hashlib.sha256(content).hexdigest() != sha256:
                failures.append("%s: sent %d bytes with a different sha256 than %s" % (mirror, len(content), sha256))
                continue
            os.makedirs(directory, exist_ok=True)  # only now: a failed download leaves nothing behind
            files.write({path: content})
            return
    except OSError as error:
        raise MNISTError(
            "%s: cannot be written: %s; free some disk space or use a different directory"
            % (path, error.strerror or error)
        ) from error
    raise NotDownloaded(
        "%s could not be downloaded (%s): download %s from %s into the directory %s yourself"
        % (name, "; ".join(failures), ", ".join(FILES), " or ".join(mirrors), os.path.abspath(directory))
    )


def _fetch(address, size):
    """The content behind an address, at most one byte more than ``size``; a progress bar where there is a terminal."""
    from tqdm import tqdm

    content = bytearray()
    with urllib.request.urlopen(address, timeout=TIMEOUT) as response, tqdm(
        desc=address.rsplit("/", 1)[1],
        total=size,
        unit="B",
        unit_scale=True,
        file=sys.stderr,
        disable=not sys.stderr.isatty(),
    ) as bar:
        while len(content) <= size:
            block = response.read(min(65536, size + 1 - len(content)))
            if not block:
                break
            content += block
            bar.update(len(block))
    return bytes(content)
