"""Compares the last runs with the original README of 2018.

    python -m RNN.compare                 the records in output/
    python -m RNN.compare --records DIR   those in a different directory

For each part it measures how far the record of the last run is from the original README, and whether that is within
the tolerance. It writes comparison.md, a page comparison.html and a picture for each part next to the records.
The status is 0 if all parts pass, 1 if one fails, is missing or is damaged.
"""

import os

from common import errors, options, records
from compare import comparison, report, seeds


def compare(directory, out, without=(), publish=False):
    """Compares the records in a directory, writes report and page, and prints a line per part.

    Args:
        directory: of the records.
        out: directory to write to.
        without: scripts to leave out.
        publish: write no page, but fill the READMEs and redraw the figures.

    Returns:
        Whether all parts pass.
    """
    results = comparison.compare_all(directory, without)
    pictures = {result.picture: result.measurement.picture for result in results if result.picture}
    text = report.markdown(results)
    files = dict(pictures, **{"comparison.md": text.encode()})
    if not publish:
        files["comparison.html"] = report.page(text, pictures).encode()
    records.write_together({os.path.join(out, name): content for name, content in files.items()})
    for result in results:
        changed = " ".join(result.record.get("changed", ()))
        note = " (non-default options: %s)" % changed if changed else ""
        print("%-28s %s: %s%s" % (result.part.script, result.state, result.summary, note))
    if not publish:
        print("page: %s" % os.path.relpath(os.path.join(out, "comparison.html")))
    return all(result.state == "pass" for result in results)


def main(argv=None):
    """Reads the options, compares, prints a line per part.

    Returns:
        The status.
    """
    parser = options.parser(__doc__)
    parser.prog = "python -m RNN.compare"
    parser.add_argument(
        "--records", type=options.path, metavar="DIR", help="directory of the records (default: output/)"
    )
    parser.add_argument(
        "--out", type=options.path, metavar="DIR", help="directory to write to (default: that of --records)"
    )
    parser.add_argument(
        "--readme",
        action="store_true",
        help="publish: fill the results into both READMEs and redraw all figures; no page is written",
    )
    parser.add_argument("--seeds", action="store_true", help="instead, run seeds 0 to 99 and store their spread")
    chosen = parser.parse_args(argv)
    if chosen.seeds:
        return seeds.run()
    directory = chosen.records or os.path.join(options.ROOT, "output")
    if not os.path.isdir(directory):
        raise errors.UsageError("--records: there is no directory %s; run python -m RNN first" % directory)
    out = chosen.out or directory
    options.writable_folder("--out", out)
    return 0 if compare(directory, out, publish=chosen.readme) else 1
