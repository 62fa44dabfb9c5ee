"""Runs the six parts one after the other, each as a process of its own, and holds them against the original.

    python -m RNN            in full, as the README shows it
    python -m RNN --quick    shortened, in under two minutes, for a first look

A part that cannot run is named, with the reason, and the others go on. At the end a table shows for each part the
seconds it took, its last loss and its figure, and compare.py says how near to the original each of them is. The status
is 0 only if all six ran.
"""

import os
import subprocess
import sys
import tempfile
import time

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, FOLDER)  # as for a part that is started by its path

from common import errors, options, records  # noqa: E402

# script, its figure, and what shortens it for a first look
PARTS = (
    ("simple_rnn_forward.py", "rnn_forward.jpg", []),
    ("LSTM.py", "LSTM3.png", []),
    ("predict_sin.py", "onelayer_lstm.png", ["--epoch", "30"]),
    ("predict_sin_MultiRnnCell.py", "multi_lstm.png", ["--epoch", "10"]),
    ("LSTM_for_Mnist.py", "mnist_lstm.png", ["--training-steps", "501"]),
    ("tflearn_sin.py", "TFLearn_for_sin.png", ["--training-steps", "500"]),
)
DIAGRAMS = ("rnn_forward.jpg", "LSTM3.png")
HEADER = ("part", "seconds", "last loss", "figure, or why there is none")


def last_loss(record):
    """The last training loss of a record: of the last epoch, else of the last step; None where nothing is trained."""
    losses = record["losses"].get("epoch_train_loss") or record["losses"].get("train_loss")
    return losses[-1] if losses else None


def run_part(script, figure, arguments, out, reason_file):
    """Runs one part; what it prints and its progress bar appear as they come.

    Args:
        script: its file name.
        figure: its figure's file name.
        arguments: its command line.
        out: the folder of its record and figure, or None for the default.
        reason_file: where it leaves the line it ended with, if it failed.

    Returns:
        (the row of the table, whether it ran).

    Raises:
        KeyboardInterrupt: Ctrl-C was pressed; the part has ended.
    """
    open(reason_file, "w").close()
    started = time.time()
    command = [sys.executable, os.path.join(FOLDER, script)] + arguments
    process = subprocess.Popen(command, env=dict(os.environ, **{errors.REASON_FILE: reason_file}))
    try:
        status = process.wait()
    except KeyboardInterrupt:
        process.wait()  # the terminal sent Ctrl-C to the part as well, which ends by itself
        raise
    seconds = "%.0f" % (time.time() - started)
    if status == 130:
        raise KeyboardInterrupt
    if status:
        with open(reason_file, encoding="utf-8") as file:
            return (script, seconds, "", file.read() or "ended with status %d" % status), False
    record = records.read(os.path.join(out or options.RESULT_PICTURE, script[:-3] + ".json"))
    loss = last_loss(record)
    folder = out or (options.MY_PICTURE if figure in DIAGRAMS else options.RESULT_PICTURE)
    path = os.path.relpath(os.path.join(folder, figure))
    return (script, seconds, "" if loss is None else "%.4f" % loss, path), True


def table(rows):
    """The rows as text, in columns as wide as they need."""
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths + [0])).rstrip() for row in rows)


def main(argv=None):
    """Reads the options, runs the parts, prints the table.

    Returns:
        The status: 0 if all parts ran, else 1.
    """
    parser = options.parser(__doc__)
    parser.prog = "python -m RNN"
    parser.add_argument("--quick", action="store_true", help="shortened training, written to result_picture/quick/")
    parser.add_argument("--out", type=options.path, metavar="DIR", help="folder for all figures and records")
    parser.add_argument("--data", choices=["mnist", "synthetic"], default="mnist", help="digits for part 6")
    parser.add_argument("--data-dir", type=options.path, metavar="DIR", help="folder of the four MNIST files")
    chosen = parser.parse_args(argv)
    out = chosen.out or (os.path.join(options.RESULT_PICTURE, "quick") if chosen.quick else None)
    if (
        out
        and chosen.quick
        and os.path.realpath(out) in map(os.path.realpath, (options.RESULT_PICTURE, options.MY_PICTURE))
    ):
        raise errors.UsageError("--quick never overwrites the pictures of full runs; name another folder with --out")

    record_folder = out or options.RESULT_PICTURE
    options.writable_folder("--out", record_folder)

    rows, not_run = [HEADER], []
    interrupted = False
    with tempfile.TemporaryDirectory() as scratch:
        for number, (script, figure, shorter) in enumerate(PARTS, 1):
            arguments = list(shorter) if chosen.quick else []
            if out:
                arguments += ["--out", out]
            if script == "LSTM_for_Mnist.py":
                arguments += ["--data", chosen.data] + (["--data-dir", chosen.data_dir] if chosen.data_dir else [])
            sys.stdout.flush()
            sys.stderr.write("[%d/%d] %s\n" % (number, len(PARTS), " ".join([script] + arguments)))
            try:
                row, ran = run_part(script, figure, arguments, out, os.path.join(scratch, "reason"))
            except KeyboardInterrupt:
                row, ran, interrupted = (script, "", "", "interrupted"), False, True
            rows.append(row)
            if not ran:
                not_run += ["--without", script]
            if interrupted:
                break
    print(table(rows))
    if interrupted:
        raise errors.Interrupted("the table shows what had been done")
    print("\nheld against the original:")
    sys.stdout.flush()
    command = [sys.executable, os.path.join(FOLDER, "compare.py"), "--records", record_folder]
    subprocess.call(command + not_run)
    return 1 if not_run else 0


if __name__ == "__main__":
    errors.run(main)
