"""The original README's numbers, and how far a run is from them.

``data/readme_2018.json`` holds what the original README of 2018 shows: its curves, read off the figures, its printed
numbers and its table. ``data/seeds.json`` holds the results of the runs with seeds 0 to 99, and 100 to 109
(``make seeds``).
"""

import json
import os

from common import records

import numpy as np

_DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
SEEDS = os.path.join(_DATA, "seeds.json")


def of_script(script):
    """The entry of a script in data/readme_2018.json."""
    return _read(os.path.join(_DATA, "readme_2018.json"))[script]


def seeds():
    """The content of data/seeds.json, a dict by script."""
    return _read(SEEDS)


def _read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def rmse(differences):
    """The root of the mean square of the differences that are not nan."""
    return float(np.sqrt(np.nanmean(np.square(np.asarray(differences, np.float64)))))


def shared_curves(record, original):
    """The curves that a record and the original both have, at the points where the original's were read.

    Returns:
        (epochs [n], ours [n, points], theirs [n, points], nan where other curves hide it); n is 0 where they share no
        epoch or the curves are too short.
    """
    drawn = records.predictions(record)
    rows = [i for i, epoch in enumerate(original["epoch"]) if len(drawn.get(epoch, ())) > max(original["x"])]
    epochs = [original["epoch"][i] for i in rows]
    ours = np.array([np.array(drawn[epoch], np.float64)[original["x"]] for epoch in epochs])
    theirs = np.array(original["y"], np.float64)
    for curve, hidden in zip(theirs, original["hidden"]):
        curve[hidden] = np.nan
    return epochs, ours.reshape(len(rows), len(original["x"])), theirs[rows]


def distance(record, original):
    """RMSE between the curves of a record and the original's."""
    _, ours, theirs = shared_curves(record, original)
    return rmse(ours - theirs)


def mean_square_error(record, epoch):
    """Mean square error of the predictions drawn after an epoch, over the points in the figure."""
    return float(np.mean(np.square(np.subtract(records.predictions(record)[epoch], records.target(record)))))


def spread(runs, original):
    """The results of runs, {seed: record}, as data/seeds.json holds them.

    "seed", "distance" and "mean_square_error" (of the last curve) of each; the lowest and the highest value of any seed
    at each point of the original's curves ("low", "high" [n, points]); and "versions".
    """
    seeds = sorted(runs)
    curves = np.array([shared_curves(runs[seed], original)[1] for seed in seeds])
    last = original["epoch"][-1]
    return {
        "seed": seeds,
        "distance": [float("%.6g" % distance(runs[seed], original)) for seed in seeds],
        "mean_square_error": [float("%.6g" % mean_square_error(runs[seed], last)) for seed in seeds],
        "low": np.round(curves.min(axis=0), 5).tolist(),
        "high": np.round(curves.max(axis=0), 5).tolist(),
        "versions": runs[seeds[0]]["versions"],
    }


def baselines(record):
    """Mean square errors of the last point seen, and of a straight line through the last two, as predictions."""
    options = record["options"]
    values = np.sin(np.linspace(100, 110, options["testing_examples"], dtype=np.float32)).astype(np.float64)
    first, count = options["time_steps"], len(records.target(record))
    target, last, before = (values[first - back : first - back + count] for back in (0, 1, 2))
    return float(np.mean((last - target) ** 2)), float(np.mean((2 * last - before - target) ** 2))
