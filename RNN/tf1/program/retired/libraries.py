"""Names of other libraries as of 2019, and matplotlib's figures on a machine without a screen."""

import functools
import importlib
import os
import sys

from tf1.program.retired.callers import is_old_code

_NO_SCREEN = {"agg", "cairo", "pdf", "pgf", "ps", "svg", "template"}
_saved = []


def _matplotlib(module):
    module.use = lambda backend, *args, **kwargs: _switch_backend(backend)


def _switch_backend(newbackend):
    """matplotlib.use: Agg in place of a backend that needs a screen, or a toolkit that is not installed."""
    importlib.import_module("matplotlib.pyplot").switch_backend(newbackend)


def _pyplot(module):
    switch, show = module.switch_backend, module.show

    @functools.wraps(switch)
    def switch_backend(newbackend):
        try:
            switch(newbackend)
        except ImportError:
            switch("agg")

    @functools.wraps(show)
    def show_or_save(*args, **kwargs):
        """Without a screen the figures are saved in the working directory."""
        if module.get_backend().lower() not in _NO_SCREEN:
            return show(*args, **kwargs)
        program = os.path.splitext(os.path.basename(sys.argv[0]))[0] or "program"
        for number in module.get_fignums():
            path = os.path.abspath("%s_figure_%d.png" % (program, len(_saved) + 1))
            module.figure(number).savefig(path)
            _saved.append(path)
            sys.stderr.write("tf1: no screen; the figure is saved as %s\n" % path)
        module.close("all")

    module.switch_backend, module.show = switch_backend, show_or_save


def _pillow(module):
    for old, new in (("ANTIALIAS", "LANCZOS"), ("CUBIC", "BICUBIC"), ("LINEAR", "BILINEAR")):
        if not hasattr(module, old):
            setattr(module, old, getattr(module, new))


def _text_format(module):
    """protobuf 6 has no parameter float_format."""
    for name in ("MessageToString", "MessageToBytes", "PrintMessage"):
        function = getattr(module, name, None)
        if function is not None:
            setattr(module, name, _without_float_format(function))


def _without_float_format(function):
    @functools.wraps(function)
    def print_message(*args, float_format=None, double_format=None, **kwargs):
        return function(*args, **kwargs)

    return print_message


def _gast(module):
    """All literals are of one class since Python 3.8."""
    for name in ("Num", "Str", "Bytes", "Ellipsis", "NameConstant"):
        if not hasattr(module, name):
            setattr(module, name, module.Constant)


def _h5py(module):
    """h5py 2: the mode of a file, the types of strings in old code, and ``Dataset.value``.

    Its mode was, without one, that of an existing file that may be written, else read, else a new file. ASCII strings
    of attributes were bytes, and strings of data sets str.
    """
    initialize = module.File.__init__

    @functools.wraps(initialize)
    def __init__(self, name, mode=None, *args, **kwargs):
        for attempt in (mode,) if mode else ("r+", "r", "w-"):
            try:
                return initialize(self, name, attempt, *args, **kwargs)
            except OSError:
                if attempt in (mode, "w-"):
                    raise

    module.File.__init__ = __init__
    here = os.path.dirname(module.__file__)

    def replace_strings(kind, encoding, type_of, replace):
        read = kind.__getitem__

        @functools.wraps(read)
        def __getitem__(self, key, **kwargs):
            value = read(self, key, **kwargs)
            if isinstance(value, (str, bytes)) or getattr(value, "dtype", None) == "O":
                strings = module.check_string_dtype(type_of(self, key))
                if strings and strings.encoding == encoding and strings.length is None and is_old_code(here):
                    return _in_each(replace, value)
            return value

        kind.__getitem__ = __getitem__

    replace_strings(module.AttributeManager, "ascii", lambda attributes, key: attributes.get_id(key).dtype, _encode)
    replace_strings(module.Dataset, "utf-8", lambda dataset, key: dataset.dtype, _decode)
    module.Dataset.value = property(lambda dataset: dataset[()])


def _encode(value):
    return value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value


def _decode(value):
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value


def _in_each(function, value):
    """A string, or an array of strings of any shape, by a function of a string."""
    if not hasattr(value, "dtype"):
        return function(value)
    result = value.copy()
    result.flat = [function(element) for element in value.flat]
    return result


RESTORED = {
    "gast": _gast,
    "h5py": _h5py,
    "PIL.Image": _pillow,
    "google.protobuf.text_format": _text_format,
    "matplotlib": _matplotlib,
    "matplotlib.pyplot": _pyplot,
}
