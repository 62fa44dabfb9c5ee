"""Ctrl-C: one handler with two states. Imports little: it must be in place before everything else is imported."""

import _signal as signal  # built in; the module signal imports more
import os
import sys

started = False  # whether errors.run has called the program; before that, modules are imported
_held_back = []  # the HeldBack that are entered
_screen = []  # a second descriptor of standard error, which is redirected while TensorFlow loads


def listen():
    """Sets the handler, unless Ctrl-C is ignored (nohup) or handled otherwise; returns the handler before."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        try:
            signal.signal(signal.SIGINT, on_ctrl_c)
            _screen[:] = _screen or [os.dup(2)]
        except (ValueError, OSError):  # not in the main thread, which alone receives signals; standard error is closed
            pass
    return before


def on_ctrl_c(signum, frame):
    """The handler: notes the first Ctrl-C inside HeldBack, else ends the program."""
    if _held_back and not _held_back[-1].pressed:
        _held_back[-1].pressed = True
        return
    while started and frame is not None and not frame.f_code.co_filename.startswith("<frozen importlib"):
        frame = frame.f_back
    if started and frame is None:
        ignore_unfinished_objects()
        raise KeyboardInterrupt
    # an exception in the middle of an import ends in a traceback, or is swallowed
    try:
        for screen in _screen:
            os.write(screen, ("%s: interrupted\n" % program()).encode("utf-8", "backslashreplace"))
    finally:
        os._exit(130)


def ignore_unfinished_objects():
    """A signal raises its exception anywhere: an object may be left unfinished, and its ``__del__`` then fail."""
    sys.unraisablehook = lambda unraisable: None


def program():
    """The name of the running program, for messages."""
    directory, name = os.path.split(os.path.abspath(sys.argv[0]))
    return "python -m " + os.path.basename(directory) if name == "__main__.py" else name


class HeldBack:
    """A context in which the first Ctrl-C is only noted, in ``pressed``; the second ends the program.

    Raises:
        KeyboardInterrupt: at the end, if Ctrl-C was pressed.
    """

    def __enter__(self):
        self.pressed = False
        _held_back.append(self)
        return self

    def __exit__(self, kind, error, traceback):
        _held_back.remove(self)
        if self.pressed and kind is None:
            raise KeyboardInterrupt
