"""The command ``tf1``: runs an unchanged TensorFlow 1 program."""

import _signal  # built in: Ctrl-C during the other imports ends this process without a traceback

if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)

import os  # noqa: E402
import sys  # noqa: E402

USAGE = """\
usage: tf1 program.py [its own options]    run a TensorFlow 1 program, unchanged
       tf1 -m module [its own options]     the same for a module: tf1 -m pytest tests/
       tf1 -c "code" [its own options]     the same for a string; tf1 - reads it from standard input
       tf1 notebook.ipynb                  execute a notebook's cells (in Jupyter: %load_ext tf1 in the first cell)
       tf1 --fetch [WHEEL...]              get TensorFlow 1.15.5's Python files now: by pip, or from files
       tf1 --version | --help

Python's own options (-u, -i, -O, -W, -X) may come before the program. What the program starts with python runs as it
does. TensorFlow 1.15.5's Python files are fetched (111 MB, once) for the first program that imports TensorFlow, and
kept in the user's cache directory or in the directory that TF1_CACHE names."""


def main():
    """Runs the command line in sys.argv.

    Raises:
        SystemExit: with the program's own status; 2 for a wrong command line, 1 if 1.15.5's files cannot be fetched.
    """
    arguments = sys.argv[1:]
    option = arguments[0] if arguments else "--help"
    try:
        if option in ("--help", "-h"):
            print(USAGE, flush=True)
        elif option in ("--version", "-V"):
            print(version(), flush=True)
        elif option == "--fetch":
            _fetch(arguments[1:])
        elif option.startswith("--") and not option.startswith("--check-hash-based-pycs"):
            sys.stderr.write("tf1: wrong command line: %s\n%s\n" % (" ".join(arguments), USAGE))
            sys.exit(2)
        else:
            from tf1.program.start import start

            start(arguments)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:  # standard output is full, or its reader has ended
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(1 if isinstance(error, BrokenPipeError) else "tf1: error: standard output: %s" % error.strerror)


def _fetch(files):
    if _signal.getsignal(_signal.SIGINT) == _signal.SIG_DFL:
        _signal.signal(_signal.SIGINT, _signal.default_int_handler)  # which removes what is half done
    from tf1.program.source.fetch import FetchError, fetch

    try:
        print(fetch(*files).directory)
    except FetchError as error:
        sys.exit("tf1: error: %s" % error)


def version():
    """The line of ``tf1 --version``: the versions that a bug report needs."""
    from importlib import metadata

    def of(distribution):
        try:
            return metadata.version(distribution)
        except metadata.PackageNotFoundError:
            return "(not installed)"

    parts = ["%s %s" % (name, of(name)) for name in ("tensorflow", "numpy")] + ["Python " + sys.version.split()[0]]
    return "tf1 %s: TensorFlow 1.15.5 on %s" % (of("tf1-runner"), ", ".join(parts))


if __name__ == "__main__":
    if not __package__:  # python RNN/tf1: Python put this directory on the path, where the package's own is needed
        sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        from tf1.__main__ import main
    main()
