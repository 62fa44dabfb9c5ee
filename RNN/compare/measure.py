"""The metrics of each part: one function per part, which has the part's name.

Each takes the record of a run and the part's entry in readme_2018.json, and returns a Measurement. A record that lacks
something raises whatever error that causes; see comparison.compare_part.
"""

import re
from dataclasses import dataclass

from common import records

import numpy as np

from compare import panels, readme_2018

FORWARD_TOLERANCE = 5e-9  # half of the last of the eight digits printed
CURVE_TOLERANCE = 5e-4  # RMSE; single points were read off the figure to 6e-4 or better
ACCURACY_TOLERANCE = 0.01


class NotComparable(Exception):
    """The record holds nothing that the original shows too; the message gives the reason."""


@dataclass
class Metric:
    """A number as text, and whether it is within its tolerance; without one it is shown only."""

    name: str
    value: str
    tolerance: str = ""
    passed: bool = True


def limit(name, value, tolerance, form):
    """A Metric that must not exceed its tolerance."""
    return Metric(name, form % value, form % tolerance, value <= tolerance)


def count(name, found, total):
    """A Metric that counts how many of a total are right; all must be."""
    return Metric(name, "%d/%d" % (found, total), "%d/%d" % (total, total), found == total)


@dataclass
class Measurement:
    """How far the run of a part is from the original."""

    metrics: list  # of Metrics
    header: tuple  # of a table with the details
    rows: list  # of tuples of texts
    picture: bytes = None  # a PNG of the original's curves, ours, and the difference, where there are curves
    note: str = ""  # a further sentence
    shortened: str = ""  # how much of the original's run this one has, where that is too little to pass or fail

    @property
    def limits(self):
        """The Metrics that decide whether the part passes."""
        return [metric for metric in self.metrics if metric.tolerance]


def simple_rnn_forward(record, original):
    """Part 1: the printed numbers, digit by digit."""
    rows, differences = [], []
    for name in ("before_activation", "state", "output"):
        if len(record["curves"][name]) != 2:
            raise NotComparable("the original processes the sequence 1, 2")
        for step, (theirs, ours) in enumerate(zip(original[name], record["curves"][name]), 1):
            if len(theirs) != len(ours):
                raise ValueError("%d values in %s" % (len(ours), name))
            for their, our in zip(theirs, ours):
                differences.append(abs(our - float(their)))
                shown = "%.*f" % (len(their.partition(".")[2]), our)
                rows.append((name.replace("_", " "), str(step), their, shown, "%.1e" % differences[-1]))
    metric = limit("largest difference", max(differences), FORWARD_TOLERANCE, "%.1e")
    return Measurement([metric], ("value", "step", "original", "ours", "difference"), rows)


def LSTM(record, original):
    """Part 2: the original README shows the calls and no numbers; the calls determine the shapes."""
    chosen = record["options"]
    shape = "(%d, %d, %%d)" % (chosen["batch_size"], chosen["max_time"])
    first, last = chosen["num_units_1"], chosen["num_units_3"]
    both = " ".join(shape % chosen[name] for name in ("num_units_fw", "num_units_bw"))
    expected = {
        "single": ["output_size: %d" % first, "output.shape: " + shape % first],
        "multi": ["output_size: %d" % last, "output.shape: " + shape % last],
        "bidirectional": ["output.shape: " + both],
    }
    variants = list(expected) if chosen["variant"] == "all" else [chosen["variant"]]
    lines = [line for variant in variants for line in expected[variant]]
    rows = [(line, "yes" if line in record["printed"] else "no") for line in lines]
    metric = count("printed shapes that match the options", sum(row[1] == "yes" for row in rows), len(rows))
    return Measurement([metric], ("line", "printed"), rows)


def predict_sin(record, original):
    """Part 3: the curves of epochs 10 to 150, and the printed test losses."""
    numbers, epochs, ours, theirs = _curves(record, original)
    printed = dict(re.findall(r"^epoch:(\d+) ,average test loss=(\S+)$", "\n".join(record["printed"]), re.M))
    losses = [(original["average_test_loss"][i], printed.get(str(epoch), "-")) for i, epoch in zip(numbers, epochs)]
    read = theirs.copy()
    for row, i in zip(read, numbers):
        row[original["inferred"][i]] = np.nan
    which = "all 15 curves" if len(epochs) == 15 else "%d of the 15 curves" % len(epochs)
    visible = [readme_2018.rmse(curve) for curve in ours - read]
    metrics = [
        limit("RMSE of %s" % which, readme_2018.rmse(ours - theirs), CURVE_TOLERANCE, "%.6f"),
        limit("largest RMSE of a curve, visible points", max(visible), CURVE_TOLERANCE, "%.6f"),
        count("equal printed test losses", sum(one == other for one, other in losses), len(losses)),
    ]
    header, rows = _curve_table(record, original)
    header = (
        header[0],
        "RMSE, visible points",
        "RMSE, inferred points too",
        *header[2:],
        "test loss, original",
        "ours",
    )
    rows = [(row[0], "%.6f" % rmse, *row[1:], *both) for row, rmse, both in zip(rows, visible, losses)]
    return Measurement(metrics, header, rows, panels.sine(record, original))


def predict_sin_MultiRnnCell(record, original):
    """Parts 4 and 5, whose original initial weights are unknown: compared with the runs of seeds 0 to 99."""
    _, epochs, ours, theirs = _curves(record, original)
    seeds = readme_2018.seeds()[record["script"]]
    distances, errors = np.array(seeds["distance"]), np.array(seeds["mean_square_error"])
    found = readme_2018.rmse(ours - theirs)
    selected = record["seed"] == seeds["seed"][distances.argmin()] and not record["changed"]
    name = "RMSE to the original" + (" (seed %d, the closest of 100)" % record["seed"] if selected else "")
    metrics = [limit(name, found, distances.max(), "%.5f")]
    if epochs == original["epoch"]:  # the seeds' numbers are those of all curves
        between = ((theirs >= seeds["low"]) & (theirs <= seeds["high"]))[~np.isnan(theirs)].mean()
        others = np.array(seeds["not_selected"]["distance"])
        within = "%d/%d, largest RMSE %.5f" % ((others <= distances.max()).sum(), len(others), others.max())
        metrics += [
            Metric("seeds 100 to 109, not selected: within the tolerance", within),
            Metric("seeds 0 to 99 closer to the original", "%d/100" % (distances < found * 0.9999).sum()),
            Metric("RMSE of seeds 0 to 99: lowest, median, highest", _lowest_median_highest(distances, "%.5f")),
            Metric(
                "mean square error of seeds 0 to 99: lowest, median, highest", _lowest_median_highest(errors, "%.2e")
            ),
            Metric("points of the original between the lowest and the highest seed", "%.1f %%" % (100 * between)),
        ]
    note = "The seeds were run with TensorFlow %s; on a different version their points differ by 1e-6."
    note = note % seeds["versions"]["tensorflow"]
    if selected:
        note = (
            "The default seed, %d, was selected as the closest of the same hundred seeds, so a run with it cannot "
            "fail: it illustrates how close a run can come, and shows whether the code still computes what it did. "
            "Seeds 100 to 109 were neither selected nor used for the tolerance. %s" % (record["seed"], note)
        )
    picture = panels.sine(record, original, seeds)
    return Measurement(metrics, *_curve_table(record, original), picture, note, _shortened(record, original))


def tflearn_sin(record, original):
    """Part 7, compared like parts 4 and 5; its baselines in a note."""
    measurement = predict_sin_MultiRnnCell(record, original)
    ours = readme_2018.mean_square_error(record, None)
    measurement.note += (
        " As a forecast this is poor: predicting the last point seen is %.0f times better, a straight line through the "
        "last two %.0f times. The part is about the Estimator: a model function, fit and predict, without a session or "
        "a loop." % tuple(ours / baseline for baseline in readme_2018.baselines(record))
    )
    return measurement


def LSTM_for_Mnist(record, original):
    """Part 6: the table of losses and accuracies, row by row."""
    if record["options"].get("data") == "synthetic":
        raise NotComparable("this run used generated digits, not MNIST")
    rows, differences = [], []
    for step, accuracy in records.accuracies(record):
        if step in original["step"]:
            i = original["step"].index(step)
            theirs, ours = original["accuracy"][i], "%.2f" % accuracy
            difference = round(float(ours) - float(theirs), 2)
            differences += [abs(difference)] if step >= 500 else []
            loss = "%.4f" % record["losses"]["train_loss"][step]
            rows.append((str(step), original["train_loss"][i], loss, theirs, ours, "%+.2f" % difference))
    _require_all(record, [int(row[0]) for row in rows], original["step"])
    if not differences:
        raise NotComparable("no accuracy at step 500 or later")
    name = "largest accuracy difference from step 500 on" + ("" if record["changed"] else " (a selected seed)")
    metric = limit(name, max(differences), ACCURACY_TOLERANCE, "%.2f")
    header = ("step", "training loss, original", "ours", "test accuracy, original", "ours", "difference")
    picture = panels.accuracy(record, original, ACCURACY_TOLERANCE)
    return Measurement([metric], header, rows, picture, shortened=_shortened(record, original))


def _shortened(record, original):
    """How much of the original's training a shorter run has, as text; empty for a run of full length."""
    (option, full) = original["length"]
    found = record["options"][option]
    what = "epochs" if option == "epoch" else "steps"
    return "%d of the original's %d %s" % (found, full, what) if found < full else ""


def _require_all(record, found, expected):
    """A run with the default options has every epoch or step of the original; otherwise its record is damaged."""
    missing = [str(item) for item in expected if item not in found]
    if missing and not record["changed"]:
        raise ValueError("missing in a run with the default options: %s" % ", ".join(missing))


def _curves(record, original):
    """(their numbers in the original, epochs, ours, theirs) of the curves that a record shares with the original."""
    epochs, ours, theirs = readme_2018.shared_curves(record, original)
    _require_all(record, epochs, original["epoch"])
    if not epochs:
        raise NotComparable("no curve at the original's epochs and points")
    return [original["epoch"].index(epoch) for epoch in epochs], epochs, ours, theirs


def _curve_table(record, original):
    """(header, one row per curve)."""
    rows = [
        (
            str(epoch or "-"),
            "%.6f" % readme_2018.rmse(our - their),
            "%.4f" % np.nanmax(np.abs(our - their)),
            "%.2e" % original["mean_square_error"][i],
            "%.2e" % readme_2018.mean_square_error(record, epoch),
        )
        for i, epoch, our, their in zip(*_curves(record, original))
    ]
    return ("epoch", "RMSE", "largest difference", "mean square error, original", "ours"), rows


def _lowest_median_highest(values, form):
    return ", ".join(form % value for value in (values.min(), np.median(values), values.max()))
