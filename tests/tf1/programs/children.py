"""Starts child processes in the ways that programs do; each reports whether time.clock, which Python removed, is there."""

import concurrent.futures
import json
import multiprocessing
import os
import subprocess
import sys

import numpy as np

CODE = "import time, sys; print(hasattr(time, 'clock'))"
REAL = np.float  # numpy's name of 2018, when a child imports this file


def double(number):
    return np.float(2 * number)


def output(*command, **options):
    return subprocess.check_output(command, universal_newlines=True, **options).strip()


if __name__ == "__main__":
    found = {"itself": output(sys.executable, "-c", CODE), "python": output("python", "-c", CODE)}
    found["-I"] = output(sys.executable, "-I", "-c", CODE)
    found["-E"] = output(sys.executable, "-E", "-c", CODE)
    found["a shell"] = output("cd / && python -c \"%s\"" % CODE, shell=True)
    found["a Python of its own"] = output(sys.argv[1], "-c", CODE)
    found["without our variable"] = output(
        sys.executable, "-c", CODE, env={k: v for k, v in os.environ.items() if k != "TF1_PROGRAM"}
    )
    sys.stdout.flush()
    found["os.system"] = os.system("python -c \"import time; time.clock()\"")
    for method in ("fork", "spawn", "forkserver"):
        with multiprocessing.get_context(method).Pool(1) as pool:
            found[method] = pool.map(double, [1]) + [int(n) for n in pool.map(np.sum, [[1, 2]])]
            found[method] += [a.tolist() for a in pool.map(np.array, [[1, 2]])]
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        found["executor"] = list(pool.map(double, [1]))
    print(json.dumps(found))
