"""Executes an old program as ``__main__``, as python would."""

import importlib.machinery
import importlib.util
import os
import sys
import types
import warnings

from tf1 import changed, retired, startup, view


def version():
    """What ``tf1 --version`` prints."""
    return "tf1: TensorFlow %s by TensorFlow %d.%d" % ((changed.VERSION,) + startup.installed_version())


def prepare():
    """Makes this process one that runs an old program: what it imports from now on is as it was."""
    os.environ.setdefault("NPY_PROMOTION_STATE", "legacy")  # float + np.float32 is a double, as before numpy 2
    warnings.filterwarnings("ignore", "NPY_PROMOTION_STATE")  # numpy 2.2 and newer do not know it
    if not sys.warnoptions:
        for category in (DeprecationWarning, SyntaxWarning):  # younger than the program
            warnings.simplefilter("ignore", category)
    if startup.installed_version() >= (2, 0):
        sys.meta_path.insert(0, view.Finder())
        startup.leave_contrib_to_the_runner()


def run(option, program, arguments):
    """Executes a program; what it raises reaches the caller, and Python's own report shows the program's lines only.

    Args:
        option: "-m" for a module, "-c" for code, "" for a file, a directory with a __main__.py, or "-": standard input.
        program: the module, code or path.
        arguments: the program's sys.argv[1:].
    """
    sys.path[0] = os.getcwd() if option == "-m" else ""
    if not option and program != "-":
        sys.path[0] = os.path.dirname(os.path.realpath(program))
    sys.argv = [option if option == "-c" else program] + arguments
    prepare()
    main = types.ModuleType("__main__")
    if startup.installed_version() >= (2, 0):
        main.__builtins__ = view.program_builtins()
    sys.modules["__main__"] = main
    try:
        exec(_code(option, program, main), vars(main))
    except SystemExit:
        raise
    except BaseException:
        hook = sys.excepthook  # perhaps the program's own

        def report(kind, error, traceback):
            hook(kind, error, _without_our_frames(error))
            sentence = retired.python_2(error)
            if sentence:
                sys.stderr.write("tf1: %s\n" % sentence)

        sys.excepthook = report
        raise


def _code(option, program, main):
    """Reads and compiles the program, and sets what python sets on its module."""
    if option == "-m":
        return _module_code(program, main)
    if option == "-c":
        return compile(program, "<string>", "exec", dont_inherit=True)
    if program == "-":
        return compile(sys.stdin.buffer.read(), "<stdin>", "exec", dont_inherit=True)
    if os.path.isdir(program):
        sys.path[0] = program
        spec = importlib.machinery.PathFinder.find_spec("__main__", [program])
        if spec is None:
            sys.exit("tf1: can't find '__main__' module in %r" % os.path.abspath(program))
        return _code_of(spec, main)
    try:
        with open(program, "rb") as file:
            source = file.read()
    except OSError as error:
        sys.stderr.write("tf1: can't open file %r: %s\n" % (os.path.abspath(program), error))
        sys.exit(2)
    if b"\0" in source:
        raise SyntaxError("source code cannot contain null bytes", (program, 1, 0, ""))
    main.__file__ = os.path.abspath(program)
    main.__cached__ = None
    main.__loader__ = importlib.machinery.SourceFileLoader("__main__", main.__file__)
    return compile(source, main.__file__, "exec", dont_inherit=True)


def _module_code(name, main):
    view.also_the_program.add(name)  # pdb and unittest import themselves again, and execute the program there
    spec = importlib.util.find_spec(name)
    if spec is None:
        sys.exit("tf1: No module named %s" % name)
    if spec.submodule_search_locations is not None:
        spec = importlib.util.find_spec(name + ".__main__")
        if spec is None:
            sys.exit("tf1: No module named %s.__main__; %r is a package and cannot be directly executed" % (name, name))
    return _code_of(spec, main)


def _code_of(spec, main):
    sys.argv[0] = main.__file__ = spec.origin
    main.__spec__, main.__package__, main.__loader__ = spec, spec.parent, spec.loader
    return spec.loader.get_code(spec.name)


def _without_our_frames(error):
    """Takes the frames of tf1 and of the import system out of the tracebacks of an error and of what caused it.

    Returns:
        The error's traceback, None if nothing is left.
    """
    seen = set()
    causes = [error]
    while causes:
        cause = causes.pop()
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        causes += [cause.__cause__, cause.__context__]
        kept = None
        for entry in reversed(list(_entries(cause.__traceback__))):
            if not _is_ours(entry.tb_frame.f_code.co_filename):
                entry.tb_next = kept
                kept = entry
        cause.__traceback__ = kept
    return error.__traceback__


def _entries(traceback):
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


_HIDDEN = (
    os.path.dirname(os.path.abspath(__file__)) + os.sep,
    importlib.__file__,
    "<frozen importlib",
    "<frozen runpy",
)
_HIDDEN += (os.path.join(os.path.dirname(os.__file__), "runpy.py"),)  # not frozen up to Python 3.10


def _is_ours(file):
    return file.startswith(_HIDDEN)
