"""The comparison as text: comparison.md, comparison.html and the generated blocks of the READMEs."""

import base64
import html as html_module
import os
import re

from common import records
from common.errors import UsageError

INTRODUCTION = (
    "Each part's last run, held against what the original README of 2018 shows: its curves, read off the pictures as "
    "numbers, its printed lines and its table. Of a comparison the first number is what was measured, the second what "
    "it was held to."
)
STATES = {
    "inside": "inside",
    "outside": "OUTSIDE",
    "not compared": "not compared",
    "missing": "no record",
    "damaged": "damaged record",
}
_VERSIONS = (("TensorFlow", "tensorflow"), ("numpy", "numpy"), ("matplotlib", "matplotlib"), ("Python", "python"))


def versions_of(result):
    """ "TensorFlow 2.15.1, ..., CPU" of a part's record, or "" without one."""
    found = ["%s %s" % (name, result.versions[key]) for name, key in _VERSIONS if key in result.versions]
    return ", ".join(found + [result.versions[key] for key in ("cpu",) if key in result.versions])


def remarks(result):
    """What must be known about a part's record: other options, and the notes of its comparison."""
    found = []
    if result.changed:
        found.append("Not the default run, compared as what it is: %s." % " ".join(result.changed))
    return found + result.notes


# markdown


def _markdown_table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def _plain(text):
    """Text as markdown that shows it as it is: what comes from a record anyone may have written."""
    return re.sub(r"([\\`*<>|\[\]])", r"\\\1", " ".join(text.split()))


def _plain_table(header, rows):
    return _markdown_table(header, [[_plain(cell) for cell in row] for row in rows])


def markdown(results, deviations):
    """The whole comparison as markdown.

    Args:
        results: what compare.compare returned for each part.
        deviations: [(what, the original, here, why)].

    Returns:
        The text.
    """
    summary = [(r.title, STATES[r.state], r.words) for r in results]
    blocks = ["# Held against the original", INTRODUCTION, _plain_table(("part", "verdict", "in words"), summary)]
    for result in results:
        blocks.append("## " + result.title)
        blocks.append("`%s`: **%s**: %s." % (result.script, STATES[result.state], _plain(result.words)))
        blocks += [_plain(text) for text in remarks(result)]
        if result.measured:
            rows = [(name, value, tolerance or "-") for name, value, tolerance in result.measured]
            blocks.append(_plain_table(("measured", "value", "held to"), rows))
            blocks.append("Why that: %s." % result.why)
        if result.picture:
            blocks.append("![Original, ours, difference](%s)" % result.picture)
        blocks += [_plain_table(header, rows) for header, rows in result.tables]
        if result.spread:
            header, rows = result.spread
            blocks.append("All hundred seeds, the nearest first (seed: rms):")
            blocks.append(", ".join("%s: %s" % row for row in rows) + ".")
        if result.versions:
            blocks.append("Made on %s." % _plain(versions_of(result)))
    blocks.append("## What was done otherwise on purpose")
    blocks.append(_plain_table(("what", "the original", "here", "why"), deviations))
    return "\n\n".join(blocks) + "\n"


# html

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 76rem; padding: 1rem; color: #222;
  background: #fff; }
h1, h2 { line-height: 1.2; } h2 { margin-top: 3rem; border-top: 1px solid #ccc; padding-top: 1rem; }
img { max-width: 100%; height: auto; display: block; }
.three { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; }
figure { margin: 0; } figcaption { font-size: .9rem; color: #555; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; margin: 1rem 0; font-size: .9rem; }
th, td { border: 1px solid #ddd; padding: .25rem .6rem; text-align: left; vertical-align: top; }
th { background: #f4f4f4; } .verdict { font-weight: bold; padding: 0 .5rem; border-radius: .3rem; }
.inside { background: #d8f0d0; } .outside, .damaged { background: #f8d0d0; } .missing, .not { background: #eee; }
.over { position: relative; max-width: 40rem; margin: 1rem 0; } .over > div { position: relative; }
.over img + img { position: absolute; inset: 0; } .over input { width: 100%; }
details { margin: 1rem 0; }
"""
# the slider needs a script; without one it stays hidden and the three pictures stand side by side all the same
_SCRIPT = """
document.querySelectorAll('.over').forEach(function (box) {
  var top = box.querySelector('img + img'), slider = box.querySelector('input');
  function lay() { top.style.clipPath = 'inset(0 0 0 ' + slider.value + '%)'; }
  slider.addEventListener('input', lay); lay(); box.hidden = false;
});
"""


def _escape(text):
    return html_module.escape(str(text))


def _html_table(header, rows):
    head = "".join("<th>%s</th>" % _escape(cell) for cell in header)
    body = "".join("<tr>%s</tr>" % "".join("<td>%s</td>" % _escape(cell) for cell in row) for row in rows)
    return '<div class="scroll"><table><thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>' % (head, body)


def _html_image(content, alternative):
    address = "data:image/png;base64," + base64.b64encode(content).decode("ascii")
    return '<img src="%s" alt="%s">' % (address, _escape(alternative))


def _html_verdict(result):
    return '<span class="verdict %s">%s</span>' % (result.state.split()[0], _escape(STATES[result.state]))


def _html_pictures(result):
    """The three pictures side by side, and the slider that lays ours over the original."""
    alternatives = {
        "original": "%s: the original's curves, redrawn from their numbers" % result.title,
        "ours": "%s: the curves of this run" % result.title,
        "difference": "%s: this run's curves less the original's" % result.title,
    }
    captions = {
        "original": "original, redrawn from its numbers",
        "ours": "ours; initial weights: %s" % result.initial_weights,
        "difference": "ours - original",
    }
    three = "".join(
        "<figure>%s<figcaption>%s</figcaption></figure>"
        % (_html_image(content, alternatives[name]), _escape(captions[name]))
        for name, content in result.images.items()
    )
    over = _html_image(result.images["original"], alternatives["original"])
    over += _html_image(result.images["ours"], alternatives["ours"] + ", laid over the original")
    label = _escape("%s: how much of the original is shown" % result.title)
    slider = '<input type="range" min="0" max="100" value="50" aria-label="%s">' % label
    return (
        '<div class="three">%s</div><div class="over" hidden><p>Left of the slider the original, right of it ours:</p>'
        "<div>%s</div>%s</div>" % (three, over, slider)
    )


def html(results, deviations):
    """The whole comparison as one HTML file without outside links; see ``markdown`` for the arguments."""
    parts = ["<h1>Held against the original</h1><p>%s</p>" % _escape(INTRODUCTION)]
    rows = "".join(
        "<tr><td>%s</td><td>%s</td><td>%s</td></tr>" % (_escape(r.title), _html_verdict(r), _escape(r.words))
        for r in results
    )
    parts.append(
        '<div class="scroll"><table><thead><tr><th>part</th><th>verdict</th><th>in words</th></tr></thead>'
        "<tbody>%s</tbody></table></div>" % rows
    )
    for result in results:
        parts.append("<section><h2>%s</h2>" % _escape(result.title))
        parts.append("<p>%s <code>%s</code>: %s.</p>" % (_html_verdict(result), result.script, _escape(result.words)))
        parts += ["<p>%s</p>" % _escape(text) for text in remarks(result)]
        if result.measured:
            measured = [(name, value, tolerance or "-") for name, value, tolerance in result.measured]
            parts.append(_html_table(("measured", "value", "held to"), measured))
            parts.append("<p>Why that: %s.</p>" % _escape(result.why))
        if result.images:
            parts.append(_html_pictures(result))
        parts += [_html_table(header, rows) for header, rows in result.tables]
        if result.spread:
            header, rows = result.spread
            table = _html_table(header, rows)
            parts.append("<details><summary>All hundred seeds, the nearest first</summary>%s</details>" % table)
        if result.printed:
            lines = _escape("\n".join(result.printed))
            parts.append('<details><summary>What it printed</summary><pre class="scroll">%s</pre></details>' % lines)
        if result.versions:
            parts.append("<p><small>Made on %s.</small></p>" % _escape(versions_of(result)))
        parts.append("</section>")
    parts.append("<section><h2>What was done otherwise on purpose</h2>")
    parts.append(_html_table(("what", "the original", "here", "why"), deviations))
    parts.append("</section>")
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,">'
        "<title>Held against the original</title><style>%s</style></head><body>\n%s\n<script>%s</script>\n"
        "</body></html>\n" % (_STYLE, "\n".join(parts), _SCRIPT)
    )


# the READMEs

_READMES = {
    "README.md": {
        "header": ("part", "measured", "value", "held to", "verdict"),
        "more": "All numbers, pictures and reasons: [comparison.md](result_picture/comparison.md), and as a page to "
        "look at [comparison.html](result_picture/comparison.html). These runs were made on %s.",
        "prints": "It prints:",
        "states": STATES,
        "words": {},
    },
    "README.zh-CN.md": {
        "header": ("部分", "测量项", "数值", "容差", "结论"),
        "more": "全部数字、图片与理由见 [comparison.md](result_picture/comparison.md)，也可打开网页 "
        "[comparison.html](result_picture/comparison.html)（英文）。以上结果的运行环境：%s。",
        "prints": "输出：",
        "states": {
            "inside": "符合",
            "outside": "**不符合**",
            "not compared": "未比较",
            "missing": "无记录",
            "damaged": "记录损坏",
        },
        "words": {
            "largest difference": "最大差",
            "lines that follow from the options": "与选项一致的行",
            "all": "全部",
            "rms of all fifteen curves": "十五条曲线的均方根差",
            "largest rms of a curve, over the points fully read": "单条曲线的最大均方根差（只计读得清的点）",
            "largest difference of any point": "任一点的最大差",
            "test losses printed that are the same": "与原文相同的测试损失",
            "rms to the original": "与原图的均方根差",
            "largest difference of an accuracy from step 500 on": "第 500 步起准确率的最大差",
        },
    },
}


def results_block(language, results):
    """The results section of a README: one row for each number that a part is held to."""
    texts = _READMES[language]
    rows = []
    for result in results:
        kept = [item for item in result.measured if item[2]] or [("", "", "")]
        for number, (name, value, tolerance) in enumerate(kept):
            first = number == 0
            words = [texts["words"].get(word, word) for word in (name, value.replace(" of ", "/"), tolerance)]
            title = "[%s](RNN/%s)" % (result.script, result.script) if first else ""
            rows.append((title, *words, texts["states"][result.state] if first else ""))
    versions = sorted({versions_of(result) for result in results if "tensorflow" in result.versions})
    return _markdown_table(texts["header"], rows) + "\n\n" + texts["more"] % "; ".join(versions)


def _fill(text, name, content, path):
    begin, end = "<!-- begin %s -->\n" % name, "<!-- end %s -->" % name
    if text.count(begin) != 1 or text.count(end) != 1:
        raise UsageError("%s: there must be one %s and one %s" % (path, begin.strip(), end))
    before, rest = text.split(begin)
    return before + begin + content + "\n" + end + rest.split(end)[1]


def filled_readme(root, language, results):
    """A README with its generated blocks made anew.

    Args:
        root: folder of the READMEs.
        language: its file name.
        results: what compare.compare returned for each part.

    Returns:
        The text.

    Raises:
        UsageError: a block's marks are not there.
    """
    path = os.path.join(root, language)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    text = _fill(text, "results", results_block(language, results), path)
    for result in results:
        lines = "%s\n\n```\n%s\n```" % (_READMES[language]["prints"], "\n".join(result.printed))
        text = _fill(text, "printed " + result.script[:-3], lines, path)
    return text


def fill_readmes(root, results):
    """Writes both READMEs with their generated blocks made anew; see ``filled_readme``."""
    for language in _READMES:
        content = filled_readme(root, language, results).encode("utf-8")
        records.write_whole(os.path.join(root, language), content)
