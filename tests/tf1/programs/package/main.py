import sys

from .other import VALUE

print(VALUE, __name__, __package__, sys.argv[1:])
