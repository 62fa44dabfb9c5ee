"""The command ``tf1``: runs an old TensorFlow 1 program as it is."""

import os
import sys

USAGE = """\
usage: tf1 program.py [its own options]    run a TensorFlow 1 program, unchanged
       tf1 -m module [its own options]     the same for a module
       tf1 -c "code" [its own options]     the same for a string; tf1 - reads it from standard input
       tf1 --fetch [WHEEL]                 get TensorFlow 1.15.5's tf.contrib now: by pip, or from a file
       tf1 --version | --help

tf.contrib is fetched (110 MB, once) for the first program that needs it, and kept in the user's cache directory
or in the directory that TF1_CACHE names."""


def main():
    """Runs the command line in sys.argv.

    Raises:
        SystemExit: with the program's own status; 2 for a wrong command line, 1 if contrib cannot be fetched.
    """
    from tf1 import runner, wheel

    arguments = sys.argv[1:]
    option = arguments[0] if arguments else "--help"
    try:
        if option in ("--help", "-h"):
            print(USAGE)
        elif option == "--version":
            print(runner.version())
        elif option == "--fetch" and len(arguments) <= 2:
            print(wheel.fetch(*arguments[1:]))
        elif option in ("-m", "-c") and len(arguments) > 1:
            runner.run(option, arguments[1], arguments[2:])
        elif option.startswith("-") and option != "-":
            sys.stderr.write("tf1: wrong command line: %s\n%s\n" % (" ".join(arguments), USAGE))
            sys.exit(2)
        else:
            runner.run("", option, arguments[1:])
    except wheel.WheelError as error:
        sys.exit("tf1: error: %s" % error)


if __name__ == "__main__":
    if not __package__:  # python RNN/tf1: Python put this directory on the path, where the package's own is needed
        sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        from tf1.__main__ import main
    main()
