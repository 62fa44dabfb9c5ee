"""The comparison as text: the report in Markdown, the page made from it, and the numbers in the READMEs."""

import base64
import os
import re

from common.errors import UsageError
from compare import original

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
INTRODUCTION = (
    "The last run of each part, compared with the original README of 2018: its curves (read off the figures as "
    "numbers), its printed lines and its table."
)
_VERSIONS = {"tensorflow": "TensorFlow", "numpy": "numpy", "matplotlib": "matplotlib", "python": "Python", "cpu": ""}


def plain(text):
    """A text for Markdown that is shown as it is: a record may hold anything."""
    return re.sub(r"[\\`*<>|\[\]&]|\b_|_\b", lambda found: "&#%d;" % ord(found.group()), " ".join(text.split()))


def table(header, rows):
    """A Markdown table of plain texts."""
    lines = [header, ["---"] * len(header)] + [[plain(cell) for cell in row] for row in rows]
    return "\n".join("| %s |" % " | ".join(line) for line in lines)


def markdown(results):
    """The report on comparison.Results as Markdown."""
    summary = [(result.part.title, result.state, result.summary) for result in results]
    blocks = ["# Comparison with the original", INTRODUCTION, table(("part", "result", "explanation"), summary)]
    for result in results:
        part, record, found = result.part, result.record, result.measurement
        blocks += ["## " + part.title, "`%s`: **%s**: %s." % (part.script, result.state, plain(result.summary))]
        if record.get("changed"):
            blocks.append("Non-default options: %s." % plain(" ".join(record["changed"])))
        if found:
            metrics = [(metric.name, metric.value, metric.tolerance or "-") for metric in found.metrics]
            blocks.append(table(("metric", "value", "tolerance"), metrics))
            blocks.append("Why this tolerance: %s. %s" % (original.load("original")[part.script]["reason"], found.note))
            if result.picture:
                blocks.append("![%s: original, ours, difference](%s)" % (part.title, result.picture))
            blocks.append(table(found.header, found.rows))
        if record:
            blocks += ["Printed:", "\n".join("    " + line for line in record["printed"])]
            names = [key for key in _VERSIONS if key in record["versions"]]
            versions = ", ".join((_VERSIONS[key] + " " + record["versions"][key]).strip() for key in names)
            blocks.append(plain("Run with %s; initial weights: %s." % (versions, record["initial_weights"])))
    with open(os.path.join(DATA, "differences.md"), encoding="utf-8") as file:
        blocks.append(file.read())
    return "\n\n".join(blocks)


def page(text, pictures):
    """The report as one HTML file that needs no other.

    Args:
        text: the report in Markdown.
        pictures: {file name in the text: the bytes of the PNG}.
    """
    from markdown import markdown as to_html

    with open(os.path.join(DATA, "page.html"), encoding="utf-8") as file:
        content = file.read().replace("{body}", to_html(text, extensions=["tables"]))
    for name, png in pictures.items():
        data = base64.b64encode(png).decode("ascii")
        content = content.replace('src="%s"' % name, 'src="data:image/png;base64,%s"' % data)
    return content


def readme(path, results):
    """A README with the numbers of the results in it.

    The words stay: of each row of the table between "<!-- begin results -->" and "<!-- end results -->" the cells after
    the second are filled (value, tolerance, ✓ or ✗), one row per metric with a tolerance; between
    "<!-- begin printed NAME -->" and its end the lines of the code block.

    Returns:
        The text.

    Raises:
        UsageError: a marker is missing, or the number of rows is wrong.
    """
    with open(path, encoding="utf-8") as file:
        text = file.read()
    rows = [
        (metric.value, metric.tolerance, "\u2713" if metric.passed else "\u2717")
        for result in results
        for metric in result.limits
    ]
    begin, block, end = _block(path, text, "results")
    lines = block.split("\n")
    numbers = [i for i, line in enumerate(lines) if line.startswith("|")][2:]  # below the header
    if len(numbers) != len(rows):
        raise UsageError("%s: the table of results has %d rows, not %d" % (path, len(numbers), len(rows)))
    for i, row in zip(numbers, rows):
        lines[i] = "|".join(lines[i].split("|")[:3]) + "| %s | %s | %s |" % row
    text = begin + "\n".join(lines) + end
    for result in results:
        begin, block, end = _block(path, text, "printed " + result.part.name)
        before, code, after = (block.split("```\n") + ["", ""])[:3]
        text = begin + before + "```\n" + "\n".join(result.record["printed"]) + "\n```\n" + after + end
    return text


def _block(path, text, name):
    """(text up to the end of the marker "begin NAME", text between the markers, the rest)."""
    begin, end = "<!-- begin %s -->\n" % name, "<!-- end %s -->" % name
    if text.count(begin) != 1 or text.count(end) != 1:
        raise UsageError("%s: must contain %s and %s once each" % (path, begin.strip(), end))
    start, stop = text.index(begin) + len(begin), text.index(end)
    return text[:start], text[start:stop], text[stop:]
