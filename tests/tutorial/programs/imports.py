"""Imports all scripts and modules of common, and prints the changes that this makes."""

import atexit
import importlib
import signal
import sys

registered = []
atexit.register = lambda function, *arguments, **more: registered.append(function.__module__)


def settings():
    hooks = sys.excepthook, getattr(sys, "unraisablehook", None)
    return {"hooks": hooks, "streams": (sys.stdout, sys.stderr), "Ctrl-C": signal.getsignal(signal.SIGINT)}


before = settings()
for module in ("checkpoint", "diagrams", "digits", "errors", "figures", "npz", "options", "records", "run", "weights"):
    importlib.import_module("common." + module)
importlib.import_module("tf1.examples.tutorials.mnist.input_data")
for script in sys.argv[1:]:
    importlib.import_module(script)
print("changed:", [name for name, setting in settings().items() if setting != before[name]])
print("registered:", [name for name in registered if name.partition(".")[0] in ("common", "tf1", *sys.argv[1:])])
print("loaded:", [name for name in ("tensorflow", "matplotlib") if name in sys.modules])
