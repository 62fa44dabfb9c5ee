"""Executes a script as if only numpy were installed: without_packages.py SCRIPT ARGUMENTS."""

import runpy
import sys

del sys.argv[0]
for name in ("tensorflow", "tqdm", "matplotlib", "tf_slim"):
    sys.modules[name] = None
runpy.run_path(sys.argv[0], run_name="__main__")
