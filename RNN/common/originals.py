"""The original README as numbers, the spread over a hundred seeds, and how a run is measured against them.

``data/original.json`` holds what the original README of 2018 shows: its curves, read off the pictures, its printed
numbers and its table. ``data/seeds.json`` holds what the runs with seeds 0 to 99 gave (``make seeds``).
"""

import json
import os

import numpy as np

from common.sine import series

_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
SEEDS = os.path.join(_FOLDER, "seeds.json")


def load(name):
    """What data/NAME.json holds, a dict by script."""
    with open(os.path.join(_FOLDER, name + ".json"), encoding="utf-8") as file:
        return json.load(file)


def rms(differences):
    """The root of the mean square of the numbers that are not nan."""
    differences = np.asarray(differences, np.float64)
    return float(np.sqrt(np.nanmean(np.square(differences))))


def visible_curves(original):
    """The curves [n, samples] of an original, nan where they lie hidden under later ones."""
    curves = np.array(original["y"], np.float64)
    for curve, hidden in zip(curves, original["hidden"]):
        curve[hidden] = np.nan
    return curves


def matching_curves(record, original):
    """The curves of a record at the epochs and the points at which the original's are known.

    Returns:
        (epochs [n], ours [n, samples], theirs [n, samples] with nan where they are hidden); n is 0 where no epoch
        agrees or the curves have other points.
    """
    drawn = {curve["epoch"]: curve["y"] for curve in record["curves"].get("predictions", [])}
    rows = [i for i, epoch in enumerate(original["epoch"]) if len(drawn.get(epoch, ())) > max(original["x"])]
    epochs = [original["epoch"][i] for i in rows]
    ours = np.array([np.array(drawn[epoch], np.float64)[original["x"]] for epoch in epochs])
    return epochs, ours.reshape(len(rows), -1), visible_curves(original)[rows]


def common_curves(record, original):
    """As ``matching_curves``, for the Estimator's part as well, whose one curve goes by the name "prediction"."""
    if "predicted" not in original:
        return matching_curves(record, original)
    predicted = np.array(record["curves"].get("predicted", []), np.float64)
    rows = 1 if len(predicted) > max(original["x"]) else 0
    ours = predicted[original["x"]] if rows else np.zeros(0)
    theirs = np.array([original["predicted"]] * rows, np.float64)
    return ["prediction"] * rows, ours.reshape(rows, -1), theirs.reshape(rows, -1)


def distance(record, original):
    """rms of a record's curves to the original's, over the points that are visible there; None if there are none."""
    _, ours, theirs = common_curves(record, original)
    return rms(ours - theirs) if len(ours) else None


def mean_square_error(record, epoch=None):
    """Mean square error over the points drawn: of the Estimator's curve, or of the curve of an epoch (the last)."""
    curves = record["curves"]
    if "predicted" in curves:
        return float(np.mean(np.square(np.subtract(curves["predicted"], curves["real_sin"]))))
    drawn = {curve["epoch"]: curve["y"] for curve in curves["predictions"]}
    return float(np.mean(np.square(np.subtract(drawn[max(drawn) if epoch is None else epoch], curves["target"]))))


def last_mean_square_errors(record, original):
    """Those of the last curve that a record and the original both have.

    Returns:
        (epoch or None for the Estimator, the original's, ours).

    Raises:
        IndexError: they have no epoch in common.
    """
    if "predicted" in original:
        return None, original["mean_square_error"], mean_square_error(record)
    epoch = matching_curves(record, original)[0][-1]
    theirs = original["mean_square_error"][original["epoch"].index(epoch)]
    return epoch, theirs, mean_square_error(record, epoch)


def spread(records, original):
    """What runs with many seeds gave, for data/seeds.json.

    Args:
        records: {seed: record}.
        original: the part's entry of original.json.

    Returns:
        A dict: "seed", "distance" and "mean_square_error" of each, the lowest and the highest value of any seed at each
        sample of the original's curves ("low", "high" [n, samples]), and the versions it was made on.
    """
    seeds = sorted(records)
    curves = np.array([common_curves(records[seed], original)[1] for seed in seeds])

    def rounded(values):
        return [[float("%.5f" % value) for value in row] for row in values]

    return {
        "seed": seeds,
        "distance": [float("%.6g" % distance(records[seed], original)) for seed in seeds],
        "mean_square_error": [float("%.6g" % mean_square_error(records[seed])) for seed in seeds],
        "low": rounded(curves.min(axis=0)),
        "high": rounded(curves.max(axis=0)),
        "versions": records[seeds[0]]["versions"],
    }


def baselines(record):
    """Mean square errors of two rules without any learning, on the points that a record's figure shows.

    Returns:
        (predicting the last point seen, the straight line through the last two).
    """
    options = record["options"]
    values = series(100, 110, options["testing_examples"]).astype(np.float64)
    first = options["time_steps"]
    count = len(record["curves"].get("real_sin") or record["curves"]["target"])
    target, last, before = (values[first - back : first - back + count] for back in (0, 1, 2))
    return float(np.mean((last - target) ** 2)), float(np.mean((2 * last - before - target) ** 2))
