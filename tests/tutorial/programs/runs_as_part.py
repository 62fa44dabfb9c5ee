"""python -m RNN with a command line in place of its parts: runs_as_part.py RNN/__main__.py ARGUMENTS OF PYTHON."""

import runpy
import sys

module = runpy.run_path(sys.argv[1], run_name="run_all")
parts, processes = module["PARTS"], module["side_by_side"].Processes()
module["run_part"].__globals__["PARTS"] = parts[:1]
run, command = processes.run, [sys.executable] + sys.argv[2:]
processes.run = lambda _, screen, job: run(command, screen, job)


def main():
    (result,) = module["run_all"]({parts[0]: []}, "", 2, processes).values()
    if result[1] == 130:
        raise module["errors"].Interrupted("")


module["errors"].run(main)
