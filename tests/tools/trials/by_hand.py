"""Files and variables of the environment as nobody but a hand makes them: refused in one line."""

import contextlib
import itertools
import json
import os
import random
import resource
import time

import tf1
from trials import PART_7, group, run, scratch, two_at_a_time


def refused_or(function, *expected):
    """What is wrong with the result of a function, which may refuse with a UsageError or return one of ``expected``."""
    from common.errors import UsageError

    try:
        found = function()
    except UsageError:
        return []
    except BaseException as error:
        return ["%s: %s" % (type(error).__name__, str(error)[:200])]
    return [] if found in expected else ["taken: %s" % str(found)[:200]]


def in_child(function):
    """What is wrong, found by a function in a process of its own: the C++ of TensorFlow may end it."""
    tf1.Session  # noqa: B018 loads TensorFlow, once for all children
    read, write = os.pipe()
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException):
            os.write(write, json.dumps(function()).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        text = pipe.read()
    status = os.waitpid(child, 0)[1]
    return json.loads(text) if text and not status else ["the process ended with %d" % status]


@group
def states():
    """States of a checkpoint by hand: refused."""
    import pathlib

    import small_checkpoint
    import test_checkpoint_file

    for name, change in test_checkpoint_file.STATES.items():
        with scratch() as directory:
            small_checkpoint.saved(pathlib.Path(directory), 1, change)
            yield name, refused_or(lambda place=directory: small_checkpoint.restored(pathlib.Path(place)))


@group
def damaged_checkpoints():
    """Flipped bits and cuts of checkpoint.npz: refused, or the same numbers."""
    import pathlib

    import small_checkpoint

    choose = random.Random(1)
    with scratch() as directory:
        place = pathlib.Path(directory)
        small_checkpoint.saved(place, 1)
        right, path = small_checkpoint.restored(place), place / "checkpoint.npz"
        whole = path.read_bytes()
        for number in range(250):
            content = bytearray(whole)
            if number < 200:
                content[choose.randrange(len(whole))] ^= 1 << choose.randrange(8)
            else:
                del content[choose.randrange(len(whole)) :]
            path.write_bytes(bytes(content))
            yield "case %d" % number, refused_or(lambda: small_checkpoint.restored(place), right)


@group
def files_that_grow():
    """Small files that promise large arrays: refused, within 200 MB and 5 seconds."""
    import pathlib
    import zipfile

    import numpy as np
    import small_checkpoint

    def bomb(place, name, shape, dtype):
        small_checkpoint.saved(place, 1)
        with zipfile.ZipFile(str(place / "checkpoint.npz")) as archive:
            entries = {entry: archive.read(entry) for entry in archive.namelist() if entry != name + ".npy"}
        with zipfile.ZipFile(str(place / "checkpoint.npz"), "w", zipfile.ZIP_DEFLATED) as archive:
            for entry in entries:
                archive.writestr(entry, entries[entry])
            with archive.open(name + ".npy", "w", force_zip64=True) as file:
                np.lib.format.write_array_header_1_0(file, {"descr": dtype, "fortran_order": False, "shape": shape})
                for _ in range(int(np.prod(shape, dtype=object)) * np.dtype(dtype).itemsize // 2**20):
                    file.write(bytes(2**20))

    def case(place):
        before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.time()
        wrong = refused_or(lambda: small_checkpoint.restored(place))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
        return wrong + (["%d MB, %.0f s" % (grown, time.time() - started)] if grown > 200 else [])

    def bombed(what):
        name, (shape, dtype) = what
        with scratch() as directory:
            bomb(pathlib.Path(directory), name, shape, dtype)
            return "%s %s %s" % (name, shape, dtype), in_child(lambda: case(pathlib.Path(directory)))

    arrays = ((2**15, 2**15), "u1"), ((2**30,), "u1"), ((2**8,), "S%d" % 2**22), ((3,), "S%d" % 2**28)
    yield from two_at_a_time(bombed, itertools.product(("state", "variables/a"), arrays))


@group
def indexes_by_hand():
    """Flipped bits, cuts and other contents of an Estimator's index and data: refused, or the same step."""
    from common import checkpoint

    settings, choose = {"script": "tflearn_sin.py"}, random.Random(2)
    with scratch() as directory:
        status, printed = run([*PART_7, "2"], "--model-dir", directory, "--out", os.path.join(directory, "out"))
        with open(os.path.join(directory, "options.json")) as file:
            settings = json.load(file)
        for name, count in (("model.ckpt-2.index", 120), ("model.ckpt-2.data-00000-of-00001", 40), ("checkpoint", 40)):
            path = os.path.join(directory, name)
            with open(path, "rb") as file:
                whole = file.read()
            for number in range(count):
                content = bytearray(whole)
                if number % 4:
                    content[choose.randrange(len(whole))] ^= 1 << choose.randrange(8)
                elif number % 8:
                    del content[choose.randrange(len(whole)) :]
                else:
                    content = bytearray(choose.randbytes(len(whole)) if hasattr(choose, "randbytes") else b"x" * 99)
                with open(path, "wb") as file:
                    file.write(content)
                yield (
                    "%s %d" % (name, number),
                    in_child(lambda: refused_or(lambda: checkpoint.latest(directory, settings), 2)),
                )
            with open(path, "wb") as file:
                file.write(whole)


@group
def tf_config():
    """TF_CONFIG by hand: types, sizes, addresses: refused; one line on addresses that only TensorFlow can refuse."""
    import types

    from common import tasks

    chosen = types.SimpleNamespace(model_dir="model", threads=1, session_creation_timeout=1)
    jobs, task = {"ps": ["127.0.0.1:29001"], "worker": ["127.0.0.1:29002"]}, {"type": "worker", "index": 0}
    odd = [5, -1, 1.5, True, None, "", "x", [], [[]], [None], {}, {"a": {}}, 10**30, "\x1b[2J", "x" * 10**6]
    texts = [
        "[]",
        "3",
        "null",
        "true",
        '"x"',
        "{",
        "[[",
        "[" * 10**5,
        '{"a":' * 10**5,
        "NaN",
        '{"task": {"index": 1e999}}',
    ]
    texts += [json.dumps({"cluster": one, "task": task}) for one in odd]
    texts += [json.dumps({"cluster": jobs, "task": one}) for one in odd if one not in (None, {}, [], "")]
    texts += [
        json.dumps({"cluster": jobs, "task": dict(task, index=one)}) for one in odd if one and one not in (1, 1.5)
    ]
    texts += [json.dumps({"cluster": jobs, "task": dict(task, type=one)}) for one in odd]
    texts += [json.dumps({"cluster": dict(jobs, worker=one), "task": task}) for one in odd]
    texts += [json.dumps({"cluster": dict(jobs, worker=[one]), "task": task}) for one in odd]
    texts += [json.dumps({"cluster": jobs, "task": task, "model_dir": one}) for one in odd if one not in (None, "")]
    for wrong in ("a", "a:", ":5", "a:0", "a:b", "a:123456", "[::1", "\u6f22:5", "a\0b:5", "a b:5", "a:5\n", "a:-1"):
        texts.append(json.dumps({"cluster": dict(jobs, worker=[wrong]), "task": task}))
    for text in texts:
        os.environ["TF_CONFIG"] = text
        yield text[:60], refused_or(lambda: tasks.of_environment(9, chosen), None)
    del os.environ["TF_CONFIG"]

    def started(case):
        number, (job, address) = case
        address = address.replace("PORT", str(29100 + number))  # of its own: two cases run at a time
        with scratch() as directory:
            places = ["--model-dir", directory, "--out", directory, "--session-creation-timeout", "1"]
            cluster = {"ps": ["127.0.0.1:29001"], "worker": ["127.0.0.1:%d" % (29200 + number)], job: [address]}
            config = json.dumps({"cluster": cluster, "task": {"type": "worker", "index": 0}})
            found = run([*PART_7, "2"], *places, environment={"TF_CONFIG": config})
            *warnings, last = found[1].splitlines() or [""]
            held = found[0] == 1 and "error: " in last and all("listens on all network" in line for line in warnings)
            return "%s %s" % (job, address), [] if held else ["%s: %s" % (found[0], found[1][-300:])]

    addresses = ("999.999.999.999:PORT", "a..b:PORT", "no-such-host.invalid:PORT", "127.0.0.1:70000", "_:PORT")
    addresses += ("-:PORT", "%s:PORT" % ("x" * 250), "[::1]:PORT", "[1:2]:PORT", "0.0.0.0:PORT")
    yield from two_at_a_time(started, enumerate(itertools.product(("ps", "worker"), addresses)))
