"""The published READMEs, report and figures."""

import io
import os
import re

from common import figures, records
from common.parts import BY_SCRIPT, PARTS

import numpy as np
import pytest
from golden_records import GOLDEN, ROOT, directory, golden_results  # noqa: F401
from matplotlib.colors import to_hex

from compare import __main__ as command_line
from compare import report


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
        monkeypatch.setattr(report.parts, name, str(tmp_path / name))
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
    axes = figures.new(BY_SCRIPT["predict_sin.py"].size).add_subplot(111)
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
