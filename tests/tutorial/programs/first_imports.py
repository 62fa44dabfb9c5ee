"""Prints the first two modules that a command imports, after those that Python has loaded: first_imports.py PATH."""

import sys

import common.ctrl_c  # noqa: F401  so that what it imports itself is loaded

first = []


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        first.append(name)


path = sys.argv[1]
with open(path, encoding="utf-8") as file:
    source = compile(file.read(), path, "exec")
del sys.modules["common"], sys.modules["common.ctrl_c"]
sys.modules["__main__"].__file__ = path
sys.meta_path.insert(0, Finder)
try:
    exec(source, {"__name__": "program", "__file__": path})
finally:
    print(first[:2])
