"""What Python shows a program of itself."""

import os
import pickle
import sys


class A:
    pass


if __name__ == "__main__":
    print(__name__, __file__, sys.argv, sys.path, sys.modules["__main__"].__file__, __package__, __spec__)
    print(sys.flags, sys.warnoptions, sys._xoptions, sys.stdout.encoding, sys.stdin.read())
    print(type(pickle.loads(pickle.dumps(A()))) is A, flush=True)
    if os.fork():
        os.wait()
    else:
        print("child", flush=True)
        os._exit(0)
    os.chdir("/")
    sys.exit(3)
