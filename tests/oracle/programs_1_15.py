"""Runs the programs of tests/oracle/programs and records what each printed and the graphs it built.

    python3.7 tests/oracle/programs_1_15.py               on TensorFlow 1.15.5: adds new programs to tests/reference/
    python3.7 tests/oracle/programs_1_15.py --all         regenerates them
    python tests/oracle/programs_1_15.py OUT.json [NAME…]  writes the results of this TensorFlow, through tf1, to a file

TensorFlow is imported once; each program runs in a fork, in an empty working directory, on one thread.
"""

import argparse
import collections
import gzip
import json
import lzma
import os
import runpy
import shutil
import struct
import sys
import tempfile
import time
import traceback

ORACLE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(ORACLE)
PROGRAMS = os.environ.get("PROGRAMS_1_15") or os.path.join(ORACLE, "programs")
REFERENCE = os.path.join(TESTS, "reference", "contrib_1_15.json")
GRAPHS = os.path.join(TESTS, "reference", "contrib_1_15_graphs.json.xz")
TIME_LIMIT = 120  # seconds for one program


def names():
    """The programs, sorted; modules in subdirectories are not programs."""
    return sorted(name[:-3] for name in os.listdir(PROGRAMS) if name.endswith(".py"))


def write_digits(directory):
    """Small files in MNIST's format: 5,600 training and 200 test images, the same ones on every numpy."""
    import numpy

    os.makedirs(directory)
    for kind, count in (("train", 5600), ("t10k", 200)):
        labels = (numpy.arange(count) * 7 % 10).astype(numpy.uint8)
        images = numpy.zeros((count, 28, 28), numpy.uint8)
        images[numpy.arange(count), 2 * labels + 3, 4:24] = 255
        images[numpy.arange(count), :, numpy.arange(count) % 28] = 100
        with gzip.open(os.path.join(directory, kind + "-images-idx3-ubyte.gz"), "wb", 1) as file:
            file.write(struct.pack(">4i", 2051, count, 28, 28) + images.tobytes())
        with gzip.open(os.path.join(directory, kind + "-labels-idx1-ubyte.gz"), "wb", 1) as file:
            file.write(struct.pack(">2i", 2049, count) + labels.tobytes())


def describe(graph):
    """The content of a graph: operations as (name, type), those with seeds, and variables with shape and dtype."""
    operations, seeds = [], []
    for operation in graph.get_operations():
        operations.append((operation.name, operation.type))
        if "seed" in operation.node_def.attr and "seed2" in operation.node_def.attr:
            seeds.append((operation.name, operation.get_attr("seed"), operation.get_attr("seed2")))
    variables = []
    for variable in graph.get_collection("variables"):
        shape = variable.shape.as_list() if variable.shape.ndims is not None else None
        variables.append((variable.name, shape, variable.dtype.base_dtype.name))
    return {"operations": operations, "seeds": seeds, "variables": variables}


def _record_graphs(graph_class):
    """Makes graph_class remember its instances; returns their list. Graphs of functions are of subclasses."""
    graphs = []
    original = graph_class.__init__

    def remember(self, *arguments, **options):
        original(self, *arguments, **options)
        if type(self) is graph_class:
            graphs.append(self)

    graph_class.__init__ = remember
    return graphs


def _prepare(chosen):
    """Loads TensorFlow 1.15.5, on TensorFlow 2 by the runner, and contrib's larger modules if a program needs contrib.

    Returns:
        (run, graphs): run(path) runs a program; graphs is the list of the graphs that were built since.
    """
    modules = "import tensorflow"
    for name in chosen:
        with open(os.path.join(PROGRAMS, name + ".py"), encoding="utf-8") as file:
            if "contrib" in file.read():
                modules = "from tensorflow.contrib import layers, rnn, seq2seq"
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="2", TF_ENABLE_ONEDNN_OPTS="0", CUDA_VISIBLE_DEVICES="-1", MPLBACKEND="Agg")
    if hasattr(os, "sched_setaffinity"):  # TensorFlow takes as many threads as the process may use processors
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[-1]})
    if sys.version_info >= (3, 8):
        sys.path.insert(0, os.path.join(os.path.dirname(TESTS), "RNN"))
        from tf1.program import enter

        enter.enter()
        sys.path.pop(0)
    exec(modules, {})

    def run(path):
        sys.path.insert(0, os.path.dirname(path))
        runpy.run_path(path, run_name="__main__")

    from tensorflow.python.framework import ops

    return run, _record_graphs(ops.Graph)


def _in_child(run, graphs, name, directory, result):
    """The forked process: the program with its output in files of directory; writes result and ends."""
    status = 0
    os.chdir(directory)
    for number, file in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(os.path.join(result, file), os.O_WRONLY | os.O_CREAT, 0o644), number)
    path = os.path.join(PROGRAMS, name + ".py")
    sys.argv = [path]
    try:
        run(path)
    except SystemExit as ended:
        status = ended.code or 0
    except BaseException:
        traceback.print_exc()
        status = 1
    try:
        sys.stdout.flush()
        described = [describe(graph) for graph in graphs if hasattr(graph, "_collections")]  # or TensorFlow emptied it
        with open(os.path.join(result, "graphs"), "w") as file:
            json.dump([graph for graph in described if graph["operations"]], file)
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 1)


def run_all(chosen, report=None):
    """Runs programs one after the other. Returns {name: {status, printed, errors, graphs}}."""
    run, graphs = _prepare(chosen)
    results = collections.OrderedDict()
    with tempfile.TemporaryDirectory() as root:
        digits = os.path.join(root, "digits")
        write_digits(digits)
        for name in chosen:
            directory, result = os.path.join(root, name), os.path.join(root, name + ".result")
            os.makedirs(directory)
            os.makedirs(result)
            os.symlink(digits, os.path.join(directory, "MNIST_data"))
            start = time.time()
            child = os.fork()
            if not child:
                try:
                    _in_child(run, graphs, name, directory, result)
                finally:
                    os._exit(1)
            status = _wait(child)
            entry = {"status": status, "seconds": round(time.time() - start, 2)}
            for key, file in (("printed", "stdout"), ("errors", "stderr"), ("graphs", "graphs")):
                try:
                    with open(os.path.join(result, file), encoding="utf-8", errors="replace") as opened:
                        entry[key] = opened.read()
                except OSError:
                    entry[key] = ""
            entry["graphs"] = json.loads(entry["graphs"] or "[]")
            results[name] = entry
            if report:
                report("%-40s %s %5.1f s" % (name, status, entry["seconds"]))
            shutil.rmtree(directory)
    return results


def _wait(child):
    """The exit status of a child, which is killed after TIME_LIMIT."""
    end = time.time() + TIME_LIMIT
    while time.time() < end:
        process, status = os.waitpid(child, os.WNOHANG)
        if process:
            return os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
        time.sleep(0.02)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return "over %d s" % TIME_LIMIT


def write_reference(everything):
    """Completes the two reference files with real TensorFlow 1.15.5; refuses when a program fails on it.

    Args:
        everything: run the programs again that are in the files already.
    """
    with open(REFERENCE, encoding="utf-8") as file:
        reference = json.load(file)
    with lzma.open(GRAPHS, "rt", encoding="utf-8") as file:
        graphs = json.load(file)
    results = run_all([name for name in names() if everything or name not in reference], print)
    failed = [name for name in results if results[name]["status"] != 0]
    if failed:
        for name in failed:
            print(name, results[name]["errors"][-2000:], sep="\n", file=sys.stderr)
        sys.exit("these programs fail on TensorFlow 1.15: " + ", ".join(failed))
    for name, entry in results.items():
        reference[name] = {
            "printed": entry["printed"].splitlines(),
            "graphs": [{"seeds": graph["seeds"], "variables": graph["variables"]} for graph in entry["graphs"]],
        }
        graphs[name] = [graph["operations"] for graph in entry["graphs"]]
    with open(REFERENCE, "w", encoding="utf-8") as file:
        file.write("{\n")
        lines = ("%s: %s" % (json.dumps(name), json.dumps(reference[name], ensure_ascii=False)) for name in names())
        file.write(",\n".join(lines) + "\n}\n")
    with lzma.open(GRAPHS, "wt", encoding="utf-8", preset=9) as file:
        json.dump({name: graphs[name] for name in names()}, file)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", help="file for the results (default: complete the reference)")
    parser.add_argument("names", nargs="*", help="programs to run (default: all)")
    parser.add_argument("--all", action="store_true", help="regenerate the whole reference")
    options = parser.parse_args()
    if options.out:
        results = run_all(options.names or names(), print)
        with open(options.out, "w", encoding="utf-8") as file:
            json.dump(results, file)
    elif sys.version_info < (3, 8):
        write_reference(options.all)
    else:
        parser.error("only TensorFlow 1.15 (Python 3.7) writes the reference; name a file for the results of this one")


if __name__ == "__main__":
    main()
