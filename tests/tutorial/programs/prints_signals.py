"""Waits for a signal, prints its number, and ends as a part does."""

import signal
import sys


def end(number, frame):
    print("child got", int(number), flush=True)
    sys.exit(130 if number == signal.SIGINT else 7)


for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, end)
print("child runs", flush=True)
signal.pause()
