"""What make results refreshes: the published figures, and the numbers in both READMEs. Nothing else writes there."""

import importlib
import os

from common import figures, options, records
from common.errors import UsageError


def write(results):
    """Redraws the figure of each part, and fills the READMEs, from comparison.Results of runs with default options.

    Raises:
        UsageError: a README lacks its markers.
    """
    contents = {}
    for name in ("README.md", "README.zh-CN.md"):
        path = os.path.join(options.ROOT, name)
        contents[path] = readme(path, results).encode("utf-8")
    for result in results:
        directory = options.RESULT_PICTURE if result.part.trains else options.MY_PICTURE
        contents[os.path.join(directory, result.part.figure)] = redrawn(result.part, result.record)
    records.write_files(contents)


def redrawn(part, record):
    """The figure of a part, drawn from a record by the part's own function; the bytes of a PNG or JPEG."""
    draw = getattr(importlib.import_module(part.name), part.draw)
    return figures.saved(figures.drawn(draw, record, part.figure), part.figure.rpartition(".")[2])


def readme(path, results):
    """The text of a README with the numbers of the results in it.

    The words stay: of each row of the table between "<!-- begin results -->" and "<!-- end results -->" the cells after
    the second are filled (value, tolerance, ✓ or ✗), one row per metric with a tolerance; between
    "<!-- begin printed NAME -->" and its end stand the lines that the part prints.

    Raises:
        UsageError: a marker is missing, or the number of rows is wrong.
    """
    with open(path, encoding="utf-8") as file:
        text = file.read()
    metrics = [metric for result in results for metric in result.limits]
    begin, table, end = _split(path, text, "results")
    lines = table.split("\n")
    numbers = [i for i, line in enumerate(lines) if line.startswith("|")][2:]  # below the header
    if len(numbers) != len(metrics):
        raise UsageError("%s: the table of results has %d rows, not %d" % (path, len(numbers), len(metrics)))
    for i, metric in zip(numbers, metrics):
        cells = (metric.value, metric.tolerance, "\u2713" if metric.passed else "\u2717")
        lines[i] = "|".join(lines[i].split("|")[:3]) + "| %s | %s | %s |" % cells
    text = begin + "\n".join(lines) + end
    for result in results:
        begin, _, end = _split(path, text, "printed " + result.part.name)
        text = begin + "```\n%s\n```\n" % "\n".join(shortened(result.record["printed"])) + end
    return text


def shortened(lines):
    """The first and the last printed lines, as the READMEs show them."""
    return lines if len(lines) <= 8 else lines[:2] + ["..."] + lines[-2:]


def _split(path, text, name):
    """(text up to the end of the marker "begin NAME", text between the markers, the rest)."""
    begin, end = "<!-- begin %s -->\n" % name, "<!-- end %s -->" % name
    if text.count(begin) != 1 or text.count(end) != 1:
        raise UsageError("%s: must contain %s and %s once each" % (path, begin.strip(), end))
    start, stop = text.index(begin) + len(begin), text.index(end)
    return text[:start], text[start:stop], text[stop:]
