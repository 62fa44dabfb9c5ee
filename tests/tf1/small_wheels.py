"""Small wheels in place of TensorFlow 1.15.5's, and the processes that fetch them."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile

import pytest
from conftest import RNN, TF1_PROGRAMS

if sys.version_info < (3, 9):
    pytest.skip("the runner needs Python 3.9", allow_module_level=True)

from tf1.program.source import cache, fetch, wheels

OPS = "tensorflow_core/python/framework/ops.py"
IRIS = "tensorflow_core/contrib/learn/python/learn/datasets/data/iris.csv"
CONTENTS = {
    "tensorflow-1.15.5-cp37-cp37m-manylinux2010_x86_64.whl": {
        OPS: b"ops = 1\n",
        "tensorflow_core/__init__.py": b"",
        IRIS: b"1,2\n",
        "tensorflow_core/include/a.py": b"no",
        "tensorflow_core/a.so": b"no",
        "tensorflow/__init__.py": b"no",
    },
    "tensorflow_estimator-1.15.1-py2.py3-none-any.whl": {"tensorflow_estimator/__init__.py": b"e = 1\n"},
    "Keras_Applications-1.0.8-py3-none-any.whl": {"keras_applications/__init__.py": b"a = 1\n"},
    "Keras_Preprocessing-1.1.2-py2.py3-none-any.whl": {"keras_preprocessing/__init__.py": b"p = 1\n"},
}


WANTED = {name: content for files in CONTENTS.values() for name, content in files.items() if content != b"no"}


def forget_directories():
    """Has the files, and the directory of the bytecode, looked up again, as a new process does."""
    fetch.sources.cache_clear()
    cache.bytecode_directory.cache_clear()


def bytecode():
    """The directory of the bytecode."""
    return cache.own_directory("bytecode-%s" % sys.implementation.cache_tag)


@pytest.fixture(autouse=True)
def forget():
    yield
    forget_directories()


@pytest.fixture
def small(tmp_path, monkeypatch):
    """The directory of four small wheels, from which pip takes them; the cache is tmp_path/cache."""
    directory, table = tmp_path / "wheels", {}
    directory.mkdir()
    for file, files in CONTENTS.items():
        name, version = file.split("-")[:2]
        information = "%s-%s.dist-info/" % (name, version)
        with zipfile.ZipFile(str(directory / file), "w") as wheel:
            for inner, content in files.items():
                wheel.writestr(inner, content)
            wheel.writestr(information + "METADATA", "Metadata-Version: 2.1\nName: %s\nVersion: %s\n" % (name, version))
            wheel.writestr(information + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(information + "RECORD", "")
        content = (directory / file).read_bytes()
        table[hashlib.sha256(content).hexdigest()] = (len(content), "%s==%s" % (name.replace("_", "-"), version))
    manifest = "".join("%s %s\n" % (hashlib.sha256(WANTED[name]).hexdigest(), name) for name in sorted(WANTED))
    monkeypatch.setattr(wheels, "WHEELS", table)
    monkeypatch.setattr(cache, "MANIFEST_SHA256", hashlib.sha256(manifest.encode()).hexdigest())
    for name, value in (
        ("TF1_CACHE", tmp_path / "cache"),
        ("PIP_CONFIG_FILE", os.devnull),
        ("PIP_FIND_LINKS", directory),
    ):
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    whole = wheels.download

    def without_pip(work, digests):
        return {digest: path for digest, path in map(wheels.identified, files_of(directory)) if digest in digests}

    monkeypatch.setattr(wheels, "download", without_pip)
    monkeypatch.setattr(wheels, "pip", whole, raising=False)
    return directory


@pytest.fixture
def pip(small, monkeypatch):
    """Has pip take the small wheels from their directory, which takes a second."""
    monkeypatch.setattr(wheels, "download", wheels.pip)


def files_of(directory):
    return [str(path) for path in sorted(directory.iterdir())]


def command(*files, killed_at=None):
    """The command line of fetch(*files) of the small wheels; killed when it has touched so many files of the cache."""
    table = json.dumps([wheels.WHEELS, cache.MANIFEST_SHA256])
    name, count = ("fetches.py", []) if killed_at is None else ("fetches_until_killed.py", [str(killed_at)])
    return [sys.executable, os.path.join(TF1_PROGRAMS, name), *count, table, *files]


def in_process(*arguments, call=subprocess.run, **settings):
    """fetch(*arguments) of the small wheels in a process of its own."""
    settings.setdefault("stderr", subprocess.PIPE)
    return call(
        command(*arguments), stdout=subprocess.PIPE, text=True, env=dict(os.environ, PYTHONPATH=RNN), **settings
    )


def refused(*files):
    """The line that fetch(*files) is refused with."""
    with pytest.raises(fetch.FetchError) as error:
        fetch.fetch(*files)
    assert str(error.value).isprintable()
    return str(error.value)


def check_complete(tmp_path):
    """The cache holds all files, and nothing of a fetch that was killed."""
    fetch.sources.cache_clear()
    found = fetch.sources()
    assert {name: found.read(name) for name in found.digests} == WANTED
    assert sorted(os.listdir(found.directory)) == ["MANIFEST", "lock", "sources.zip", "tensorflow_core"]
    assert os.path.dirname(found.directory) == str(tmp_path / "cache")
