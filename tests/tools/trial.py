"""A trial, not a test: bad input, full disks, kills and signals, tried by the hundred; some 10 minutes.

    python tests/tools/trial.py                      all groups
    python tests/tools/trial.py --only states race   some of them
    python tests/tools/trial.py --list               their names

For each group it prints how many cases were tried and how many held, and what happened in those that did not. The
status is 0 if all held. What this machine cannot do (a mount, strace) is not tried, and named.
"""

import argparse
import os
import signal
import sys
import time
import warnings

from trials import GROUPS, Fork, NotHere, at_once, by_hand, kills, places  # noqa: F401  (they fill GROUPS)


def main():
    """Reads the options, runs the groups, prints a line for each; returns the status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=sorted(GROUPS), default=list(GROUPS), metavar="GROUP")
    parser.add_argument("--list", action="store_true")
    chosen = parser.parse_args()
    if chosen.list:
        print("\n".join("%-24s %s" % (name, function.__doc__) for name, function in GROUPS.items()))
        return 0
    warnings.simplefilter("ignore", DeprecationWarning)  # of fork in a process with threads
    # in the background (nohup, some CI) these are ignored, which the programs that the trial starts would inherit
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    failed, began = [], time.time()
    for name in chosen.only:
        tried, wrong, started = 0, [], time.time()
        try:
            for case, faults in GROUPS[name]():
                tried += 1
                wrong += ["    %s: %s" % (case, "; ".join(map(str, faults)))] if faults else []
        except NotHere as reason:
            print("%-24s not tried: %s" % (name, reason), flush=True)
            continue
        seconds = time.time() - started
        print("%-24s tried %4d, held %4d  (%.0f s)" % (name, tried, tried - len(wrong), seconds), flush=True)
        print("\n".join(wrong) + "\n" if wrong else "", end="", flush=True)
        failed += [name] if wrong or not tried else []
    Fork.end_all()
    result = "failed: " + ", ".join(failed) if failed else "all held"
    print("%s after %.1f minutes, %.0f s of CPU" % (result, (time.time() - began) / 60, sum(os.times()[:4])))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
