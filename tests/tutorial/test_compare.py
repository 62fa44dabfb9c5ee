"""The comparison with the original: its metrics, damaged records, the report, the page, and the READMEs."""

import hashlib
import html
import html.parser
import io
import json
import os
import re
import shutil
import subprocess
import sys

from common import figures, records
from common.parts import BY_SCRIPT, PARTS

import numpy as np
import pytest
from conftest import RNN
from matplotlib.colors import to_hex

from compare import __main__ as command_line
from compare import comparison, report
from compare import original as originals

ROOT = os.path.dirname(RNN)
GOLDEN = os.path.join(ROOT, "tests", "golden")  # records of default runs
SCRIPTS = list(BY_SCRIPT)
WITH_PICTURE = [part for part in PARTS if part.trains]


@pytest.fixture(scope="module")
def golden_results():
    return comparison.compare_all(GOLDEN)


@pytest.fixture
def directory(tmp_path, monkeypatch):
    """A directory with the golden records; pictures are drawn, but not encoded, which takes the most time."""
    monkeypatch.setattr(figures, "saved", lambda figure, kind="png": b"not encoded")
    for part in PARTS:
        shutil.copy(os.path.join(GOLDEN, part.record), str(tmp_path / part.record))
    return tmp_path


def change(directory, script, function):
    """Changes a record in the directory."""
    path = str(directory / BY_SCRIPT[script].record)
    record = records.read(path)
    function(record)
    records.write(path, record)


def compared(directory, script):
    return comparison.compare_part(BY_SCRIPT[script], str(directory))


def states(directory):
    return {result.part.script: result.state for result in comparison.compare_all(str(directory))}


# metrics


def test_the_golden_runs_pass(golden_results):
    assert [(result.part.script, result.state) for result in golden_results] == [(name, "pass") for name in SCRIPTS]


@pytest.mark.slow
@pytest.mark.parametrize("command", [["-m", "RNN.compare"], [os.path.join("RNN", "compare")]])
def test_the_command(tmp_path, command):
    command = [sys.executable] + command + ["--records", GOLDEN, "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0 and done.stderr == ""
    lines = done.stdout.splitlines()
    assert [re.split(" +pass: ", line)[0] for line in lines[:-1]] == [part.label for part in PARTS]
    assert lines[-1].startswith("page: ")
    written = {"comparison.md", "comparison.html"} | {"comparison_%s.png" % part.name for part in WITH_PICTURE}
    assert set(os.listdir(str(tmp_path))) == written


def test_part_3_is_the_original_figure():
    """Independently of compare: every curve, its crests and troughs, and the printed losses."""
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


@pytest.mark.parametrize(
    "script, keys, digest",
    [
        ("predict_sin.py", ("y", "hidden", "inferred"), "c2f1ba4e760ceca1"),
        ("predict_sin_MultiRnnCell.py", ("y", "hidden", "inferred"), "5db3fdb0d5c8711e"),
        ("tflearn_sin.py", ("y", "hidden"), "7c0fc3529ea402a0"),
    ],
)  # fmt: skip
def test_the_original_curves_are_those_read_off_its_figures(script, keys, digest):
    original = originals.load("original")[script]
    content = json.dumps([original[key] for key in keys])
    assert hashlib.sha256(content.encode()).hexdigest()[:16] == digest


@pytest.mark.parametrize("script", ["predict_sin_MultiRnnCell.py", "tflearn_sin.py"])
def test_the_default_seed_is_the_nearest_of_a_hundred(loaded, script):
    seeds = originals.load("seeds")[script]
    original = originals.load("original")[script]
    assert seeds["seed"] == list(range(100)) and len(seeds["distance"]) == 100
    record = records.read(os.path.join(GOLDEN, BY_SCRIPT[script].record))
    seed = loaded(BY_SCRIPT[script].name)[0].SEED
    assert int(np.argmin(seeds["distance"])) == seed == record["seed"]
    assert originals.distance(record, original) == pytest.approx(seeds["distance"][seed], rel=1e-3)
    error = originals.mean_square_error(record, original["epoch"][-1])
    assert error == pytest.approx(seeds["mean_square_error"][seed], rel=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["predict_sin_MultiRnnCell", "tflearn_sin"])
def test_a_seed_that_was_not_selected(start, tmp_path, name):
    """Seed 100 is not one of those that the default seed and the tolerance come from."""
    seeds, original = (originals.load(file)[name + ".py"] for file in ("seeds", "original"))
    assert start(name, "--seed", 100).returncode == 0
    found = originals.distance(records.read(str(tmp_path / "out" / (name + ".json"))), original)
    stored = dict(zip(seeds["not_selected"]["seed"], seeds["not_selected"]["distance"]))
    assert sorted(stored) == list(range(100, 110))
    assert found == pytest.approx(stored[100], rel=1e-3) and found <= max(seeds["distance"])


def test_a_selected_seed_is_called_so(directory, golden_results):
    for result in golden_results:
        if result.part.script in originals.load("seeds"):
            seed = result.record["seed"]
            assert result.summary.startswith("RMSE to the original (seed %d, the closest of 100) " % seed)
            assert "was selected as the closest of the same hundred seeds" in result.measurement.note
    change(directory, "tflearn_sin.py", lambda record: record.update(seed=7, changed=["--seed 7"]))
    result = compared(directory, "tflearn_sin.py")
    assert result.summary.startswith("RMSE to the original 0.0") and "selected as" not in result.measurement.note


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


DIFFERENT = [
    shift("predict_sin.py", 0.0006),
    shift("predict_sin_MultiRnnCell.py", 0.05),
    shift("tflearn_sin.py", 0.03),
    ("predict_sin.py", lambda r: r["printed"].__setitem__(1, "epoch:10 ,average test loss=0.0450")),
    ("simple_rnn_forward.py", lambda r: r["curves"]["output"].__setitem__(1, [2.7270711])),
    ("LSTM_for_Mnist.py", lambda r: r["losses"]["accuracy"].__setitem__(3, 0.955)),
    ("LSTM.py", lambda r: r["printed"].remove("output_size: 128")),
]


@pytest.mark.parametrize("script, function", DIFFERENT)
def test_a_run_beyond_the_tolerance_fails(directory, script, function):
    change(directory, script, function)
    result = compared(directory, script)
    assert result.state == "fail" and "tolerance" in result.summary
    assert not all(metric.passed for metric in result.limits)


def test_one_failed_part_leaves_the_others_alone(directory, capsys):
    change(directory, *DIFFERENT[0])
    assert command_line.main(["--records", str(directory)]) == 1
    assert re.findall(r"^Part.*: (\S+) +(\w+): ", capsys.readouterr().out, re.M) == [
        (name, "fail" if name == "predict_sin.py" else "pass") for name in SCRIPTS
    ]


# records that cannot be compared


@pytest.mark.parametrize("content", [None, "", "{}", '{"script": "predict_sin.py", "options": {}}', "cut"])
def test_a_missing_or_damaged_record_is_named(directory, content):
    path = directory / "predict_sin.json"
    if content is None:
        path.unlink()
    else:
        path.write_text(path.read_text()[:3000] if content == "cut" else content)
    result = compared(directory, "predict_sin.py")
    assert result.state == ("missing" if content is None else "damaged")
    assert "predict_sin.json" in result.summary and str(directory) not in result.summary
    assert "predict_sin.json" in report.markdown([result])


def test_the_record_of_a_different_part_is_named(directory, capsys):
    shutil.copy(str(directory / "predict_sin_MultiRnnCell.json"), str(directory / "predict_sin.json"))
    assert command_line.main(["--records", str(directory)]) == 1
    printed = capsys.readouterr().out
    assert re.search("predict_sin.py +damaged: predict_sin.json: is the record of a different part, .*Cell.py", printed)
    assert printed.count(" pass: ") == 5


@pytest.mark.parametrize(
    "script, function",
    [
        ("simple_rnn_forward.py", lambda r: r["curves"]["state"].__setitem__(0, [])),
        ("predict_sin.py", lambda r: r["curves"]["predictions"].pop(4)),
        ("predict_sin.py", lambda r: r["curves"]["predictions"][3]["y"].__setitem__(0, 10**400)),
        ("predict_sin.py", lambda r: r["versions"].update(tensorflow=[2])),
        ("predict_sin.py", lambda r: r["changed"].append(1)),
        ("predict_sin_MultiRnnCell.py", lambda r: r["curves"]["predictions"].pop()),
        ("LSTM_for_Mnist.py", lambda r: r["losses"]["accuracy_step"].__setitem__(3, None)),
        ("LSTM_for_Mnist.py", lambda r: r["losses"]["accuracy_step"].__setitem__(3, [])),
        ("tflearn_sin.py", lambda r: r["curves"]["predicted"].pop(7)),
        ("tflearn_sin.py", lambda r: r["options"].update(testing_examples=10**13)),
    ],
)
def test_an_incomplete_record_is_damaged(directory, script, function):
    change(directory, script, function)
    assert compared(directory, script).state == "damaged"


def test_overflow_in_a_record_is_damage(directory):
    path = directory / "tflearn_sin.json"
    path.write_text(re.sub(r'("real_sin": \[)[^,]+', r"\g<1>1e400", path.read_text()))
    result = compared(directory, "tflearn_sin.py")
    assert result.state == "damaged" and "1e400 is not a finite number" in result.summary


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("key", ["losses", "curves", "printed", "options"])
def test_an_empty_entry_never_ends_in_a_traceback(directory, script, key):
    change(directory, script, lambda record: record.__setitem__(key, type(record[key])()))
    result = compared(directory, script)
    assert result.state in ("pass", "fail", "damaged", "not compared") and result.summary


def test_a_part_that_was_not_run_is_not_compared(directory):
    results = {result.part.script: result for result in comparison.compare_all(str(directory), ["LSTM_for_Mnist.py"])}
    assert results["LSTM_for_Mnist.py"].state == "not compared"
    assert results["LSTM_for_Mnist.py"].summary == "not run; records of earlier runs are ignored"


def test_generated_digits_are_not_compared(directory):
    change(directory, "LSTM_for_Mnist.py", lambda record: record["options"].update(data="synthetic"))
    result = compared(directory, "LSTM_for_Mnist.py")
    assert result.state == "not compared" and "generated digits, not MNIST" in result.summary


@pytest.mark.parametrize("script", ["predict_sin.py", "predict_sin_MultiRnnCell.py"])
def test_a_run_without_a_curve_of_the_original_is_not_compared(directory, script):
    def short(record):
        record["changed"] = ["--epoch 2"]
        record["curves"]["predictions"] = [dict(record["curves"]["predictions"][0], epoch=2)]

    change(directory, script, short)
    result = compared(directory, script)
    assert (result.state, result.summary) == ("not compared", "no curve at the original's epochs and points")


def test_a_shorter_run_is_compared_as_far_as_it_goes(directory, capsys):
    def shorter(record):
        record["changed"] = ["--epoch 20"]
        record["curves"]["predictions"] = record["curves"]["predictions"][:2]
        record["printed"] = record["printed"][:4]

    def no_accuracies(record):
        record["changed"] = ["--print-every 9000"]
        record["losses"].update(accuracy_step=[0], accuracy=[0.1])

    change(directory, "predict_sin.py", shorter)
    change(directory, "LSTM_for_Mnist.py", no_accuracies)
    assert command_line.main(["--records", str(directory)]) == 1
    printed = capsys.readouterr().out
    assert re.search(
        r"predict_sin.py +pass: RMSE of 2 of the 15 curves .* \(non-default options: --epoch 20\)", printed
    )
    assert re.search(r"LSTM_for_Mnist.py +not compared: no accuracy at step 500", printed)
    assert "Non-default options: --epoch 20." in (directory / "comparison.md").read_text()


def test_a_shortened_run_neither_passes_nor_fails(directory, capsys):
    """Where the tolerance is that of full runs; what there is, is shown."""

    def one_curve(record):
        record["changed"] = ["--epoch 10"]
        record["options"]["epoch"] = 10
        record["curves"]["predictions"] = record["curves"]["predictions"][:1]

    def steps(count):
        return lambda record: record["options"].update(training_steps=count)

    change(directory, "predict_sin_MultiRnnCell.py", one_curve)
    change(directory, "LSTM_for_Mnist.py", steps(501))
    change(directory, *shift("tflearn_sin.py", 0.5))
    change(directory, "tflearn_sin.py", steps(500))
    command_line.main(["--records", str(directory)])
    printed = capsys.readouterr().out
    for script, text in (
        ("predict_sin_MultiRnnCell.py", "10 of the original's 50 epochs (non-default options: --epoch 10)"),
        ("LSTM_for_Mnist.py", "501 of the original's 8000 steps"),
        ("tflearn_sin.py", "500 of the original's 3000 steps"),
    ):
        assert re.search(r"%s +not compared: shortened: %s$" % (script, re.escape(text)), printed, re.M)
    assert " fail" not in printed
    text = (directory / "comparison.md").read_text()
    # epoch 10 is compared with epoch 10, and the seeds' last curves are not mentioned
    assert re.search(r"\| 10 \| [\d.]+ \| [\d.]+ \| 3.38e-03 \| 3.84e-03 \|", text)
    assert text.count("RMSE of seeds 0 to 99") == 1 and text.count("seeds 0 to 99 closer to the original") == 1


def test_versions_are_reported(directory):
    change(directory, "predict_sin_MultiRnnCell.py", lambda record: record["versions"].update(tensorflow="2.99.0"))
    text = report.markdown(comparison.compare_all(str(directory)))
    ours = text.partition("## Parts 4 and 5")[2].partition("## Part 6")[0]
    assert "Run with TensorFlow 2.99.0, numpy" in ours and "initial weights: seed 39." in ours
    assert "The seeds were run with TensorFlow 2.15.1; on a different version" in ours
    assert text.count("Run with TensorFlow 2.99.0") == 1 and text.count("Run with TensorFlow 2.15.1") == 4


def test_no_records_at_all(tmp_path):
    from common import errors

    with pytest.raises(errors.UsageError, match="--records: there is no directory"):
        command_line.main(["--records", str(tmp_path / "none")])


# the report


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


def test_the_page_is_one_file_that_needs_no_other(golden_results):
    pictures = {result.picture: result.measurement.picture for result in golden_results if result.picture}
    assert len(pictures) == len(WITH_PICTURE) and all(png[:4] == b"\x89PNG" for png in pictures.values())
    text = report.page(report.markdown(golden_results), pictures)
    found = Page(text).found
    images = [attributes for tag, attributes in found if tag == "img"]
    assert len(images) == len(WITH_PICTURE)
    for attributes in images:
        assert len(attributes["alt"]) > 20 and attributes["src"].startswith("data:image/png;base64,")
    links = [attributes["href"] for tag, attributes in found if tag in ("a", "link")]
    assert all(link.startswith("data:") for link in links)
    assert not re.search(r"https?://|url\(|<script", text)
    assert sum(tag == "h2" for tag, _ in found) == len(PARTS) + 1
    assert sum(tag == "table" for tag, _ in found) == 1 + 2 * len(PARTS) + 1
    assert "straight line through the last two" in text and "As a forecast this is poor" in text
    for result in golden_results:
        assert html.escape("\n".join(result.record["printed"]), quote=False) in text


def test_the_page_fits_a_phone(golden_results):
    """Whatever may be wider than the window scrolls within itself, and a hint says so; no number is broken."""
    text = report.page(report.markdown(golden_results), {})
    found = Page(text).found
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in found
    rules = dict(re.findall(r"^([^{}\n@]+) \{ ([^}]*) \}", text.replace("\n  ", " "), re.M))
    assert "overflow-x: auto" in rules[".figure, .numbers, .text"] and "white-space: pre-wrap" in rules["pre"]
    assert "white-space: nowrap" in rules[".numbers td + td"] and "overflow-wrap: anywhere" in rules["body"]
    assert not re.search(r"[^-]width: \d{3,}px", text)
    boxes = re.findall(r'<div class="([^"]*)">', text)
    assert boxes.count("text") == 5 and boxes.count("figure") == len(WITH_PICTURE)
    assert text.count('<p class="hint">') == boxes.count("figure") + boxes.count("numbers wide")
    assert '<td data-label="why">' in text and '<td data-label="explanation">' in text


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
def test_the_page_in_a_browser(golden_results, tmp_path, width):
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
    assert found and found.group(1) != "not yet", done.stderr[-1000:]
    found = json.loads(html.unescape(found.group(1)))
    assert found["loaded"] and found["images"] == len(WITH_PICTURE)
    assert found["window"] == width and found["wide"] <= width


# what is published


def committed(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return file.read()


def shortened(lines):
    """The first and the last printed lines, as the READMEs show them."""
    return lines if len(lines) <= 8 else lines[:2] + ["..."] + lines[-2:]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readmes_show_the_golden_results(golden_results, name):
    text = committed(name)
    rows = re.findall("^.* [|] (.*) [|] (.*) [|] (.*) [|] ([\u2713\u2717]) [|]$", text, re.M)
    metrics = [metric for result in golden_results for metric in result.limits]
    marks = ["\u2713" if metric.passed else "\u2717" for metric in metrics]
    assert [row[1:] for row in rows] == [(one.value, one.tolerance, mark) for one, mark in zip(metrics, marks)]
    if name == "README.md":
        assert [row[0] for row in rows] == [metric.name for metric in metrics]
    outputs = [lines.split("\n") for lines in re.findall(r"<details>.*\n\n```\n([^`]*)\n```\n</details>", text)]
    assert outputs == [shortened(result.record["printed"]) for result in golden_results]


def test_the_titles_are_those_of_the_readme():
    sections = re.findall(r"^## (Part .*)$", committed("README.md"), re.M)
    sections = [re.sub("^Part 4: ", "Parts 4 and 5: ", section) for section in sections]
    assert [part.title for part in PARTS] == [one for one in sections if not one.startswith(("Part 5", "Part 7 on"))]


def test_the_published_report_is_up_to_date(golden_results):
    """If this fails: make results."""
    assert report.markdown(golden_results) == committed(os.path.join("result_picture", "comparison.md"))


def test_publishing_writes_every_figure_and_no_page(golden_results, tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "saved", lambda figure, kind="png": kind.encode())
    for name in ("RESULT_PICTURE", "MY_PICTURE"):
        monkeypatch.setattr(report.options, name, str(tmp_path / name))
        (tmp_path / name).mkdir()
    assert command_line.main(["--records", GOLDEN, "--out", str(tmp_path / "RESULT_PICTURE"), "--publish"]) == 0
    for part in PARTS:
        directory = tmp_path / ("RESULT_PICTURE" if part.trains else "MY_PICTURE")
        assert (directory / part.figure).read_text() == part.figure.rpartition(".")[2]
    written = (tmp_path / "RESULT_PICTURE" / "comparison.md").read_text(encoding="utf-8")
    assert written == report.markdown(golden_results)
    assert not list(tmp_path.glob("*/*.html"))


def test_the_figure_is_drawn_as_the_original_was(loaded):
    """Red stars first, then the curves, in matplotlib's own colors."""
    module, _ = loaded("predict_sin")
    axes = figures.new("onelayer_lstm.png").add_subplot(111)
    module.draw(axes, records.read(os.path.join(GOLDEN, "predict_sin.json")))
    assert [line.get_marker() for line in axes.lines] == ["*"] + ["None"] * 15
    assert [to_hex(line.get_color()) for line in axes.lines][:3] == ["#ff0000", "#1f77b4", "#ff7f0e"]


def test_the_figure_has_the_original_pixels():
    """At the original's size at least 98 % of the pixels inside the axes are the original's, the others nearly."""
    image = pytest.importorskip("PIL.Image")
    drawn = report.redrawn(BY_SCRIPT["predict_sin.py"], records.read(os.path.join(GOLDEN, "predict_sin.json")))
    theirs, ours = (
        np.array(image.open(file).convert("RGB")).astype(int)
        for file in (os.path.join(ROOT, "tests", "reference", "onelayer_lstm.png"), io.BytesIO(drawn))
    )
    rows = min(len(theirs), len(ours))  # aligned at the bottom edge: the original is one row shorter
    inside = np.abs(theirs[-rows:] - ours[-rows:]).max(axis=2)[rows - 419 : rows - 53, 81:575]
    print("%.2f %% identical, the others within %d of 255" % (100 * (inside == 0).mean(), inside.max()))
    assert (inside == 0).mean() >= 0.98
    assert inside.max() <= 10


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_links_and_pictures_of_the_readmes_exist(name):
    for target in re.findall(r"\]\(([^)#]+)\)", committed(name)):
        if not target.startswith("http"):
            assert os.path.exists(os.path.join(ROOT, target)), target
