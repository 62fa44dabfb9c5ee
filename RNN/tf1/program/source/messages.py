"""1.15.5's messages of protocol buffers, built from the descriptors in its generated files.

protoc wrote those files in 2019, for a protobuf that later ones refuse.
"""

import ast
import importlib
import importlib.abc
import marshal
import os

from tf1.program.source import fetch


class Loader(importlib.abc.Loader):
    """Loads a file ``*_pb2.py`` of the wheels without executing it."""

    def __init__(self, name, file):
        self._file = file

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        from google.protobuf import descriptor_pool
        from google.protobuf.internal import builder

        serialized, imported, exported = self._parts()
        for name in imported:
            importlib.import_module(name)
        descriptor = descriptor_pool.Default().AddSerializedFile(serialized)
        names = vars(module)
        names["__file__"] = os.path.join(fetch.sources().directory, *self._file.split("/"))
        builder.BuildMessageAndEnumDescriptors(descriptor, names)
        builder.BuildTopDescriptorsAndMessages(descriptor, module.__name__, names)
        for name in exported:
            for key, value in vars(importlib.import_module(name)).items():
                if not key.startswith("_") and key != "DESCRIPTOR":
                    names.setdefault(key, value)

    def _parts(self):
        """(serialized descriptor, modules it imports, modules whose names it exports), kept in the cache."""
        key = fetch.sources().digests[self._file]
        stored = fetch.load(key)
        if stored is None:
            stored = marshal.dumps(_parse(fetch.sources().read(self._file)))
            fetch.store(key, stored)
        return marshal.loads(stored)


def _parse(source):
    nodes = list(ast.walk(ast.parse(source)))
    (literal,) = [n.value.args[0] for n in nodes if isinstance(n, ast.keyword) and n.arg == "serialized_pb"]
    froms = [n for n in nodes if isinstance(n, ast.ImportFrom) and n.module.startswith(("tensorflow", "google"))]
    imported = [n.module + "." + alias.name for n in froms for alias in n.names if alias.name.endswith("_pb2")]
    return literal.value.encode("latin1"), imported, [n.module for n in froms if n.names[0].name == "*"]
