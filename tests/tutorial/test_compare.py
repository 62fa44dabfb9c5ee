"""The comparison with the original: its metrics, and records that cannot be compared."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

from common import records
from common.parts import BY_SCRIPT, PARTS

import numpy as np
import pytest
from golden_records import (  # noqa: F401
    GOLDEN,
    ROOT,
    SCRIPTS,
    WITH_PICTURE,
    change,
    compared,
    directory,
    golden_results,
)

from compare import __main__ as command_line
from compare import comparison, readme_2018, report


def test_the_golden_runs_pass(golden_results):
    assert [(result.part.script, result.state) for result in golden_results] == [(name, "pass") for name in SCRIPTS]


@pytest.mark.slow
@pytest.mark.parametrize("command", [["-m", "RNN.compare"], [os.path.join("RNN", "compare")]])
def test_the_command_compares_all_records(tmp_path, command):
    command = [sys.executable] + command + ["--records", GOLDEN, "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert [re.split(" +pass: ", line)[0] for line in lines[:-1]] == [part.label for part in PARTS]
    assert lines[-1].startswith("page: ")
    written = {"comparison.md", "comparison.html"} | {"comparison_%s.png" % part.name for part in WITH_PICTURE}
    assert set(os.listdir(str(tmp_path))) == written


def test_part_3_is_the_original_figure():
    """Independently of compare: every curve, its crests and troughs, and the printed losses."""
    record = records.read(os.path.join(GOLDEN, "predict_sin.json"))
    original = readme_2018.of_script("predict_sin.py")
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
    original = readme_2018.of_script(script)
    content = json.dumps([original[key] for key in keys])
    assert hashlib.sha256(content.encode()).hexdigest()[:16] == digest


@pytest.mark.parametrize("script", ["predict_sin_MultiRnnCell.py", "tflearn_sin.py"])
def test_the_default_seed_is_the_nearest_of_a_hundred(loaded, script):
    seeds = readme_2018.seeds()[script]
    original = readme_2018.of_script(script)
    assert seeds["seed"] == list(range(100))
    assert len(seeds["distance"]) == 100
    record = records.read(os.path.join(GOLDEN, BY_SCRIPT[script].record))
    seed = loaded(BY_SCRIPT[script].name)[0].SEED
    assert int(np.argmin(seeds["distance"])) == seed == record["seed"]
    assert readme_2018.distance(record, original) == pytest.approx(seeds["distance"][seed], rel=1e-3)
    error = readme_2018.mean_square_error(record, original["epoch"][-1])
    assert error == pytest.approx(seeds["mean_square_error"][seed], rel=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["predict_sin_MultiRnnCell", "tflearn_sin"])
def test_a_seed_that_was_not_selected_is_within_the_tolerance(start, tmp_path, name):
    """Seed 100 is not one of those that the default seed and the tolerance come from."""
    seeds, original = readme_2018.seeds()[name + ".py"], readme_2018.of_script(name + ".py")
    assert start(name, "--seed", 100).returncode == 0
    found = readme_2018.distance(records.read(str(tmp_path / "out" / (name + ".json"))), original)
    stored = dict(zip(seeds["not_selected"]["seed"], seeds["not_selected"]["distance"]))
    assert sorted(stored) == list(range(100, 110))
    assert found == pytest.approx(stored[100], rel=1e-3)
    assert found <= max(seeds["distance"])


def test_a_selected_seed_is_labeled(directory, golden_results):
    for result in golden_results:
        if result.part.script in readme_2018.seeds():
            seed = result.record["seed"]
            assert result.summary.startswith("RMSE to the original (seed %d, the closest of 100) " % seed)
            assert "was selected as the closest of the same hundred seeds" in result.measurement.note
    change(directory, "tflearn_sin.py", lambda record: record.update(seed=7, changed=["--seed 7"]))
    result = compared(directory, "tflearn_sin.py")
    assert result.summary.startswith("RMSE to the original 0.0")
    assert "selected as" not in result.measurement.note


def test_the_spread_of_runs_is_computed():
    original = {"epoch": [10], "x": [0, 2], "y": [[0.0, 1.0]], "hidden": [[]], "mean_square_error": [0.1]}

    def run(*values):
        curves = {"predictions": [{"epoch": 10, "y": list(values)}], "target": [0.0, 0.0, 1.0]}
        return {"curves": curves, "versions": {"numpy": "1"}}

    found = readme_2018.spread({0: run(0.0, 0.5, 1.0), 1: run(3.0, 0.0, 5.0)}, original)
    assert found["distance"] == [0.0, pytest.approx(np.sqrt(12.5), rel=1e-5)]
    assert found["mean_square_error"] == [pytest.approx(0.25 / 3, rel=1e-5), pytest.approx(25 / 3, rel=1e-5)]
    assert found["low"] == [[0.0, 1.0]]
    assert found["high"] == [[3.0, 5.0]]


def test_baselines_are_those_of_the_sine():
    """5.2e-5 for the last point seen, 4.8e-9 for the straight line, on the Estimator's 989 points."""
    last, line = readme_2018.baselines(records.read(os.path.join(GOLDEN, "tflearn_sin.json")))
    assert last == pytest.approx(5.2e-5, rel=0.01)
    assert line == pytest.approx(4.8e-9, rel=0.01)


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
    assert result.state == "fail"
    assert "tolerance" in result.summary
    assert not all(metric.passed for metric in result.limits)


def test_one_failed_part_leaves_the_others_alone(directory, capsys):
    change(directory, *DIFFERENT[0])
    assert command_line.main(["--records", str(directory)]) == 1
    assert re.findall(r"^Part.*: (\S+) +(\w+): ", capsys.readouterr().out, re.M) == [
        (name, "fail" if name == "predict_sin.py" else "pass") for name in SCRIPTS
    ]


# records that cannot be compared


@pytest.mark.parametrize("content", [None, "", "{}", '{"script": "predict_sin.py", "options": {}}', "cut"])
def test_a_missing_or_damaged_record_is_reported(directory, content):
    path = directory / "predict_sin.json"
    if content is None:
        path.unlink()
    else:
        path.write_text(path.read_text()[:3000] if content == "cut" else content)
    result = compared(directory, "predict_sin.py")
    assert result.state == ("missing" if content is None else "damaged")
    assert "predict_sin.json" in result.summary
    assert str(directory) not in result.summary
    assert "predict_sin.json" in report.markdown([result])


def test_the_record_of_a_different_part_is_reported(directory, capsys):
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


def test_overflow_in_a_record_is_reported_as_damage(directory):
    path = directory / "tflearn_sin.json"
    path.write_text(re.sub(r'("real_sin": \[)[^,]+', r"\g<1>1e400", path.read_text()))
    result = compared(directory, "tflearn_sin.py")
    assert result.state == "damaged"
    assert "1e400 is not a finite number" in result.summary


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("key", ["losses", "curves", "printed", "options"])
def test_an_empty_entry_never_causes_a_traceback(directory, script, key):
    change(directory, script, lambda record: record.__setitem__(key, type(record[key])()))
    result = compared(directory, script)
    assert result.state in ("pass", "fail", "damaged", "not compared")
    assert result.summary


def test_a_part_that_was_not_run_is_not_compared(directory):
    results = {result.part.script: result for result in comparison.compare_all(str(directory), ["LSTM_for_Mnist.py"])}
    assert results["LSTM_for_Mnist.py"].state == "not compared"
    assert results["LSTM_for_Mnist.py"].summary == "not run; records of earlier runs are ignored"


def test_generated_digits_are_not_compared(directory):
    change(directory, "LSTM_for_Mnist.py", lambda record: record["options"].update(data="synthetic"))
    result = compared(directory, "LSTM_for_Mnist.py")
    assert result.state == "not compared"
    assert "generated digits, not MNIST" in result.summary


@pytest.mark.parametrize("script", ["predict_sin.py", "predict_sin_MultiRnnCell.py"])
def test_a_run_without_a_curve_of_the_original_is_not_compared(directory, script):
    def short(record):
        record["changed"] = ["--epoch 2"]
        record["curves"]["predictions"] = [dict(record["curves"]["predictions"][0], epoch=2)]

    change(directory, script, short)
    result = compared(directory, script)
    assert (result.state, result.summary) == ("not compared", "no curve at the original's epochs and points")


def test_a_shorter_run_is_compared_up_to_its_end(directory, capsys):
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
    """Where the tolerance is that of full runs; the existing curves are shown."""

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
    assert text.count("RMSE of seeds 0 to 99") == 1
    assert text.count("seeds 0 to 99 closer to the original") == 1


def test_versions_are_reported(directory):
    change(directory, "predict_sin_MultiRnnCell.py", lambda record: record["versions"].update(tensorflow="2.99.0"))
    text = report.markdown(comparison.compare_all(str(directory)))
    ours = text.partition("## Parts 4 and 5")[2].partition("## Part 6")[0]
    assert "Run with TensorFlow 2.99.0, numpy" in ours
    assert "initial weights: seed 39." in ours
    assert "The seeds were run with TensorFlow 2.15.1; on a different version" in ours
    assert text.count("Run with TensorFlow 2.99.0") == 1
    assert text.count("Run with TensorFlow 2.15.1") == 4


def test_a_missing_directory_of_records_is_reported(tmp_path):
    from common import errors

    with pytest.raises(errors.UsageError, match="--records: there is no directory"):
        command_line.main(["--records", str(tmp_path / "none")])
