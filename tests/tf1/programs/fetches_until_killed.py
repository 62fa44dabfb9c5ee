"""The same, killed when the COUNTth file of the cache is opened, renamed or removed: COUNT JSON FILES."""

import os
import runpy
import signal
import sys

count = int(sys.argv.pop(1))


def hook(event, arguments):
    global count
    if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir") and "/cache" in str(arguments[0]):
        count -= 1
        if count < 0:
            os.kill(os.getpid(), signal.SIGKILL)


program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fetches.py")
sys.addaudithook(hook)
runpy.run_path(program, run_name="__main__")
