"""Runs all parts, each as a process of its own, and compares them with the original.

    python -m RNN            in full, as the README shows it; writes to output/
    python -m RNN --quick    shortened, for a first look; writes to output/quick/

Parts run side by side, as many as there are cores; each prints and computes what it does alone. A part that fails does
not stop the others. A table at the end shows for each part the seconds it took, its last training loss and its figure;
then each part is compared with the original README. The status is 0 if all parts ran, else 1.
Where the MNIST files cannot be downloaded, part 6 runs on generated digits, with a shortened training.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # as for a script in RNN/

from common import console, ctrl_c, errors, options, parts, records  # first: Ctrl-C then ends it in one line

# isort: split
import concurrent.futures
import signal
import time

from common import side_by_side
from common.parts import BY_SCRIPT, PARTS

DIGITS = BY_SCRIPT["LSTM_for_Mnist.py"]  # which takes longer than all others together
HEADER = ("part", "seconds", "last training loss", "figure")


def mnist_is_missing():
    """Whether files of MNIST are missing, and no directory was named that must hold them."""
    from tf1.examples.tutorials.mnist import files

    paths = [os.path.join(files.DEFAULT_DIRECTORY, name) for name in files.FILES]
    return not os.environ.get("MNIST_DATA") and not all(os.path.exists(path) for path in paths)


def run_part(part, arguments, out, run):
    """Runs a part; part 6 on generated digits where the MNIST files cannot be downloaded.

    Args:
        run: run(command) runs a process and returns its status; run.remark(line) shows a line next to its output.

    Returns:
        (its row of the table, the status of its process).
    """
    started, note = time.time(), ""
    command = [sys.executable, os.path.join(parts.ROOT, "RNN", part.script), "--out", out]
    status = run(command + arguments)
    if status not in (0, None, 130) and part is DIGITS and not {"--data", "--data-dir"} & set(arguments):
        if mnist_is_missing():
            arguments = ["--data", "synthetic", *part.quick]
            run.remark("MNIST is not available, see above; instead: %s" % " ".join([part.script] + arguments))
            status = run(command + arguments)
            note = " (generated digits, not MNIST)"
    seconds = "%.0f" % (time.time() - started)
    if status in (None, 130):
        return (part.label, "", "", "interrupted"), status
    if status:
        return (part.label, seconds, "", "failed (status %d), see above" % status), status
    loss = records.last_training_loss(records.read(os.path.join(out, part.record)))
    text = "%.4f (%s)" % loss if loss else ""
    return (part.label, seconds, text, os.path.relpath(os.path.join(out, part.figure)) + note), status


class _Runner:
    """Runs the processes of one part."""

    def __init__(self, processes, screen, job):
        self.processes, self.screen, self.job = processes, screen, job

    def __call__(self, command):
        return self.processes.run(command, self.screen, self.job)

    def remark(self, line):
        self.screen.write(self.job, "python -m RNN: %s\n" % line, "stderr")


def run_all(arguments, out, at_once, processes):
    """Runs all parts, ``at_once`` of them side by side.

    SIGTERM and SIGHUP are passed on to the parts, and end this program with them. Ctrl-C reaches the parts from the
    terminal; no further one is started.

    Args:
        arguments: {Part: its command-line arguments}.
        processes: a side_by_side.Processes.

    Returns:
        {Part: (its row of the table, the status of its process; None if it was not started)}.

    Raises:
        SystemExit: after SIGTERM or SIGHUP; the parts have ended.
        OSError: the output cannot be written; the parts have ended.
    """
    screen = side_by_side.Screen([part.number for part in PARTS])

    def run(part):
        job = PARTS.index(part)
        try:
            if not processes.ending:
                screen.write(job, " ".join([part.label] + arguments[part]) + "\n", "stderr")
            row, status = run_part(part, arguments[part], out, _Runner(processes, screen, job))
            if status == 130:
                processes.end()
            return row, status
        finally:
            screen.end(job)

    # the longest part first, so that the others run next to it
    order = sorted(PARTS, key=lambda part: part is not DIGITS) if at_once > 1 else PARTS
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        futures = {part: pool.submit(run, part) for part in order}
        try:
            with ctrl_c.HeldBack() as held_back:
                while concurrent.futures.wait(futures.values(), timeout=0.1).not_done:
                    if held_back.pressed or screen.error:
                        processes.end(signal.SIGTERM if screen.error else None)
        except SystemExit as end:  # see errors.run
            processes.end(end.code - 128)
            raise
        except KeyboardInterrupt:
            processes.end()
        if screen.error:
            raise screen.error
        return {part: futures[part].result() for part in PARTS}


def main(argv=None):
    """Reads the options, runs the parts, prints the table, compares.

    Returns:
        The status: 0 if all parts ran, else 1.
    """
    parser = options.parser(__doc__)
    parser.prog = "python -m RNN"
    parser.add_argument("--quick", action="store_true", help="shortened training")
    parser.add_argument("--out", type=options.path, metavar="DIR", help="directory for all figures and records")
    parser.add_argument("--data", choices=["mnist", "synthetic"], help="digits for part 6 (default: mnist)")
    parser.add_argument("--data-dir", type=options.path, metavar="DIR", help="directory of the four MNIST files")
    parser.add_argument("--at-once", type=options.integer(1, 100), default=side_by_side.cores(), metavar="N",
                        help="number of parts that run side by side (default: the number of cores)")  # fmt: skip
    chosen = parser.parse_args(argv)
    out = chosen.out or os.path.join(parts.OUTPUT, *(["quick"] if chosen.quick else []))
    if os.path.realpath(out) in map(os.path.realpath, (parts.RESULT_PICTURE, parts.MY_PICTURE)):
        raise errors.UsageError("--out: %s holds the published figures, which 'make results' redraws" % out)
    options.writable_directory("--out", out)

    digits = [text for flag in ("data", "data_dir") if getattr(chosen, flag)
              for text in ("--" + flag.replace("_", "-"), getattr(chosen, flag))]  # fmt: skip
    arguments = {part: (list(part.quick) if chosen.quick else []) + digits * (part is DIGITS) for part in PARTS}
    results = run_all(arguments, out, chosen.at_once, side_by_side.Processes())
    print(console.table([HEADER] + [row for row, status in results.values() if status is not None]))
    if {None, 130} & {status for _, status in results.values()}:
        raise errors.Interrupted("the table shows the parts that ran")
    failed = [part.script for part, (_, status) in results.items() if status]
    from compare import report  # needs numpy and matplotlib; a part reports if they are missing

    print("\ncompared with the original:")
    report.write(out, out, failed)
    return 1 if failed else 0


if __name__ == "__main__":
    errors.run(main)
