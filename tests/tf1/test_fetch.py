"""The cache of TensorFlow 1.15.5's Python files: fetched once, complete or not there, never believed without a digest.

The fast tests fetch small wheels, which pip takes from a directory or from a server on this machine.
"""

import hashlib
import http.server
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile

import pytest
from conftest import RNN

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
# a program that uses the small wheels, as the tests in this process do
PROGRAM = """
import sys
from tf1.program.source import cache, fetch, wheels
wheels.WHEELS, cache.MANIFEST_SHA256 = %r, %r
try:
    fetch.fetch(*sys.argv[1:])
except fetch.FetchError as error:
    sys.exit("tf1: error: %%s" %% error)
"""


@pytest.fixture(autouse=True)
def forget():
    """sources() and the directory of the bytecode are found once in a process."""
    yield
    fetch.sources.cache_clear()
    cache._bytecode.cache_clear()


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


def in_process(*arguments, call=subprocess.run, **settings):
    """fetch(*arguments) of the small wheels in a process of its own."""
    program = PROGRAM % (wheels.WHEELS, cache.MANIFEST_SHA256)
    settings.setdefault("stderr", subprocess.PIPE)
    return call(
        [sys.executable, "-c", program] + list(arguments), stdout=subprocess.PIPE, text=True,
        env=dict(os.environ, PYTHONPATH=RNN), **settings
    )  # fmt: skip


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


# --- what is fetched


def test_files_are_fetched_once(small, pip, tmp_path, capfd):
    found = fetch.sources()
    assert "tf1: fetching the Python files of TensorFlow 1.15.5 (0 MB, once)\n" in capfd.readouterr().err
    assert set(found.digests) == set(WANTED)
    assert found.read(OPS) == b"ops = 1\n" and found.read("tensorflow_core/__init__.py") == b""
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
def test_files_that_are_no_wheels_are_refused(small, tmp_path, monkeypatch):
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
    assert printed.count("is missing or damaged\n") == 1 and printed.startswith("tf1: ")
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
    """Not even what is named as the work directories are, beside the directory of this version."""
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
    os.makedirs(cache._bytecode(), exist_ok=True)
    os.chmod(cache._bytecode(), 0o777)
    cache._bytecode.cache_clear()
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
def test_a_full_or_closed_standard_error_ends_no_fetch(small, tmp_path, shell):
    program = PROGRAM % (wheels.WHEELS, cache.MANIFEST_SHA256)
    done = subprocess.run(
        ["sh", "-c", '"$0" -c "$1" ' + shell, sys.executable, program], env=dict(os.environ, PYTHONPATH=RNN)
    )
    assert done.returncode == 0
    check_complete(tmp_path)


# --- several processes, and kills


def test_two_processes_fetch_at_once(small, tmp_path):
    processes = [in_process(call=subprocess.Popen) for _ in range(3)]
    printed = "".join(process.communicate()[1] for process in processes)
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert printed.count("tf1: fetching") == 1
    check_complete(tmp_path)


class Slow(http.server.BaseHTTPRequestHandler):
    """A package index whose files never end."""

    def do_GET(self):
        self.send_response(200)
        if self.path.endswith(".whl"):
            self.send_header("Content-Length", "1000000000")
            self.end_headers()
            self.server.requested.set()
            try:
                while True:
                    self.wfile.write(b"PK" * 10000)
                    time.sleep(0.05)
            except OSError:
                self.server.ended.set()
            return
        name = self.path.strip("/").split("/")[-1]
        file = [file for file in CONTENTS if file.lower().replace("_", "-").startswith(name + "-1")][0]
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b'<a href="/%s">%s</a>' % (file.encode(), file.encode()))

    def log_message(self, *arguments):
        pass


@pytest.fixture
def slow_index(small, monkeypatch):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        server.requested, server.ended, server.daemon_threads = threading.Event(), threading.Event(), True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:%d/simple" % server.server_address[1])
        for name in ("PIP_FIND_LINKS", "PIP_NO_INDEX"):
            monkeypatch.delenv(name)
        yield server
        server.shutdown()


@pytest.mark.skipif(sys.platform != "linux", reason="signals as Linux has them")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL])
def test_a_signal_ends_pip_too(small, slow_index, tmp_path, monkeypatch, number):
    process = in_process(call=subprocess.Popen, start_new_session=True)
    assert slow_index.requested.wait(60)
    process.send_signal(number)
    printed = process.communicate(timeout=20)[1]
    assert process.returncode == -number
    assert slow_index.ended.wait(20)  # the download has ended: pip is not left
    left = [name for name in os.listdir(cache.own_directory("tensorflow-1.15.5")) if name != "lock"]
    assert len(left) == (number == signal.SIGKILL), left
    if number in (signal.SIGTERM, signal.SIGHUP):
        assert "Traceback" not in printed
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(small))
    check_complete(tmp_path)


def test_leftovers_go_at_the_next_start(small, tmp_path):
    """Also if the cache is complete; those of a process that is alive stay."""
    directory = fetch.sources().directory
    left = os.path.join(directory, "fetching-abc")
    os.makedirs(os.path.join(left, "pip-unpack"))
    with cache.locked(directory) as locked:
        assert locked
        fetch.sources.cache_clear()
        fetch.sources()
        assert os.path.exists(left)
    check_complete(tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="kill -9")
def test_kills_leave_a_right_cache(small, tmp_path):
    """kill -9 when the first, second, ... file of the cache is opened, renamed or removed: the next start is right."""
    program = """
import os, signal, sys
count = int(sys.argv.pop(1))
def hook(event, arguments):
    global count
    if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir") and "/cache" in str(arguments[0]):
        count -= 1
        if count < 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
"""
    program += PROGRAM % (wheels.WHEELS, cache.MANIFEST_SHA256)
    count, killed = 0, True
    while killed:
        done = subprocess.run(
            [sys.executable, "-c", program, str(count)] + files_of(small), env=dict(os.environ, PYTHONPATH=RNN),
            stdout=subprocess.PIPE,
        )  # fmt: skip
        killed = done.returncode == -signal.SIGKILL
        assert killed or done.returncode == 0
        fetch.fetch(*files_of(small))
        check_complete(tmp_path)
        subprocess.run(["rm", "-r", str(tmp_path / "cache")], check=True)
        count += 1
    assert count > 20


# --- bytecode


def test_bytecode_is_kept(small):
    assert fetch.load("ab") is None
    fetch.store("ab", b"code" * 1000)
    fetch.store("ab", b"new" * 1000)
    assert fetch.load("ab") == b"new" * 1000
    assert os.listdir(cache._bytecode()) == ["ab"]
    assert os.path.basename(cache._bytecode()) == "bytecode-%s-%s" % (
        sys.implementation.cache_tag, cache.MANIFEST_SHA256[:8],
    )  # fmt: skip


def test_damaged_bytecode_is_not_there(small):
    fetch.store("ab", b"code" * 10)
    path = os.path.join(cache._bytecode(), "ab")
    with open(path, "rb") as file:
        content = file.read()
    for place in range(len(content)):
        with open(path, "wb") as file:
            file.write(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert fetch.load("ab") is None
        with open(path, "wb") as file:
            file.write(content[:place])
        assert fetch.load("ab") is None
    fetch.store("ab", b"code" * 10)
    assert fetch.load("ab") == b"code" * 10


def test_bytecode_is_not_needed(small, tmp_path, monkeypatch):
    """A disk that is full or read-only; what a killed process has left is removed by the next one."""
    fetch.store("cd", b"code")
    os.remove(os.path.join(cache._bytecode(), "cd"))
    (tmp_path / cache._bytecode() / "ab.1234.tmp").write_bytes(b"")
    cache._bytecode.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda *paths: os.rmdir("/proc"))
        fetch.store("ab", b"code")
    assert fetch.load("ab") is None
    assert os.listdir(cache._bytecode()) == []
    monkeypatch.setenv("TF1_CACHE", "/proc/none")
    cache._bytecode.cache_clear()
    fetch.store("ab", b"code")
    assert fetch.load("ab") is None


# --- the real wheels


@pytest.mark.slow
def test_the_real_files(tmp_path, monkeypatch):
    monkeypatch.setenv("TF1_CACHE", str(tmp_path / "cache"))
    found = fetch.sources()
    assert len(found.digests) == 2547 and found.is_complete()
    assert b"class Graph(object):" in found.read(OPS)
    assert os.path.getsize(os.path.join(found.directory, "sources.zip")) < 10e6
    fetch.sources.cache_clear()
    started = time.perf_counter()
    fetch.sources()
    assert time.perf_counter() - started < 0.05  # 4 ms on an idle machine
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert fetch.fetch().directory == found.directory
