"""Sends itself the signal in its argument while the standard error of a library is held back."""

import os
import sys

from common import errors

from tf1.installed import loading


def main():
    with loading.quiet():
        os.write(2, b"noise of a library")
        os.kill(os.getpid(), int(sys.argv[1]))
        raise RuntimeError


errors.run(main)
