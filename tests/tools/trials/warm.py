"""A process that has loaded TensorFlow and runs parts, one after the other, in forks of itself.

A line of standard input is a part: a JSON object of its arguments, environment and the file for its standard error. Its
process writes its number to standard output and begins after one more line; its status, negative after a signal,
follows when it has ended.
"""

import ctypes
import json
import os
import runpy
import signal
import sys
import tempfile

sys.path.insert(0, sys.argv[1])

from common import estimator_run, figures, monitor  # noqa: E402, F401

import tf1 as tf  # noqa: E402


def begin(arguments, environment, stderr):
    """Makes this process one of a part."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1))  # PR_SET_PTRACER: strace may attach
    os.write(1, b"%d\n" % os.getpid())
    requests.readline()
    nowhere, printed = os.open(os.devnull, os.O_RDWR), os.open(stderr, os.O_WRONLY)
    for descriptor, file in enumerate((nowhere, nowhere, printed)):
        os.dup2(file, descriptor)
    os.environ.update(environment)
    tempfile.tempdir = None  # TMPDIR may be a different one
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = arguments
    runpy.run_path(arguments[0], run_name="__main__")


tf.Session  # noqa: B018 loads TensorFlow
figures.new((1, 1, 50))  # loads matplotlib
signal.signal(signal.SIGINT, signal.SIG_IGN)
requests = open(0, "rb", buffering=0)
for line in requests:
    child = os.fork()
    if not child:
        begin(**json.loads(line))
        sys.exit()
    status = os.waitpid(child, 0)[1]
    os.write(1, b"%d\n" % (-os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)))
