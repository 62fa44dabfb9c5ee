"""The metrics of each part: one function per part, which has the part's name.

Each takes the record of a run and the part's entry in original.json, and returns a Measurement. A record that lacks
something raises whatever error that causes; see command_line.compare_part.
"""

import re
from dataclasses import dataclass, field

import numpy as np

from compare import original as originals
from compare import panels

FORWARD_TOLERANCE = 5e-9  # half of the last of the eight digits printed
CURVE_TOLERANCE = 5e-4  # RMSE; single points were read off the figure to 6e-4 or better
ACCURACY_TOLERANCE = 0.01


class NotComparable(Exception):
    """The record holds nothing that the original shows too; the message gives the reason."""


@dataclass
class Measurement:
    """How far the run of a part is from the original.

    Attributes:
        passed: whether every metric is within its tolerance.
        summary: one line that explains the result.
        metrics: [(name, value, tolerance)], all texts; tolerance is "" for a metric that is shown only.
        reason: why the tolerance is what it is.
        tables: [(header, rows)] of texts.
        notes: further sentences.
        picture: a PNG of the original's curves, ours, and the difference; None for a part without curves.
    """

    passed: bool
    summary: str
    metrics: list
    reason: str
    tables: list
    notes: list = field(default_factory=list)
    picture: bytes = None


def simple_rnn_forward(record, original):
    """Part 1: the printed numbers, digit by digit."""
    rows, largest = [], 0.0
    for name in ("before_activation", "state", "output"):
        if len(record["curves"][name]) != 2:
            raise NotComparable("the original processes the sequence 1, 2")
        if [len(row) for row in record["curves"][name]] != [len(row) for row in original[name]]:
            raise ValueError("wrong number of values in %s" % name)
    for step in (0, 1):
        for name in ("before_activation", "state", "output"):
            for theirs, ours in zip(original[name][step], record["curves"][name][step]):
                difference = abs(ours - float(theirs))
                largest = max(largest, difference)
                shown = "%.*f" % (len(theirs.partition(".")[2]), ours)
                rows.append((str(step + 1), name.replace("_", " "), theirs, shown, "%.1e" % difference))
    passed = largest <= FORWARD_TOLERANCE
    return Measurement(
        passed,
        "every digit of the original" if passed else "some digits differ from the original",
        [("largest difference", "%.1e" % largest, "%.0e" % FORWARD_TOLERANCE)],
        "half of the last printed digit",
        [(("step", "value", "original", "ours", "difference"), rows)],
    )


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
    found = [line in record["printed"] for line in lines]
    return Measurement(
        all(found),
        "the printed shapes %s the calls in the original" % ("match" if all(found) else "do not match"),
        [("printed shapes that match the options", *_of(sum(found), len(found)))],
        "the original README shows the calls of this part and no numbers",
        [(("line", "printed"), [(line, "yes" if there else "no") for line, there in zip(lines, found)])],
    )


def predict_sin(record, original):
    """Part 3: the curves of epochs 10 to 150, and the printed test losses."""
    epochs, ours, theirs = _curves(record, original)
    printed = dict(re.findall(r"^epoch:(\d+) ,average test loss=(\S+)$", "\n".join(record["printed"]), re.M))
    losses = [(original["average_test_loss"][original["epoch"].index(e)], printed.get(str(e), "-")) for e in epochs]
    read = theirs.copy()
    for row, epoch in zip(read, epochs):
        row[original["inferred"][original["epoch"].index(epoch)]] = np.nan
    total = originals.rmse(ours - theirs)
    worst = max(originals.rmse(our - row) for our, row in zip(ours, read))
    equal = sum(one == other for one, other in losses)
    passed = max(total, worst) <= CURVE_TOLERANCE and equal == len(epochs)
    count = "all 15 curves" if len(epochs) == 15 else "%d of 15 curves" % len(epochs)
    if passed:
        summary = "%s and every printed test loss match the original" % count
    else:
        summary = "%s differ from the original" % ("printed test losses" if equal < len(epochs) else "the curves")
    return Measurement(
        passed,
        summary,
        [
            ("RMSE of %s" % count, "%.6f" % total, "%g" % CURVE_TOLERANCE),
            ("largest RMSE of a curve, fully visible points", "%.6f" % worst, "%g" % CURVE_TOLERANCE),
            ("largest difference of a point", "%.4f" % np.nanmax(np.abs(ours - theirs)), ""),
            ("printed test losses equal to the original's", *_of(equal, len(epochs))),
        ],
        "the original's curves were read off its figure, with an error of 0.0001 at crests and troughs and 0.0006 on "
        "the slopes; where less than a seventh of a curve is visible, its points were inferred from a smooth fit",
        [_curve_table(record, original, ("test loss, original", "test loss, ours"), losses)],
        []
        if record["changed"]
        else ["The run starts from the author's own initial weights, recovered from the figure."],
        panels.sine(record, original),
    )


def predict_sin_MultiRnnCell(record, original):
    """Parts 4 and 5: within the spread of the seeds."""
    return _within_the_spread(record, original)


def tflearn_sin(record, original):
    """Part 7: within the spread of the seeds."""
    measurement = _within_the_spread(record, original)
    ours = originals.mean_square_error(record, None)
    last, line = (ours / baseline for baseline in originals.baselines(record))
    measurement.notes.append(
        "As a forecast this is poor: predicting the last point seen is %.0f times better, a straight line through the "
        "last two %.0f times. The part is about the Estimator: a model function, fit and predict, without a session or "
        "a loop." % (last, line)
    )
    return measurement


def LSTM_for_Mnist(record, original):
    """Part 6: the table of losses and accuracies, row by row."""
    if record["options"].get("data") == "synthetic":
        raise NotComparable("this run used generated digits, not MNIST")
    losses = record["losses"]
    rows, differences = [], []
    for step, accuracy in zip(losses["accuracy_step"], losses["accuracy"]):
        if step in original["step"]:
            number = original["step"].index(step)
            theirs, ours = original["accuracy"][number], "%.2f" % accuracy
            difference = round(float(ours) - float(theirs), 2)
            differences += [abs(difference)] if step >= 500 else []
            loss = "%.4f" % losses["train_loss"][step]
            rows.append((str(step), original["train_loss"][number], loss, theirs, ours, "%+.2f" % difference))
    _require_all(record, [int(row[0]) for row in rows], original["step"])
    if not differences:
        raise NotComparable("no accuracy at step 500 or later")
    passed = max(differences) <= ACCURACY_TOLERANCE
    near = sum(difference <= ACCURACY_TOLERANCE for difference in differences)
    return Measurement(
        passed,
        "%d of %d accuracies from step 500 on are within %.2f of the original"
        % (near, len(differences), ACCURACY_TOLERANCE),
        [("largest accuracy difference from step 500 on", "%.2f" % max(differences), "%.2f" % ACCURACY_TOLERANCE)],
        "training on MNIST is chaotic: a last-bit rounding difference makes two runs diverge within 100 steps; two "
        "seeds differ by 0.01",
        [(("step", "training loss, original", "ours", "test accuracy, original", "ours", "difference"), rows)],
        ["Each loss is that of one batch of 100 images: shown, but not part of the result."],
        panels.accuracy(record, original, ACCURACY_TOLERANCE),
    )


def _require_all(record, found, expected):
    """A run with the default options has every epoch or step of the original; otherwise its record is damaged."""
    missing = [str(item) for item in expected if item not in found]
    if missing and not record["changed"]:
        raise ValueError("missing in a run with the default options: %s" % ", ".join(missing))


def _curves(record, original):
    epochs, ours, theirs = originals.shared_curves(record, original)
    _require_all(record, epochs, original["epoch"])
    if not epochs:
        raise NotComparable("no curve at the original's epochs and points")
    return epochs, ours, theirs


def _curve_table(record, original, header=(), more=None):
    """One row per curve, with further columns."""
    epochs, ours, theirs = originals.shared_curves(record, original)
    rows = []
    for number, (epoch, our, their) in enumerate(zip(epochs, ours, theirs)):
        rows.append(
            (
                "-" if epoch is None else str(epoch),
                "%.6f" % originals.rmse(our - their),
                "%.4f" % np.nanmax(np.abs(our - their)),
                "%.2e" % original["mean_square_error"][original["epoch"].index(epoch)],
                "%.2e" % originals.mean_square_error(record, epoch),
            )
            + (more[number] if more else ())
        )
    return ("epoch", "RMSE", "largest difference", "mean square error, original", "ours", *header), rows


def _within_the_spread(record, original):
    """Parts 4, 5 and 7, whose original initial weights are unknown: compared with the runs of seeds 0 to 99."""
    epochs, ours, theirs = _curves(record, original)
    seeds = originals.load("seeds")[record["script"]]
    distances, errors = np.array(seeds["distance"]), np.array(seeds["mean_square_error"])
    found = originals.rmse(ours - theirs)
    passed = found <= distances.max()
    summary = "%s the spread of seeds 0 to 99" % ("within" if passed else "outside")
    metrics = [
        ("RMSE to the original", "%.5f" % found, "%.5f" % distances.max()),
        ("largest difference of a point", "%.4f" % np.nanmax(np.abs(ours - theirs)), ""),
    ]
    if epochs == original["epoch"]:
        nearer = int((distances < found * (1 - 1e-4)).sum())
        summary += "; %d of them are closer to the original" % nearer
        visible = ~np.isnan(theirs)
        between = ((theirs >= seeds["low"]) & (theirs <= seeds["high"]))[visible].mean()
        lower = (errors < original["mean_square_error"][-1]).sum()
        metrics += [
            ("RMSE of the seeds: lowest, median, highest", _three(distances, "%.5f"), ""),
            ("mean square error of the seeds: lowest, median, highest", _three(errors, "%.2e"), ""),
            ("seeds with a lower mean square error than the original", "%d/%d" % (lower, len(errors)), ""),
            ("points of the original between the lowest and the highest seed", "%.1f %%" % (100 * between), ""),
        ]
    else:
        summary += " over all curves; only epoch %s can be compared" % ", ".join(map(str, epochs))
    notes = []
    theirs_with, ours_with = (versions.get("tensorflow") for versions in (seeds["versions"], record["versions"]))
    if theirs_with != ours_with:
        notes.append(
            "Seeds 0 to 99 were run with TensorFlow %s, this record with %s; measured, the points of a seed differ by "
            "1e-6." % (theirs_with, ours_with)
        )
    return Measurement(
        passed,
        summary,
        metrics,
        "the author's initial weights cannot be recovered from the figure: the original is one random run among many, "
        "and so is each seed; the tolerance is the distance of the farthest of seeds 0 to 99",
        [_curve_table(record, original)],
        notes,
        panels.sine(record, original, seeds),
    )


def _of(count, total):
    """A count of a total as a metric's value, and as its tolerance that all must count."""
    return "%d/%d" % (count, total), "%d/%d" % (total, total)


def _three(values, form):
    return ", ".join(form % value for value in (values.min(), np.median(values), values.max()))
