"""Runs the six parts one after the other, each as a process of its own, and compares them with the original.

    python -m RNN            in full, as the README shows it; writes to output/
    python -m RNN --quick    shortened, for a first look; writes to output/quick/

A part that fails does not stop the others. A table at the end shows for each part the seconds it took, its last loss
and its figure; then each part is compared with the original README. The status is 0 if all parts ran, else 1.
Where the MNIST files cannot be downloaded, part 6 runs on generated digits, with a shortened training.
"""

import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # as for a script in RNN/

from common import ctrl_c, errors, options, records
from common.parts import BY_SCRIPT, PARTS

DIGITS = BY_SCRIPT["LSTM_for_Mnist.py"]
HEADER = ("part", "seconds", "last loss", "figure")


def run_process(command):
    """Runs a part; its output and its progress bar appear as they come.

    SIGTERM and SIGHUP are passed on to it, and end this program with it. Ctrl-C reaches the part from the terminal.

    Returns:
        Its exit status.

    Raises:
        Interrupted: Ctrl-C was pressed; the part has ended.
    """
    process = subprocess.Popen(command)
    try:
        with ctrl_c.HeldBack():
            status = process.wait()
    except SystemExit as end:  # see errors.run
        process.send_signal(end.code - 128)
        process.wait()
        raise
    except KeyboardInterrupt:
        process.wait()
        status = 130
    if status == 130:
        raise errors.Interrupted("the table shows the parts that ran")
    return status


def mnist_is_missing():
    """Whether files of MNIST are missing, and no directory was named that must hold them."""
    from tf1.examples.tutorials.mnist import input_data

    paths = [os.path.join(input_data.DEFAULT_DIRECTORY, name) for name in input_data.FILES]
    return not os.environ.get("MNIST_DATA") and not all(os.path.exists(path) for path in paths)


def run_part(part, arguments, out):
    """Runs a part; part 6 on generated digits where the MNIST files cannot be downloaded.

    Returns:
        (its row of the table, whether it ran).
    """
    started, note = time.time(), ""
    command = [sys.executable, os.path.join(options.ROOT, "RNN", part.script), "--out", out]
    status = run_process(command + arguments)
    if status and part is DIGITS and not {"--data", "--data-dir"} & set(arguments) and mnist_is_missing():
        arguments = ["--data", "synthetic", *part.quick]
        instead = " ".join([part.script] + arguments)
        sys.stderr.write("python -m RNN: MNIST is not available, see above; instead: %s\n" % instead)
        status = run_process(command + arguments)
        note = " (generated digits, not MNIST)"
    seconds = "%.0f" % (time.time() - started)
    if status:
        return (part.script, seconds, "", "failed (status %d), see above" % status), False
    losses = records.read(os.path.join(out, part.record))["losses"]
    losses = losses.get("epoch_train_loss") or losses.get("train_loss")
    figure = os.path.relpath(os.path.join(out, part.figure))
    return (part.script, seconds, "%.4f" % losses[-1] if losses else "", figure + note), True


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
    chosen = parser.parse_args(argv)
    out = chosen.out or os.path.join(options.OUTPUT, *(["quick"] if chosen.quick else []))
    if os.path.realpath(out) in map(os.path.realpath, (options.RESULT_PICTURE, options.MY_PICTURE)):
        raise errors.UsageError("--out: %s holds the published figures, which 'make results' redraws" % out)
    options.writable_directory("--out", out)

    digits = [text for flag in ("data", "data_dir") if getattr(chosen, flag)
              for text in ("--" + flag.replace("_", "-"), getattr(chosen, flag))]  # fmt: skip
    rows, failed = [HEADER], []
    try:
        for number, part in enumerate(PARTS, 1):
            arguments = (list(part.quick) if chosen.quick else []) + (digits if part is DIGITS else [])
            sys.stdout.flush()
            sys.stderr.write("[%d/%d] %s\n" % (number, len(PARTS), " ".join([part.script] + arguments)))
            row, ran = run_part(part, arguments, out)
            rows.append(row)
            failed += [] if ran else [part.script]
    except errors.Interrupted:
        rows.append((part.script, "", "", "interrupted"))
        raise
    finally:
        print(records.table(rows))
    from compare import report  # needs numpy and matplotlib; a part reports if they are missing

    print("\ncompared with the original:")
    report.write(out, out, failed)
    return 1 if failed else 0


if __name__ == "__main__":
    errors.run(main)
