"""The comparison with the original: what it measures, what it says of bad records, its page, and the READMEs."""

import base64
import html
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys

import compare
import numpy as np
import pytest

from conftest import RNN
from common import figures, originals, page, records
from matplotlib.colors import to_hex

ROOT = os.path.dirname(RNN)
GOLDEN = os.path.join(ROOT, "tests", "golden")  # records of default runs, whatever was run here since
SHARED = os.path.join(os.path.dirname(ROOT), "shared", "original")
needs_original = pytest.mark.skipif(not os.path.isdir(SHARED), reason="the original's own pictures are not here")
SCRIPTS = [script for script, _, _ in compare.PARTS]


@pytest.fixture
def folder(tmp_path):
    """A folder with the golden records."""
    for script in SCRIPTS:
        name = script[:-3] + ".json"
        shutil.copy(os.path.join(GOLDEN, name), str(tmp_path / name))
    return tmp_path


def change(folder, script, function):
    """Alters a record of the folder."""
    path = str(folder / (script[:-3] + ".json"))
    record = records.read(path)
    function(record)
    records.write(path, record)


def compared(folder):
    """{script: result} of a comparison, as RNN/compare.py makes it."""
    return {result.script: result for result in compare.compare_all(str(folder), str(folder))}


def test_the_golden_runs_are_inside(folder):
    done = subprocess.run(
        [sys.executable, os.path.join(RNN, "compare.py"), "--records", str(folder)], capture_output=True, text=True
    )
    assert done.returncode == 0 and done.stderr == ""
    lines = done.stdout.splitlines()
    assert [line.split()[:2] for line in lines[:-1]] == [[script, "inside:"] for script in SCRIPTS]
    assert lines[-1].startswith("the page: ")
    made = {"comparison.md", "comparison.html"} | {
        "comparison_%s.png" % name
        for name in ("predict_sin", "predict_sin_MultiRnnCell", "LSTM_for_Mnist", "tflearn_sin")
    }
    assert made <= set(os.listdir(str(folder)))


def test_part_3_is_the_original_s_figure():
    """By hand: every curve against its numbers, the crests, the troughs, and the printed losses."""
    record = records.read(os.path.join(GOLDEN, "predict_sin.json"))
    original = originals.load("original")["predict_sin.py"]
    assert len(record["curves"]["predictions"]) == len(original["y"]) == 15
    differences = []
    for number, curve in enumerate(record["curves"]["predictions"]):
        seen = [i for i in range(200) if i not in original["hidden"][number]]
        found = [curve["y"][original["x"][i]] - original["y"][number][i] for i in seen]
        differences += found
        read = [d for i, d in zip(seen, found) if i not in original["inferred"][number]]
        assert np.sqrt(np.mean(np.square(read))) < 5e-4
        assert curve["y"][222] == pytest.approx(original["crest_at_222"][number], abs=2e-4)
        assert curve["y"][568] == pytest.approx(original["trough_at_568"][number], abs=2e-4)
    assert np.sqrt(np.mean(np.square(differences))) < 5e-4
    losses = [line.split("=")[1] for line in record["printed"] if "test loss" in line]
    assert losses == original["average_test_loss"]


@needs_original
def test_the_figure_has_the_original_s_pixels(fresh, tmp_path):
    """At the original's size at least 98 % of the pixels inside the axes are the original's, the others nearly."""
    image = pytest.importorskip("PIL.Image")
    figure = figures.new(figures.ONE_LAYER_SIZE)
    fresh("predict_sin").draw(figure, records.read(os.path.join(GOLDEN, "predict_sin.json")))
    (tmp_path / "drawn.png").write_bytes(figures.saved(figure))
    theirs, ours = (
        np.array(image.open(str(path)).convert("RGB")).astype(int)
        for path in (os.path.join(SHARED, "onelayer_lstm.png"), tmp_path / "drawn.png")
    )
    rows = min(len(theirs), len(ours))  # aligned at the bottom edge: the original is one row shorter
    inside = np.abs(theirs[-rows:] - ours[-rows:]).max(axis=2)[rows - 419 : rows - 53, 81:575]
    print("%.2f %% identical, the others within %d of 255" % (100 * (inside == 0).mean(), inside.max()))
    assert (inside == 0).mean() >= 0.98
    assert inside.max() <= 10


@needs_original
def test_the_original_s_numbers_are_those_read_off_its_pictures():
    with open(os.path.join(SHARED, "figures.json"), encoding="utf-8") as file:
        read = json.load(file)
    original = originals.load("original")
    for script, name in (("predict_sin.py", "onelayer_lstm"), ("predict_sin_MultiRnnCell.py", "multi_lstm")):
        for number, curve in enumerate(read[name]["curves"]):
            assert original[script]["y"][number] == curve["samples"]["y"]
            flags = curve["samples"]["flag"]
            assert original[script]["hidden"][number] == [i for i in range(200) if flags[i] == "hidden"]
            assert original[script]["inferred"][number] == [i for i in range(200) if flags[i] == "inferred"]
    assert original["tflearn_sin.py"]["predicted"] == read["tflearn"]["samples"]["predicted"]


@pytest.mark.parametrize("script", compare.SPREAD_OVER)
def test_the_default_seed_is_the_nearest_of_a_hundred(fresh, script):
    seeds = originals.load("seeds")[script]
    assert seeds["seed"] == list(range(100)) and len(seeds["distance"]) == 100
    record = records.read(os.path.join(GOLDEN, script[:-3] + ".json"))
    seed = fresh(script[:-3]).SEED
    assert int(np.argmin(seeds["distance"])) == seed == record["seed"]
    found = originals.distance(record, originals.load("original")[script])
    assert found == pytest.approx(seeds["distance"][seed], rel=1e-3)
    assert originals.mean_square_error(record) == pytest.approx(seeds["mean_square_error"][seed], rel=1e-3)


def test_the_spread_of_small_runs():
    original = {"epoch": [10], "x": [0, 2], "y": [[0.0, 1.0]], "hidden": [[]], "mean_square_error": [0.1]}

    def run(*values):
        curves = {"predictions": [{"epoch": 10, "y": list(values)}], "target": [0.0, 0.0, 1.0]}
        return {"curves": curves, "versions": {"numpy": "1"}}

    found = originals.spread({0: run(0.0, 0.5, 1.0), 1: run(3.0, 0.0, 5.0)}, original)
    assert found["distance"] == [0.0, pytest.approx(np.sqrt(12.5), rel=1e-5)]
    assert found["mean_square_error"] == [pytest.approx(0.25 / 3, rel=1e-5), pytest.approx(25 / 3, rel=1e-5)]
    assert found["low"] == [[0.0, 1.0]] and found["high"] == [[3.0, 5.0]]


def test_baselines_are_those_of_the_sine():
    """5.2e-5 for the last point seen, 4.8e-9 for the straight line, on the Estimator's 989 points."""
    last, line = originals.baselines(records.read(os.path.join(GOLDEN, "tflearn_sin.json")))
    assert last == pytest.approx(5.2e-5, rel=0.01) and line == pytest.approx(4.8e-9, rel=0.01)


def shift(script, amount):
    def function(record):
        curves = record["curves"]
        if "predicted" in curves:
            curves["predicted"] = [value + amount for value in curves["predicted"]]
        for curve in curves.get("predictions", []):
            curve["y"] = [value + amount for value in curve["y"]]

    return script, function


@pytest.mark.parametrize(
    "script, function",
    [
        shift("predict_sin.py", 0.0006),
        shift("predict_sin_MultiRnnCell.py", 0.05),
        shift("tflearn_sin.py", 0.03),
        ("predict_sin.py", lambda r: r["printed"].__setitem__(1, "epoch:10 ,average test loss=0.0450")),
        ("simple_rnn_forward.py", lambda r: r["curves"]["output"].__setitem__(1, [2.7270711])),
        ("LSTM_for_Mnist.py", lambda r: r["losses"]["accuracy"].__setitem__(3, 0.955)),
        ("LSTM.py", lambda r: r["printed"].remove("output_size: 128")),
    ],
)
def test_a_run_that_is_outside_is_told(folder, script, function):
    change(folder, script, function)
    states = {name: result.state for name, result in compared(folder).items()}
    assert states == {name: "outside" if name == script else "inside" for name in SCRIPTS}
    assert compare.main(["--records", str(folder)]) == 1


@pytest.mark.parametrize("content", [None, "", "{}", '{"script": "predict_sin.py", "options": {}}', "cut"])
def test_a_missing_or_damaged_record_is_named_and_the_others_compared(folder, content, capsys):
    path = folder / "predict_sin.json"
    if content is None:
        path.unlink()
    else:
        path.write_text(path.read_text()[:3000] if content == "cut" else content)
    assert compare.main(["--records", str(folder)]) == 1
    said = capsys.readouterr().out
    assert re.search(
        r"^predict_sin.py +%s: .*predict_sin.json" % ("missing" if content is None else "damaged"), said, re.M
    )
    assert said.count(" inside: ") == 5
    assert "predict_sin.json" in (folder / "comparison.md").read_text()


def test_the_record_of_another_part_is_named(folder, capsys):
    shutil.copy(str(folder / "predict_sin_MultiRnnCell.json"), str(folder / "predict_sin.json"))
    assert compare.main(["--records", str(folder)]) == 1
    said = capsys.readouterr().out
    assert re.search(
        "predict_sin.py +damaged: predict_sin.json: is the record of another part, predict_sin_MultiRnnCell.py", said
    )
    assert said.count(" inside: ") == 5


@pytest.mark.parametrize(
    "script, function",
    [
        ("simple_rnn_forward.py", lambda r: r["curves"]["state"].__setitem__(0, [])),
        ("predict_sin.py", lambda r: r["curves"]["predictions"].pop(4)),
        ("predict_sin.py", lambda r: r["curves"]["predictions"][3]["y"].__setitem__(0, 10**400)),
        ("predict_sin.py", lambda r: r["options"].update(testing_examples=10**13)),
        ("predict_sin.py", lambda r: r["versions"].update(tensorflow=[2])),
        ("predict_sin.py", lambda r: r["changed"].append(1)),
        ("predict_sin_MultiRnnCell.py", lambda r: r["curves"]["predictions"].pop()),
        ("LSTM_for_Mnist.py", lambda r: r["losses"]["accuracy_step"].__setitem__(3, None)),
        ("LSTM_for_Mnist.py", lambda r: r["losses"]["accuracy_step"].__setitem__(3, [])),
        ("tflearn_sin.py", lambda r: r["curves"]["predicted"].pop(7)),
    ],
)
def test_a_record_with_a_hole_is_damaged_not_inside(folder, script, function):
    change(folder, script, function)
    states = {name: result.state for name, result in compared(folder).items()}
    assert states == {name: "damaged" if name == script else "inside" for name in SCRIPTS}


def test_numbers_beyond_all_bounds_are_damage(folder):
    path = folder / "tflearn_sin.json"
    text = path.read_text()
    path.write_text(re.sub(r'("real_sin": \[)[^,]+', r"\g<1>1e400", text))
    result = compared(folder)["tflearn_sin.py"]
    assert result.state == "damaged" and "1e400 is not a finite number" in result.words


def test_a_part_that_did_not_run_is_not_judged_by_an_older_record(folder, capsys):
    assert compare.main(["--records", str(folder), "--without", "LSTM_for_Mnist.py"]) == 1
    assert re.search(r"LSTM_for_Mnist.py +not compared: it did not run; ", capsys.readouterr().out)


def test_what_a_record_says_is_shown_as_text(folder):
    hostile = "<script>alert(1)</script> | a\n# b `c` [d](e)"
    change(folder, "LSTM.py", lambda record: record["versions"].update(cpu=hostile))
    compared(folder)
    line = r"\<script\>alert(1)\</script\> \| a # b \`c\` \[d\](e)"
    assert line in (folder / "comparison.md").read_text(encoding="utf-8")
    assert "alert(1)</script>" not in (folder / "comparison.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("key", ["losses", "curves", "printed", "options"])
def test_records_that_lack_something_never_end_in_a_traceback(folder, script, key):
    change(folder, script, lambda record: record.__setitem__(key, type(record[key])()))
    (part,) = [part for part in compare.PARTS if part[0] == script]
    result = compare.compare(*part, folder=str(folder), out=str(folder))
    assert result.state in ("inside", "outside", "damaged", "not compared") and result.words


def test_another_run_is_compared_as_what_it_is(folder, capsys):
    def shorter(record):
        record["changed"] = ["--epoch 20"]
        record["curves"]["predictions"] = record["curves"]["predictions"][:2]
        record["printed"] = record["printed"][:4]

    change(folder, "predict_sin.py", shorter)

    def other_images(record):
        record["changed"] = ["--print-every 9000"]
        record["losses"].update(accuracy_step=[0], accuracy=[0.1])

    def one_curve(record):
        record["changed"] = ["--epoch 10"]
        record["curves"]["predictions"] = record["curves"]["predictions"][:1]

    change(folder, "LSTM_for_Mnist.py", other_images)
    change(folder, "predict_sin_MultiRnnCell.py", one_curve)
    assert compare.main(["--records", str(folder)]) == 1
    said = capsys.readouterr().out
    assert re.search(r"predict_sin.py +inside: .*the 2 curves .* \(not the default run: --epoch 20\)", said)
    assert re.search(r"LSTM_for_Mnist.py +not compared: .*no accuracy at step 500", said)
    text = (folder / "comparison.md").read_text()
    assert "Not the default run, compared as what it is: --epoch 20." in text
    # epoch 10 of the original against epoch 10, and no number of the seeds' last curves beside them
    assert "the curve of epoch 10, original | 3.38e-03 | - |\n| the same, ours | 3.84e-03 |" in text
    assert "only epoch 10 can be compared" in text and text.count("seeds with a lower one") == 1


def test_records_of_different_versions_are_told(folder):
    change(folder, "predict_sin_MultiRnnCell.py", lambda record: record["versions"].update(tensorflow="2.99.0"))
    results = compared(folder)
    assert "Made on TensorFlow 2.99.0, other records here on 2.15.1." in results["predict_sin_MultiRnnCell.py"].notes
    assert "Made on TensorFlow 2.15.1, other records here on 2.99.0." in results["tflearn_sin.py"].notes
    text = (folder / "comparison.html").read_text(encoding="utf-8")
    assert "The hundred seeds were run on TensorFlow 2.15.1, this record on 2.99.0" in text


def test_no_records_at_all(tmp_path):
    done = subprocess.run(
        [sys.executable, os.path.join(RNN, "compare.py"), "--records", str(tmp_path / "none")],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2 and done.stderr.startswith("compare.py: error: --records: there is no folder")


# the page


class Page(html.parser.HTMLParser):
    """Collects tags, and makes sure that each one is closed."""

    VOID = {"meta", "img", "input", "link", "br"}

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
        assert self.open.pop() == tag


def test_the_page_is_one_file_with_everything_in_it(folder):
    compared(folder)
    text = (folder / "comparison.html").read_text(encoding="utf-8")
    found = Page(text).found
    images = [attributes for tag, attributes in found if tag == "img"]
    assert len(images) == 5 * 4  # of four parts: original, ours, difference, and two of them once more for the slider
    for attributes in images:
        assert len(attributes["alt"]) > 20
        assert base64.b64decode(attributes["src"].partition("base64,")[2])[:4] == b"\x89PNG"
    links = [
        attributes.get("href") or attributes.get("src") for tag, attributes in found if tag in ("a", "link", "script")
    ]
    assert all(link is None or link.startswith("data:") for link in links)
    assert not re.search(r"https?://|url\(", text)
    assert [attributes["hidden"] for tag, attributes in found if attributes.get("class") == "over"] == [None] * 4
    assert sum(tag == "h2" for tag, _ in found) == len(SCRIPTS) + 1
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in found
    for what, *_ in compare.DEVIATIONS:
        assert html.escape(what) in text
    assert "straight line through the last two" in text and "As a forecast this is poor" in text
    for script in SCRIPTS:
        printed = records.read(str(folder / (script[:-3] + ".json")))["printed"]
        assert html.escape("\n".join(printed)) in text


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PROBE = """
<iframe id="page" style="border: 0; width: %dpx; height: 900px"></iframe><pre id="told">not yet</pre>
<script>
var frame = document.getElementById('page');
frame.onload = function () {
  var page = frame.contentDocument, boxes = [].slice.call(page.querySelectorAll('.over'));
  var slider = boxes[0].querySelector('input'), top = boxes[0].querySelector('img + img');
  slider.value = 20;
  slider.dispatchEvent(new Event('input'));
  var under = boxes[0].querySelector('img').getBoundingClientRect(), over = top.getBoundingClientRect();
  document.getElementById('told').textContent = JSON.stringify({
    loaded: [].every.call(page.images, function (image) { return image.complete && image.naturalWidth > 100; }),
    images: page.images.length,
    sliders: boxes.filter(function (box) { return box.offsetHeight > 0; }).length,
    clip: page.defaultView.getComputedStyle(top).clipPath,
    same_place: Math.abs(under.left - over.left) + Math.abs(under.top - over.top) + Math.abs(under.width - over.width),
    wide: page.documentElement.scrollWidth, window: frame.clientWidth
  });
};
frame.srcdoc = %s;
</script>
"""


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here (Debian: apt install chromium)")
@pytest.mark.parametrize("width", [1280, 375])
def test_the_page_in_a_browser(folder, width):
    """Every image shows, the slider lays one over the other, and nothing is wider than the window or the phone."""
    compared(folder)
    text = (folder / "comparison.html").read_text(encoding="utf-8")
    probe = folder / "probe.html"
    probe.write_text(PROBE % (width, json.dumps(text).replace("</", "<\\/")), encoding="utf-8")
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    flags += " --disable-component-update --disable-sync --virtual-time-budget=20000 --window-size=1400,1000"
    command = [CHROMIUM] + flags.split() + ["--user-data-dir=%s" % (folder / "profile"), "--dump-dom", probe.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    told = re.search(r'<pre id="told">(.*?)</pre>', done.stdout, re.S)
    assert told and told.group(1) != "not yet", done.stderr[-1000:]
    told = json.loads(html.unescape(told.group(1)))
    assert told["loaded"] and told["images"] == 20 and told["sliders"] == 4
    assert told["clip"] == "inset(0px 0px 0px 20%)" and told["same_place"] < 1
    assert told["window"] == width and told["wide"] <= width


# what is made of it


def committed(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return file.read()


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readmes_are_up_to_date(folder, name):
    """If this fails: make results."""
    assert page.filled_readme(ROOT, name, list(compared(folder).values())) == committed(name)


def test_the_figure_is_drawn_as_the_original_was(fresh):
    """Red stars first, then the curves, in matplotlib's own colours."""
    figure = figures.new(figures.ONE_LAYER_SIZE)
    fresh("predict_sin").draw(figure, records.read(os.path.join(GOLDEN, "predict_sin.json")))
    (axes,) = figure.axes
    assert [line.get_marker() for line in axes.lines] == ["*"] + ["None"] * 15
    assert [to_hex(line.get_color()) for line in axes.lines][:3] == ["#ff0000", "#1f77b4", "#ff7f0e"]
    assert not figure.texts


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_links_and_pictures_of_the_readmes_exist(name):
    for target in re.findall(r"\]\(([^)#]+)\)", committed(name)):
        if not target.startswith("http"):
            assert os.path.exists(os.path.join(ROOT, target)), target
