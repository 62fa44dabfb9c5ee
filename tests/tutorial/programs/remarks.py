"""Writes much to standard error, then a line to standard output."""

import sys

from common import console, errors


def main():
    for _ in range(3):
        console.remark("a remark")
        print("x" * 5000, file=sys.stderr)
    print("done")


errors.run(main)
