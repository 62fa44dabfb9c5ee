"""Ctrl-C while a net is trained: noticed between two steps, where the weights and the losses kept agree."""

import contextlib
import signal
import threading


@contextlib.contextmanager
def deferred():
    """Holds the first Ctrl-C back; the second ends the program at once.

    Yields:
        A function that tells whether Ctrl-C was pressed since.
    """
    pressed = []

    def note(signum, frame):
        pressed.append(signum)
        signal.signal(signal.SIGINT, before)

    in_main_thread = threading.current_thread() is threading.main_thread()
    before = signal.getsignal(signal.SIGINT)
    if in_main_thread:
        signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        if in_main_thread:
            signal.signal(signal.SIGINT, before)
