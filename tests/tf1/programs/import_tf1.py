import gc
import signal
import sys


def settings():
    return sys.excepthook, signal.getsignal(signal.SIGINT), gc.isenabled()


before = settings()
import tf1 as tf

print("changed:", before != settings())
print("loaded:", sorted({"tensorflow", "numpy"} & set(sys.modules)))
print(tf.Session.__name__, "tensorflow" in sys.modules, gc.isenabled())
print("of the runner:", [name for name in sys.modules if name.startswith(("tf1.program", "tf1.command", "tf1.__main__"))])
