import sys


def hook(kind, error, trace):
    print("hook", error, trace.tb_lineno)


sys.excepthook = hook
1 / 0
