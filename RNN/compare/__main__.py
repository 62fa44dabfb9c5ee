"""Compares the last runs with the original README of 2018.

    python -m RNN.compare                 the records in output/
    python -m RNN.compare --records DIR   those in a different directory

For each part it measures how far the record of the last run is from the original README, and whether that is within
the tolerance. It writes comparison.md, a page comparison.html and a picture for each part next to the records.
The status is 0 if all parts pass, 1 if one fails, is missing or is damaged.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # as for a script in RNN/

from common import errors, options, parts


def main(argv=None):
    """Reads the options, compares, prints a line per part.

    Returns:
        The status.
    """
    from compare import report, seeds

    parser = options.parser(__doc__)
    parser.prog = "python -m RNN.compare"
    parser.add_argument("--records", type=options.path, metavar="DIR", help="records to compare (default: output/)")
    parser.add_argument("--out", type=options.path, metavar="DIR", help="where to write (default: that of --records)")
    parser.add_argument("--publish", action="store_true", help="redraw the published figures; no page is written")
    parser.add_argument("--seeds", action="store_true", help="instead, run seeds 0 to 99 and store their spread")
    chosen = parser.parse_args(argv)
    if chosen.seeds:
        return seeds.run()
    directory = chosen.records or parts.OUTPUT
    if not os.path.isdir(directory):
        raise errors.UsageError("--records: there is no directory %s; run python -m RNN first" % directory)
    out = chosen.out or directory
    options.writable_directory("--out", out)
    return 0 if report.write(directory, out, publish=chosen.publish) else 1


if __name__ == "__main__":
    errors.run(main)
