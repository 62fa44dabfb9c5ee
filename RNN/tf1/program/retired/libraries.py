"""Names of matplotlib, Pillow and protobuf as of 2019, and figures on a machine without a screen."""

import functools
import importlib
import os
import sys

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


def _h5py(module):
    """h5py 2 opened a file without a mode for reading and writing, else for reading, else made it."""
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


RESTORED = {
    "h5py": _h5py,
    "PIL.Image": _pillow,
    "google.protobuf.text_format": _text_format,
    "matplotlib": _matplotlib,
    "matplotlib.pyplot": _pyplot,
}
