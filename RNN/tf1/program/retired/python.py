"""Names that Python has removed since 3.7, for all code: no library uses them or checks for them."""

import collections
import importlib

ArgSpec = collections.namedtuple("ArgSpec", "args varargs keywords defaults")


def _aliases(*pairs):
    """A function that adds old names to a module, or to a class in it."""

    def restore(module):
        for place, names in pairs:
            owner = getattr(module, place) if place else module
            for old, new in names.items():
                if not hasattr(owner, old) and hasattr(owner, new):
                    setattr(owner, old, getattr(owner, new))

    return restore


def _collections(module):
    abstract = importlib.import_module("collections.abc")
    for name in abstract.__all__:
        if not hasattr(module, name):
            setattr(module, name, getattr(abstract, name))


def _inspect(module):
    if not hasattr(module, "getargspec"):
        module.ArgSpec, module.getargspec = ArgSpec, getargspec


def getargspec(func):
    """inspect.getargspec: names of positional parameters, of *args and **kwargs, and defaults."""
    return ArgSpec(*importlib.import_module("inspect").getfullargspec(func)[:4])


def _fractions(module):
    module.gcd = importlib.import_module("math").gcd


def _random(module):
    """Takes a seed of any type that has a hash (numpy's integers), and whole floats for a range."""
    seed, randrange = module.Random.seed, module.Random.randrange

    def seed_with(self, a=None, version=2):
        known = isinstance(a, (type(None), int, float, str, bytes, bytearray))
        seed(self, a if known else hash(a), version)

    def randrange_of(self, *args, **kwargs):
        return randrange(self, *map(_whole, args), **{name: _whole(value) for name, value in kwargs.items()})

    module.Random.seed, module.Random.randrange = seed_with, randrange_of
    module.seed, module.randrange = module._inst.seed, module._inst.randrange


def _whole(number):
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _threading(module):
    _aliases(("Thread", {"isAlive": "is_alive"}))(module)
    module.Condition.notifyAll = lambda self: self.notify_all()  # which warns, at every session.run


_ASSERTIONS = dict(assert_="assertTrue", assertRaisesRegexp="assertRaisesRegex", assertItemsEqual="assertCountEqual")
_ASSERTIONS.update(assertRegexpMatches="assertRegex", assertNotRegexpMatches="assertNotRegex")
_ASSERTIONS.update({"assert%ss" % n: "assert" + n for n in ("Equal", "NotEqual", "AlmostEqual", "NotAlmostEqual")})

# module -> function(module), called when it is loaded
RESTORED = {
    "base64": _aliases(("", {"encodestring": "encodebytes", "decodestring": "decodebytes"})),
    "collections": _collections,
    "configparser": _aliases(("", {"SafeConfigParser": "ConfigParser"}), ("RawConfigParser", {"readfp": "read_file"})),
    "fractions": _fractions,
    "inspect": _inspect,
    "random": _random,
    "threading": _threading,
    "time": _aliases(("", {"clock": "process_time"})),
    "unittest.case": _aliases(("TestCase", _ASSERTIONS)),
}
