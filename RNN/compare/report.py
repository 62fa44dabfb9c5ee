"""The report on the comparison: Markdown, the page made from it, and the published figures."""

import base64
import importlib
import itertools
import os
import re

from common import figures, parts, records

from compare import comparison, readme_2018

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
INTRODUCTION = (
    "The last run of each part, compared with the original README of 2018: its curves (read off the figures as "
    "numbers), its printed lines and its table."
)
_HINT = '<p class="hint">scroll sideways \u2192</p>'
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
            reason = readme_2018.of_script(part.script)["reason"]
            blocks.append(("Why this tolerance: %s. %s" % (reason, found.note)).strip())
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
    """The report in Markdown as one HTML file that needs no other; pictures: {file name in the text: PNG}."""
    from markdown import markdown as to_html

    body = re.sub(r"<table>.*?</table>", _boxed_table, to_html(text, extensions=["tables"]), flags=re.DOTALL)
    body = re.sub(r"<p>(<img [^>]*>)</p>", r'<div class="figure">\1</div>\n' + _HINT, body)
    with open(os.path.join(DATA, "page.html"), encoding="utf-8") as file:
        content = file.read().replace("{body}", body)
    for name, png in pictures.items():
        data = base64.b64encode(png).decode("ascii")
        content = content.replace('src="%s"' % name, 'src="data:image/png;base64,%s"' % data)
    return content


def _boxed_table(found):
    """A table of the page in a box that scrolls by itself; one with sentences, whose cells are labeled for a phone."""
    names = re.findall("<th>(.*?)</th>", found.group())
    cells = re.findall("<td>(.*?)</td>", found.group(), re.DOTALL)
    if max(map(len, cells)) < 45:
        wide = " wide" if len(names) > 3 else ""
        return '<div class="numbers%s">%s</div>\n%s' % (wide, found.group(), _HINT if wide else "")
    labels = itertools.cycle(names)
    labeled = re.sub("<td>", lambda _: '<td data-label="%s">' % next(labels), found.group())
    return '<div class="text">%s</div>' % labeled


def redrawn(part, record):
    """The figure of a part, drawn from a record by the part's own function; the bytes of a PNG or JPEG."""
    draw = importlib.import_module(part.name).draw
    return figures.saved(figures.drawn(part, draw, record), part.kind)


def published(results):
    """{path: bytes} of the figures in result_picture/ and my_picture/, which are redrawn by make results only."""
    directories = {True: parts.RESULT_PICTURE, False: parts.MY_PICTURE}
    return {
        os.path.join(directories[result.part.trains], result.part.figure): redrawn(result.part, result.record)
        for result in results
    }


def write(directory, out, without=(), publish=False):
    """Compares the records in a directory, writes report and pictures to ``out``, and prints a line per part.

    Args:
        without: scripts to leave out.
        publish: write the published figures instead of the page.

    Returns:
        Whether all parts pass.
    """
    results = comparison.compare_all(directory, without)
    pictures = {result.picture: result.measurement.picture for result in results if result.picture}
    text = markdown(results)
    files = dict(pictures, **{"comparison.md": text.encode("utf-8")})
    if not publish:
        files["comparison.html"] = page(text, pictures).encode("utf-8")
    files = {os.path.join(out, name): content for name, content in files.items()}
    if publish:
        files.update(published(results))
    records.write_files(files)
    for result in results:
        changed = " ".join(result.record.get("changed", ()))
        note = " (non-default options: %s)" % changed if changed else ""
        print("%-42s %s: %s%s" % (result.part.label, result.state, result.summary, note))
    if not publish:
        print("page: %s" % os.path.relpath(os.path.join(out, "comparison.html")))
    return all(result.state == "pass" for result in results)
