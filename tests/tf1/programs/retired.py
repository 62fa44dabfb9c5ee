"""Names and behaviors that Python and numpy have removed or changed since 2019, as JSON: {subject: values}."""

import base64
import collections
import configparser
import fractions
import imp
import importlib
import inspect
import json
import os
import pickle
import sys
import threading
import time
import unittest
from unittest import mock

import numpy as np

found = {}
found["collections"] = [collections.Mapping.__name__, isinstance({}, collections.MutableMapping), collections.Callable.__name__]
found["inspect"] = list(inspect.getargspec(lambda a, b=1, *c, **d: 0))
found["other modules"] = [
    fractions.gcd(4, 6),
    time.clock() >= 0,
    threading.current_thread().isAlive(),
    base64.decodestring(base64.encodestring(b"a")).decode(),
    hasattr(configparser.SafeConfigParser(), "readfp"),
]


class Test(unittest.TestCase):
    def test(self):
        self.assertEquals(1, 1)
        self.assertItemsEqual([1, 2], [2, 1])
        self.assert_(True)
        with self.assertRaisesRegexp(ValueError, "wrong"):
            raise ValueError("wrong")


found["unittest"] = [Test("test").run().wasSuccessful()]

with open("by_path.py", "w") as file:
    file.write("import numpy as np\nVALUE = np.float(3)\n")
by_path = imp.load_source("by_path", "by_path.py")
again = imp.load_module("again", *imp.find_module("by_path", ["."]))
found["imp"] = [by_path.VALUE, again.VALUE, imp.reload(json) is json, imp.new_module("new").__name__]

found["numpy names"] = [np.bool is bool, np.int is int, np.float(2), np.object is object, np.str is str, np.long is int]
found["numpy names"] += [str(np.NaN), np.Inf == np.PINF, np.float_ is np.float64, np.unicode_ is np.str_, np.product([2, 3]).item()]
found["numpy names"] += [np.asscalar(np.ones(1)), np.alltrue([True]).item(), np.in1d([1, 2], [2]).tolist(), np.rank([[1]])]
found["numpy names"] += [np.row_stack([[1], [2]]).tolist(), np.trapz([1, 1]).item(), np.lib.pad([1], 1, "constant").tolist()]
found["numpy names"] += [np.mat([1]).shape, np.loads(np.array([1]).dumps()).tolist(), np.random.seed is not None]
found["numpy names"] += ["sum" in dir(np), "float" in dir(np)]

a = np.array([1, 2])
a.itemset(1, 5)
found["numpy arrays"] = [a.tolist(), a.ptp().item(), len(a.tostring()), repr(np.float32(1.5)), str([np.float32(1.5)])]
found["numpy arrays"] += [np.array(a, copy=False) is a, np.array(a, float, copy=False).tolist(), np.array(a) is a]
found["numpy arrays"] += [np.array([[1, 2], [3]]).dtype.name, np.fromstring(b"ab", np.uint8).tolist(), np.array(["a", 1]).dtype.str[1:]]
found["numpy arrays"] += [np.vstack(x for x in ([1], [2])).tolist(), np.histogram([1, 2], 2, normed=True)[0].tolist()]
found["numpy arrays"] += [np.issubdtype(np.float32, np.float), np.issubdtype(np.int32, int), (np.float32(1) * 1.5).dtype.name]
found["numpy arrays"] += [(np.float32(3) + 1e-9).dtype.name, str((np.array([1], np.uint8) + 1).dtype)]

found["pickles"] = [pickle.loads(pickle.dumps(f)) is f for f in (np.sum, np.array, np.vstack, np.load, np.asarray, np.in1d)]

with mock.patch("numpy.zeros", lambda *a: "patched"), mock.patch("time.time", lambda: 5), mock.patch("numpy.array", len):
    found["mock.patch"] = [np.zeros(1), time.time(), np.array([1, 2])]
found["mock.patch"] += [np.zeros(1).tolist(), time.time() > 5, np.array([1]).tolist(), "array" in vars(np)]

np.bool = "mine"
found["set"] = [np.bool, sys.modules["numpy"].bool, importlib.import_module("numpy") is np]
del np.bool
found["set"] += [np.bool is bool]
found["reload"] = [importlib.reload(np) is np, importlib.reload(time).clock() >= 0, np.float(1), np.array([[1], [2, 3]]).dtype.name]

import builtins
import gettext

builtins.unicode = str
gettext.install("program")
with open("uses_builtins.py", "w") as file:
    file.write("VALUE = unicode(_('text'))\n")
sys.path.insert(0, os.getcwd())
found["builtins"] = [importlib.import_module("uses_builtins").VALUE]

if sys.argv[1:]:  # a directory with a library
    sys.path.insert(0, sys.argv[1])
    import today_library

    found["libraries"] = [today_library.bool is np.bool_, today_library.array is not np.array, today_library.float is float]
print(json.dumps(found))
