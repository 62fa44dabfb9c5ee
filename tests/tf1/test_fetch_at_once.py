"""Several processes fetch at once; kills; bytecode; the real wheels."""

import http.server
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from conftest import RNN

if sys.version_info < (3, 9):
    pytest.skip("the runner needs Python 3.9", allow_module_level=True)

from small_wheels import (  # noqa: F401
    CONTENTS,
    OPS,
    bytecode,
    check_complete,
    command,
    files_of,
    forget,
    forget_directories,
    in_process,
    small,
)

from tf1.program.source import cache, fetch


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


def test_leftovers_are_removed_at_the_next_start(small, tmp_path):
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
def test_a_killed_fetch_never_damages_the_cache(small, tmp_path):
    """kill -9 when the first, second, ... file of the cache is opened, renamed or removed: the next start is right."""
    count, killed = 0, True
    while killed:
        line = command(*files_of(small), killed_at=count)
        done = subprocess.run(line, env=dict(os.environ, PYTHONPATH=RNN), stdout=subprocess.PIPE)
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
    assert os.listdir(bytecode()) == ["ab"]
    assert os.path.basename(bytecode()) == "bytecode-%s-%s" % (
        sys.implementation.cache_tag, cache.MANIFEST_SHA256[:8],
    )  # fmt: skip


def test_damaged_bytecode_is_ignored(small):
    fetch.store("ab", b"code" * 10)
    path = os.path.join(bytecode(), "ab")
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


def test_an_unwritable_disk_for_bytecode_is_accepted(small, tmp_path, monkeypatch):
    """A disk that is full or read-only; leftovers of a killed process are removed by the next one."""
    fetch.store("cd", b"code")
    os.remove(os.path.join(bytecode(), "cd"))
    (tmp_path / bytecode() / "ab.1234.tmp").write_bytes(b"")
    forget_directories()
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda *paths: os.rmdir("/proc"))
        fetch.store("ab", b"code")
    assert fetch.load("ab") is None
    assert os.listdir(bytecode()) == []
    monkeypatch.setenv("TF1_CACHE", "/proc/none")
    forget_directories()
    fetch.store("ab", b"code")
    assert fetch.load("ab") is None


# --- the real wheels


@pytest.mark.slow
def test_the_real_wheels_are_fetched(tmp_path, monkeypatch):
    monkeypatch.setenv("TF1_CACHE", str(tmp_path / "cache"))
    found = fetch.sources()
    assert len(found.digests) == 2547
    assert found.is_complete()
    assert b"class Graph(object):" in found.read(OPS)
    assert os.path.getsize(os.path.join(found.directory, "sources.zip")) < 10e6
    fetch.sources.cache_clear()
    started = time.perf_counter()
    fetch.sources()
    assert time.perf_counter() - started < 0.05  # 4 ms on an idle machine
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert fetch.fetch().directory == found.directory
