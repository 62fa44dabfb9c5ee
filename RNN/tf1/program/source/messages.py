"""Messages of protocol buffers in files that protoc wrote before 2022, 1.15.5's own and those of old libraries.

The protobuf of today refuses to execute these files, so the messages are built from the descriptors in them.
"""

import ast
import importlib
import importlib.abc
import importlib.machinery
import marshal

from tf1.program.source import fetch


def with_old_messages(spec):
    """A module's spec, with another loader if it has a file that today's protobuf refuses."""
    if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
        source = spec.loader.get_data(spec.origin)
        if b"serialized_pb=" in source:
            spec.loader = _Loader(lambda: _parse(source))
    return spec


def loader(file):
    """The loader of a file ``*_pb2.py`` of the wheels; what it needs of that file is kept in the cache."""

    def parts():
        key = fetch.sources().digests[file]
        stored = fetch.load(key)
        if stored is None:
            stored = marshal.dumps(_parse(fetch.sources().read(file)))
            fetch.store(key, stored)
        return marshal.loads(stored)

    return _Loader(parts)


class _Loader(importlib.abc.Loader):
    """Fills a module with messages.

    Args:
        parts: function that returns (serialized descriptor, modules it imports, modules whose names it exports).
    """

    def __init__(self, parts):
        self._parts = parts

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
        builder.BuildMessageAndEnumDescriptors(descriptor, names)
        builder.BuildTopDescriptorsAndMessages(descriptor, module.__name__, names)
        for name in exported:
            for key, value in vars(importlib.import_module(name)).items():
                if not key.startswith("_") and key != "DESCRIPTOR":
                    names.setdefault(key, value)


def _parse(source):
    nodes = list(ast.walk(ast.parse(source)))
    (value,) = [n.value for n in nodes if isinstance(n, ast.keyword) and n.arg == "serialized_pb"]
    literal = value.args[0].value if isinstance(value, ast.Call) else value.value  # _b('...') if also for Python 2
    froms = [n for n in nodes if isinstance(n, ast.ImportFrom) and not n.module.startswith("google.protobuf.internal")]
    imported = [n.module + "." + alias.name for n in froms for alias in n.names if alias.name.endswith("_pb2")]
    imported += [a.name for n in nodes if isinstance(n, ast.Import) for a in n.names if a.name.endswith("_pb2")]
    serialized = literal if isinstance(literal, bytes) else literal.encode("latin1")
    return serialized, imported, [n.module for n in froms if n.names[0].name == "*"]
