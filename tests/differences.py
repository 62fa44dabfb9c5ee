"""Compares what an old program sees through tf1 with what TensorFlow 1.15.5 has, except for a list of differences.

A list is a text: a reason in a line that begins with #, below it the names that differ for that reason. A name may be
a pattern; " | 2.15" or " | 2.21" at its end restricts it to the TensorFlow of that line of versions.
"""

import fnmatch
import json
import os
import subprocess
import sys

TESTS = os.path.dirname(os.path.abspath(__file__))
REFERENCE = os.path.join(TESTS, "reference")
TF1 = os.path.join(os.path.dirname(TESTS), "RNN", "tf1")
LINE_OF_VERSIONS = "1.15" if sys.version_info < (3, 8) else "2.15" if sys.version_info < (3, 12) else "2.21"


def seen_by_a_program(script, *arguments):
    """What a script of this directory prints when tf1 runs it: JSON."""
    command = [sys.executable, TF1, os.path.join(TESTS, script)] + list(arguments)
    finished = subprocess.run(command, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


def compare(here, reference, differences):
    """Compares two dictionaries, and the list of their differences with what is found.

    Args:
        here: {name: text or None}.
        reference, differences: names of files in tests/reference/.

    Returns:
        Lines of text: differences that are not listed, and listed ones that are none.
    """
    with open(os.path.join(REFERENCE, reference)) as file:
        there = json.load(file)
    listed = names_in(os.path.join(REFERENCE, differences))
    plain = set(listed)
    patterns = [name for name in listed if name.endswith("*")]
    found, wrong = set(), []
    for name, text in there.items():
        if here.get(name) == text:
            continue
        matching = [name] if name in plain else [pattern for pattern in patterns if fnmatch.fnmatchcase(name, pattern)]
        found.update(matching)
        if not matching:
            wrong.append("%s\n  1.15.5: %s\n  here:   %s" % (name, text, here.get(name)))
    return wrong + ["listed, but no difference: " + name for name in listed if name not in found]


def names_in(path):
    """The names in a list that hold for this line of versions."""
    names = []
    with open(path) as file:
        for line in file.read().splitlines():
            name, _, only = line.rpartition(" | ") if line.endswith((" | 2.15", " | 2.21")) else (line, "", "")
            if line and not line.startswith("#") and only in ("", LINE_OF_VERSIONS):
                names.append(name)
    return names
