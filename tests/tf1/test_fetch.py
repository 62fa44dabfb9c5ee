"""The cache of TensorFlow 1.15.5's Python files: fetched once, complete or absent, checked by digest."""

import hashlib
import os
import subprocess
import sys
import zipfile

import pytest
from conftest import RNN

if sys.version_info < (3, 9):
    pytest.skip("the runner needs Python 3.9", allow_module_level=True)

from small_wheels import (  # noqa: F401
    IRIS,
    OPS,
    WANTED,
    bytecode,
    check_complete,
    command,
    files_of,
    forget,
    forget_directories,
    pip,
    refused,
    small,
)

from tf1.program.source import cache, fetch, wheels


def test_files_are_fetched_once(small, pip, tmp_path, capfd):
    found = fetch.sources()
    assert "tf1: fetching the Python files of TensorFlow 1.15.5 (0 MB, once)\n" in capfd.readouterr().err
    assert set(found.digests) == set(WANTED)
    assert found.read(OPS) == b"ops = 1\n"
    assert found.read("tensorflow_core/__init__.py") == b""
    with open(found.path(IRIS)) as file:
        assert file.read() == "1,2\n"
    with pytest.raises(KeyError):
        found.read("tensorflow/__init__.py")
    check_complete(tmp_path)
    assert found.directory.endswith("-" + cache.MANIFEST_SHA256[:8])
    assert fetch.fetch().digests == found.digests
    assert capfd.readouterr().err == ""


def test_given_files_are_not_downloaded(small, tmp_path, monkeypatch):
    monkeypatch.setattr(wheels.subprocess, "Popen", lambda *_, **__: pytest.fail("pip was started"))
    fetch.fetch(*files_of(small))
    check_complete(tmp_path)


def test_files_that_are_not_given_are_downloaded(small, pip, tmp_path):
    given = files_of(small)
    moved = tmp_path / "moved.whl"
    os.rename(given[0], str(moved))
    fetch.fetch(str(moved))
    check_complete(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no fifos")
def test_files_that_are_not_wheels_are_refused(small, tmp_path, monkeypatch):
    (tmp_path / "cut.whl").write_bytes(b"PK")
    (tmp_path / "large.whl").write_bytes(b"PK" * 10000)
    (tmp_path / "a\x1b[2J.whl").write_bytes(b"PK")
    os.mkfifo(str(tmp_path / "fifo"))
    monkeypatch.chdir(tmp_path)
    digest = hashlib.sha256(b"PK").hexdigest()
    assert refused("cut.whl").startswith("cut.whl is none of the wheels: its sha256 is %s; 'python -m pip " % digest)
    assert refused("a\x1b[2J.whl").startswith("a?[2J.whl is none of the wheels")
    assert refused("large.whl").startswith("large.whl is none of the wheels: it has 20000 bytes; ")
    assert refused("") == "'': No such file or directory"
    assert refused("missing.whl") == "missing.whl: No such file or directory"
    for name in ("fifo", os.devnull, "/dev/zero", str(tmp_path)):
        assert refused(name) == "%s is not a regular file" % name
    assert not (tmp_path / "cache").exists()


def test_no_modules_of_the_current_directory_are_executed(small, pip, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("pip", "sys", "os", "runpy", "threading", "json", "sitecustomize"):
        (tmp_path / (name + ".py")).write_text("open(%r, 'w')" % str(tmp_path / "executed"))
    fetch.fetch()
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.setenv("TF1_CACHE", str(tmp_path / "second"))
    fetch.fetch()
    assert not (tmp_path / "executed").exists()


# --- a cache that was changed


def damage(directory, how):
    path = os.path.join(directory, IRIS if how == "data" else "sources.zip")
    with open(path, "r+b") as file:
        content = file.read()
        file.seek(0)
        file.truncate(len(content) // 2 if how == "cut" else len(content))
        file.write(content.replace(b"ops = 1", b"ops = 2") if how == "changed" else b"damaged")


@pytest.mark.parametrize("how", ["cut", "changed", "start", "data", "missing"])
def test_damaged_files_are_fetched_again(small, tmp_path, capfd, how):
    directory = fetch.sources().directory
    fetch.sources.cache_clear()
    if how == "missing":
        os.remove(os.path.join(directory, "sources.zip"))
    elif how == "changed":  # a complete archive with a changed file
        with zipfile.ZipFile(os.path.join(directory, "sources.zip"), "w") as archive:
            archive.writestr(OPS, b"ops = 2\n")
    else:
        damage(directory, how)
    capfd.readouterr()
    found = fetch.sources()
    assert {name: found.read(name) for name in WANTED} == WANTED
    printed = capfd.readouterr().err
    assert printed.count("is missing or damaged\n") == 1
    assert printed.startswith("tf1: ")
    check_complete(tmp_path)


def test_a_damaged_manifest_is_fetched_again(small, tmp_path):
    directory = fetch.sources().directory
    with open(os.path.join(directory, "MANIFEST"), "r+b") as file:
        file.write(b"0000")
    check_complete(tmp_path)


def test_a_damaged_cache_without_a_network_is_refused(small, pip, monkeypatch):
    found = fetch.fetch(*files_of(small))
    damage(found.directory, "cut")
    monkeypatch.setenv("PIP_FIND_LINKS", str(small / "none"))
    with pytest.raises(fetch.FetchError, match="could not be downloaded .*'python -m pip download .*'tf1 --fetch FILE"):
        found.read(OPS)


def test_a_dangling_link_is_replaced(small, tmp_path):
    (tmp_path / "cache").mkdir(mode=0o755)
    os.symlink(str(tmp_path / "gone"), cache.own_directory("tensorflow-1.15.5"))
    fetch.fetch()
    check_complete(tmp_path)


def test_nothing_else_is_deleted(small, tmp_path):
    """Not even other directories with names of work directories, next to the directory of this version."""
    kept = tmp_path / "cache" / "fetching-thesis" / "thesis.txt"
    kept.parent.mkdir(parents=True, mode=0o755)
    kept.write_text("precious")
    os.chmod(str(tmp_path / "cache"), 0o755)
    fetch.fetch()
    assert kept.read_text() == "precious"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="has no owners")
def test_a_cache_that_others_can_write_to_is_refused(small, tmp_path, monkeypatch):
    directory = fetch.sources().directory
    for writable in (str(tmp_path / "cache"), directory):
        for mode in (0o775, 0o757, 0o1777):
            os.chmod(writable, mode)
            assert refused() == (
                "other users can write to %s; run 'chmod go-w %s', or set TF1_CACHE to another directory"
                % (writable, writable)
            )
            os.chmod(writable, 0o755)
    os.makedirs(bytecode(), exist_ok=True)
    os.chmod(bytecode(), 0o777)
    forget_directories()
    with pytest.raises(fetch.FetchError, match="other users can write to .*bytecode-"):
        fetch.load("ab")
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    monkeypatch.setattr(os, "stat", lambda path, whole=os.stat: as_owned_by(54321, whole(path)))
    assert refused().endswith("cache belongs to another user; set TF1_CACHE to another directory")


def as_owned_by(user, found):
    values = list(found)
    values[4] = user
    return os.stat_result(values)


# --- places that cannot be written to


def test_a_cache_that_cannot_be_made_is_refused(small, tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("TF1_CACHE", str(tmp_path / "file" / "cache"))
    assert refused(*files_of(small)).endswith("Not a directory; set TF1_CACHE to another directory")


def test_a_full_disk_is_reported(small, tmp_path, monkeypatch):
    whole = zipfile.ZipFile

    def full(path, *more, **settings):
        return whole("/dev/full" if str(path).endswith("sources.zip") else path, *more, **settings)

    if not os.path.exists("/dev/full"):
        pytest.skip("has no device that is always full")
    monkeypatch.setattr(zipfile, "ZipFile", full)
    assert "No space left on device; set TF1_CACHE" in refused(*files_of(small))
    assert sorted(os.listdir(cache.own_directory("tensorflow-1.15.5"))) == ["lock"]


@pytest.mark.skipif(sys.platform != "linux", reason="standard error that is full")
@pytest.mark.parametrize("shell", ["2>/dev/full", "2>&-"])
def test_a_full_or_closed_standard_error_does_not_end_a_fetch(small, tmp_path, shell):
    line = ["sh", "-c", '"$@" ' + shell, "sh", *command()]
    done = subprocess.run(line, env=dict(os.environ, PYTHONPATH=RNN))
    assert done.returncode == 0
    check_complete(tmp_path)
