"""The report of the comparison and its page."""

import html
import html.parser
import json
import re
import shutil
import subprocess

from common.parts import PARTS

import pytest
from golden_records import WITH_PICTURE, change, directory, golden_results  # noqa: F401

from compare import __main__ as command_line
from compare import report

HOSTILE = "\x1b[31m<script>alert(1)</script> | a\n# b `c` [d](e) &lt; _f_ \x07"


def test_texts_of_a_record_are_shown_as_text(directory, capsys):
    def hostile(record):
        record["versions"].update(cpu=HOSTILE)
        record["printed"].append(HOSTILE)
        record["changed"].append(HOSTILE)
        record.update(initial_weights=HOSTILE)

    change(directory, "LSTM.py", hostile)
    command_line.main(["--records", str(directory)])
    page = (directory / "comparison.html").read_text(encoding="utf-8")
    assert "[31m&lt;script&gt;alert(1)&lt;/script&gt; | a # b `c` [d](e) &amp;lt; _f_" in page  # printed
    shown = html.unescape(re.search("<p>Run with TensorFlow .*?31m.*?</p>", page).group())
    assert "<script>alert(1)</script> | a # b `c` [d](e) &lt; _f_" in shown
    for text in (page, (directory / "comparison.md").read_text(encoding="utf-8"), capsys.readouterr().out):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f]", text)
    assert "<script" not in page


class Page(html.parser.HTMLParser):
    """Collects tags, and checks that each one is closed."""

    VOID = {"meta", "img", "link", "br"}

    def __init__(self, text):
        super().__init__()
        self.open, self.found = [], []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag


def test_the_page_is_self_contained(golden_results):
    pictures = {result.picture: result.measurement.picture for result in golden_results if result.picture}
    assert len(pictures) == len(WITH_PICTURE)
    assert all(png[:4] == b"\x89PNG" for png in pictures.values())
    text = report.page(report.markdown(golden_results), pictures)
    found = Page(text).found
    images = [attributes for tag, attributes in found if tag == "img"]
    assert len(images) == len(WITH_PICTURE)
    for attributes in images:
        assert len(attributes["alt"]) > 20
        assert attributes["src"].startswith("data:image/png;base64,")
    links = [attributes["href"] for tag, attributes in found if tag in ("a", "link")]
    assert all(link.startswith("data:") for link in links)
    assert not re.search(r"https?://|url\(|<script", text)
    assert sum(tag == "h2" for tag, _ in found) == len(PARTS) + 1
    assert sum(tag == "table" for tag, _ in found) == 1 + 2 * len(PARTS) + 1
    assert "straight line through the last two" in text
    assert "As a forecast this is poor" in text
    for result in golden_results:
        assert html.escape("\n".join(result.record["printed"]), quote=False) in text


def test_the_page_fits_a_phone(golden_results):
    """Whatever may be wider than the window scrolls within itself, and a hint says so; no number is broken."""
    text = report.page(report.markdown(golden_results), {})
    found = Page(text).found
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in found
    rules = dict(re.findall(r"^([^{}\n@]+) \{ ([^}]*) \}", text.replace("\n  ", " "), re.M))
    assert "overflow-x: auto" in rules[".figure, .numbers, .text"]
    assert "white-space: pre-wrap" in rules["pre"]
    assert "white-space: nowrap" in rules[".numbers td + td"]
    assert "overflow-wrap: anywhere" in rules["body"]
    assert not re.search(r"[^-]width: \d{3,}px", text)
    boxes = re.findall(r'<div class="([^"]*)">', text)
    assert boxes.count("text") == 5
    assert boxes.count("figure") == len(WITH_PICTURE)
    assert text.count('<p class="hint">') == boxes.count("figure") + boxes.count("numbers wide")
    assert '<td data-label="why">' in text
    assert '<td data-label="explanation">' in text


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PROBE = """
<iframe id="page" style="border: 0; width: %dpx; height: 900px"></iframe><pre id="found">not yet</pre>
<script>
var frame = document.getElementById('page');
frame.onload = function () {
  var page = frame.contentDocument;
  document.getElementById('found').textContent = JSON.stringify({
    loaded: [].every.call(page.images, function (image) { return image.complete && image.naturalWidth > 100; }),
    images: page.images.length, wide: page.documentElement.scrollWidth, window: frame.clientWidth
  });
};
frame.srcdoc = %s;
</script>
"""


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt install chromium)")
@pytest.mark.parametrize("width", [1280, 390])
def test_a_browser_shows_the_page(golden_results, tmp_path, width):
    """Every image is shown, and nothing is wider than the window."""
    pictures = {result.picture: result.measurement.picture for result in golden_results if result.picture}
    text = report.page(report.markdown(golden_results), pictures)
    probe = tmp_path / "probe.html"
    probe.write_text(PROBE % (width, json.dumps(text).replace("</", "<\\/")), encoding="utf-8")
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    flags += " --disable-component-update --disable-sync --virtual-time-budget=20000 --window-size=1400,1000"
    command = [CHROMIUM] + flags.split() + ["--user-data-dir=%s" % (tmp_path / "profile"), "--dump-dom", probe.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    found = re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.S)
    assert found, done.stderr[-1000:]
    assert found.group(1) != "not yet", done.stderr[-1000:]
    found = json.loads(html.unescape(found.group(1)))
    assert found["loaded"]
    assert found["images"] == len(WITH_PICTURE)
    assert found["window"] == width
    assert found["wide"] <= width
