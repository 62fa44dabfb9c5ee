"""A Python of a different version that has only some of the modules: other_python.py VERSION MODULES COMMAND LINE."""

import sys

version, modules = sys.argv[1:3]
code = sys.argv[sys.argv.index("-c") + 1] if "-c" in sys.argv else ""
sys.version_info = tuple(int(number) for number in version.split(".")) + ("final", 0)
if "--version" in sys.argv:
    print("Python %s" % version)
elif code.startswith("import ensurepip"):
    sys.exit(0 if "venv" in modules else 1)
else:
    exec(code)
