"""The last runs held against the original README of 2018.

    python RNN/compare.py                 the records of result_picture/
    python RNN/compare.py --records DIR   those of another folder

For each part it measures how far the record of the last run is from what the original shows, says whether that is
within what can be expected, and why; it writes comparison.md, comparison.html and a picture for each part beside the
records. The status is 0 if all parts are inside, 1 if one is outside, missing or damaged.
"""

import os
import re
import subprocess
import sys
import tempfile
from types import SimpleNamespace

from common import errors, figures, options, originals, page, records  # errors first: it tells what is not installed

import numpy as np

# part, its number and title, its figure, and who compares it (by name, see below)
PARTS = (
    ("simple_rnn_forward.py", "Part 1: the forward pass of an RNN", "forward"),
    ("LSTM.py", "Part 2: LSTM cells", "cells"),
    ("predict_sin.py", "Part 3: one LSTM unit predicts a sine", "one_layer"),
    ("predict_sin_MultiRnnCell.py", "Parts 4 and 5: two layers", "two_layers"),
    ("LSTM_for_Mnist.py", "Part 6: an LSTM reads digits", "digits"),
    ("tflearn_sin.py", "Part 7: the sine through an Estimator", "estimator"),
)
SPREAD_OVER = ("predict_sin_MultiRnnCell.py", "tflearn_sin.py")  # their initial weights cannot be recovered
SEEDS = 100

FORWARD_TOLERANCE = 5e-9  # half of the last of the eight digits printed
CURVE_TOLERANCE = 5e-4  # rms; single points were read off the picture to a tenth of a pixel, 6e-4, or better
ACCURACY_TOLERANCE = 0.01

# what was done otherwise on purpose: (what, the original, here, why)
DEVIATIONS = (
    (
        "initial weights",
        "random in every run",
        "one seed a variable, from --seed and its name; predict_sin: those of the author's run",
        "a run that cannot be repeated cannot be compared; a graph seed gives other weights on TensorFlow 1 and 2",
    ),
    (
        "test accuracy on MNIST",
        "5,000 test images drawn and copied at each of 8,000 steps",
        "only at the 16 steps that print",
        "the other draws were never used; but they moved the common random state, so that from step 550 on the order "
        "of the training images is another than the original's would have been",
    ),
    (
        "random numbers of read_data_sets",
        "numpy's global state, seeded anew",
        "a state of its own",
        "reading a file should not change what the rest of a program draws",
    ),
    (
        "figures",
        "a window, saved by hand",
        "always saved; a window only with --show",
        "most machines that run this have no screen",
    ),
    (
        "threads",
        "one per core",
        "one, unless --threads says otherwise",
        "on nets this small more cost time; MNIST's losses depended on their number in TensorFlow 1.10.1",
    ),
    (
        "tf.contrib, tf.estimator, examples.tutorials.mnist",
        "TensorFlow's own",
        "restored under their old names by RNN/tf1; TensorFlow's own on 1.15",
        "TensorFlow 2 has retired them",
    ),
    (
        "LSTM cells",
        "TensorFlow 1's",
        "the same code, which moved to keras (2.15) and tf-keras (2.21)",
        "measured: no loss of predict_sin's, of the two layers' or of the Estimator's whole run differs from "
        "TensorFlow 1.10.1's by more than 2e-7",
    ),
    (
        "arithmetic",
        "numpy 1.14, TensorFlow without fused multiply-add",
        "today's",
        "numpy's float32 sine differs in the last bit of every sixth point since 1.17, a matrix product in rounding",
    ),
    (
        "calls",
        "numbers written into them; learn.Estimator(model_fn=lstm_model), fit without monitors",
        "the constants at the top of each script; learn.Estimator is given a config, fit a monitor",
        "every constant is an option; threads and the folder of the checkpoints belong to the config, and the monitor "
        "keeps the loss of every step",
    ),
    (
        "units of the backward LSTM cell",
        "128 in the README, 120 in the script",
        "120",
        "to show that the two directions may differ",
    ),
    (
        "checkpoints of the Estimator",
        "in a temporary folder that stays",
        "in one that goes with the run, unless --model-dir names another",
        "a stale model_dir makes a changed script return the old result",
    ),
)


class NothingToCompare(Exception):
    """The record holds nothing that the original shows as well; the message says why."""


def require_all(record, found, expected):
    """Makes sure that a run with the default options has each of the epochs or steps that the original shows.

    Raises:
        ValueError: one is missing.
    """
    missing = [item for item in expected if item not in found]
    if missing and not record["changed"]:
        raise ValueError("a run with the default options has also %s" % ", ".join(str(item) for item in missing))


def forward(record, original):
    """Part 1: the printed numbers, digit by digit."""
    header = ("step", "number", "original", "ours", "difference")
    rows, largest = [], 0.0
    for name in ("before_activation", "state", "output"):
        if len(record["curves"][name]) != 2:
            raise NothingToCompare("the original runs over the sequence 1, 2")
        if [len(row) for row in record["curves"][name]] != [len(row) for row in original[name]]:
            raise ValueError("%s has more or fewer numbers than the net" % name)
    for step in (0, 1):
        for name in ("before_activation", "state", "output"):
            for theirs, ours in zip(original[name][step], record["curves"][name][step]):
                difference = ours - float(theirs)
                largest = max(largest, abs(difference))
                decimals = len(theirs.partition(".")[2])
                label = name.replace("_", " ")
                rows.append((str(step + 1), label, theirs, "%.*f" % (decimals, ours), "%.1e" % abs(difference)))
    inside = largest <= FORWARD_TOLERANCE
    words = "every digit that the original prints" if inside else "other digits than the original's"
    return SimpleNamespace(
        inside=inside,
        words=words,
        measured=[("largest difference", "%.1e" % largest, "%.0e" % FORWARD_TOLERANCE)],
        why="half of the last digit printed",
        tables=[(header, rows)],
        notes=[],
        panels=None,
    )


def cells(record, original):
    """Part 2: the original's README shows the calls and no numbers; the shapes follow from the calls."""
    chosen = record["options"]
    batch, time = chosen["batch_size"], chosen["max_time"]
    first, last = chosen["num_units_1"], chosen["num_units_3"]
    expected = {
        "single": ["output_size: %d" % first, "output.shape: (%d, %d, %d)" % (batch, time, first)],
        "multi": ["output_size: %d" % last, "output.shape: (%d, %d, %d)" % (batch, time, last)],
        "bidirectional": [
            "output.shape: (%d, %d, %d) (%d, %d, %d)"
            % (batch, time, chosen["num_units_fw"], batch, time, chosen["num_units_bw"])
        ],
    }
    variants = list(expected) if chosen["variant"] == "all" else [chosen["variant"]]
    lines = [line for variant in variants for line in expected[variant]]
    found = [line in record["printed"] for line in lines]
    return SimpleNamespace(
        inside=all(found),
        words="the shapes printed %s from the calls that the original shows"
        % ("follow" if all(found) else "do not follow"),
        measured=[("lines that follow from the options", "%d of %d" % (sum(found), len(found)), "all")],
        why="the original's README shows the calls of this part and no numbers",
        tables=[(("line", "printed"), [(line, "yes" if there else "no") for line, there in zip(lines, found)])],
        notes=[],
        panels=None,
    )


def one_layer(record, original):
    """Part 3: the curves at ten to 150 epochs, and the printed test losses."""
    epochs, ours, theirs = originals.matching_curves(record, original)
    require_all(record, epochs, original["epoch"])
    if not epochs:
        raise NothingToCompare("the original's curves are of 1,000 points, at epochs 10, 20, ... 150")
    printed = {}
    for line in record["printed"]:
        found = re.match(r"epoch:(\d+) ,average test loss=(\S+)$", line)
        if found:
            printed[int(found.group(1))] = found.group(2)
    header = ("epoch", "rms", "rms, points fully read", "largest difference", "test loss, original", "test loss, ours")
    rows, read_rms, same = [], [], True
    for epoch, our, their in zip(epochs, ours, theirs):
        number = original["epoch"].index(epoch)
        read = np.array(their)
        read[original["inferred"][number]] = np.nan
        read_rms.append(originals.rms(our - read))
        loss = original["average_test_loss"][number]
        same = same and printed.get(epoch) == loss
        difference = our - their
        rows.append(
            (
                str(epoch),
                "%.6f" % originals.rms(difference),
                "%.6f" % read_rms[-1],
                "%.4f" % np.nanmax(np.abs(difference)),
                loss,
                printed.get(epoch, "not printed"),
            )
        )
    total = originals.rms(ours - theirs)
    inside = total <= CURVE_TOLERANCE and max(read_rms) <= CURVE_TOLERANCE and same
    count = "all fifteen curves" if len(epochs) == 15 else "the %d curves drawn of the original's fifteen" % len(epochs)
    if inside:
        words = "the original's figure: %s lie on it, and every test loss printed is the same" % count
    else:
        words = "not the original's figure: %s" % (
            "other test losses are printed" if not same else "the curves lie beside the original's"
        )
    measured = [
        ("rms of %s" % count, "%.6f" % total, "%g" % CURVE_TOLERANCE),
        ("largest rms of a curve, over the points fully read", "%.6f" % max(read_rms), "%g" % CURVE_TOLERANCE),
        ("largest difference of any point", "%.4f" % np.nanmax(np.abs(ours - theirs)), ""),
        ("test losses printed that are the same", "%d of %d" % (sum(r[4] == r[5] for r in rows), len(rows)), "all"),
    ]
    return SimpleNamespace(
        inside=inside,
        words=words,
        measured=measured,
        why="the original's curves were read off its picture, to 0.0001 at crests and troughs, 0.0006 on the slopes; "
        "where less than a seventh of a curve shows, as of that of epoch 110, its points were filled in from a smooth "
        "fit",
        tables=[(header, rows), baseline_table(record, original)],
        notes=[
            "The run starts from the random weights of the author's own run, recovered from the original figure."
            if not record["changed"]
            else "",
        ],
        panels=sine_panels(record, original),
    )


def within_the_spread(record, original, seeds):
    """What parts 4 and 7 have in common: (inside, words, measured, why, table of the spread)."""
    epochs, ours, theirs = originals.common_curves(record, original)
    shown = original.get("epoch", ["prediction"])
    require_all(record, epochs, shown)
    if not epochs:
        raise NothingToCompare("it has no curve at the original's epochs and points")
    found = originals.rms(ours - theirs)
    distances = np.array(seeds["distance"])
    inside = found <= distances.max()
    epoch, their_error, our_error = originals.last_mean_square_errors(record, original)
    measured = [
        ("rms to the original", "%.5f" % found, "%.5f" % distances.max()),
        ("largest difference of any point", "%.4f" % np.nanmax(np.abs(ours - theirs)), ""),
        ("mean square error of %s, original" % last_curve(epoch), "%.2e" % their_error, ""),
        ("the same, ours", "%.2e" % our_error, ""),
    ]
    words = "within" if inside else "outside"
    if epochs == shown:
        nearer = int((distances < found * (1 - 1e-4)).sum())
        lie = {0: "none lies", 1: "one lies"}.get(nearer, "%d lie" % nearer)
        words += " the spread of its hundred seeds, of which %s nearer to the original" % lie
        errors_of_seeds = np.array(seeds["mean_square_error"])
        low, high = np.array(seeds["low"]), np.array(seeds["high"])
        known = ~np.isnan(theirs)
        between = ((theirs[known] >= low[known]) & (theirs[known] <= high[known])).mean()
        lower = (errors_of_seeds < their_error).sum()
        measured += [
            ("the hundred seeds' rms: nearest, median, farthest", three(distances, "%.5f"), ""),
            ("their mean square errors: lowest, median, highest", three(errors_of_seeds, "%.2e"), ""),
            ("seeds with a lower one than the original's", "%d of %d" % (lower, len(distances)), ""),
            ("points of the original between the lowest and the highest seed", "%.1f %%" % (100 * between), ""),
        ]
    else:
        words += " the spread that its hundred seeds had over all curves; only epoch %s can be compared" % (
            ", ".join(str(epoch) for epoch in epochs)
        )
    why = (
        "the author's initial weights cannot be told from the picture: the original is one draw of many, and so is "
        "each seed; the tolerance is the farthest of seeds 0 to 99"
    )
    notes = []
    made_on, record_on = (versions.get("tensorflow") for versions in (seeds["versions"], record["versions"]))
    if made_on != record_on:
        note = (
            "The hundred seeds were run on TensorFlow %s, this record on %s; measured, a seed's points differ by 1e-6."
        )
        notes.append(note % (made_on, record_on))
    table = (
        ("seed", "rms"),
        [(str(seeds["seed"][i]), "%.5f" % distances[i]) for i in np.argsort(distances, kind="stable")],
    )
    return SimpleNamespace(inside=inside, words=words, measured=measured, why=why, spread=table, notes=notes)


def three(values, form):
    """The lowest, the median and the highest of some values, as text."""
    return ", ".join(form % value for value in (values.min(), np.median(values), values.max()))


def last_curve(epoch):
    """What to call the last curve that a record and the original both have."""
    return "the curve" if epoch is None else "the curve of epoch %d" % epoch


def two_layers(record, original):
    """Parts 4 and 5: within the spread of the seeds."""
    seeds = originals.load("seeds")["predict_sin_MultiRnnCell.py"]
    found = within_the_spread(record, original, seeds)
    header = (
        "epoch",
        "rms",
        "largest difference",
        "crest, original",
        "crest, ours",
        "trough, original",
        "trough, ours",
        "mean square error, original",
        "mean square error, ours",
    )
    rows = []
    for epoch, our, their in zip(*originals.matching_curves(record, original)):
        number = original["epoch"].index(epoch)
        (curve,) = [curve["y"] for curve in record["curves"]["predictions"] if curve["epoch"] == epoch]
        rows.append(
            (
                str(epoch),
                "%.5f" % originals.rms(our - their),
                "%.4f" % np.nanmax(np.abs(our - their)),
                "%.4f" % original["crest_at_222"][number],
                "%.4f" % curve[222],
                "%.4f" % original["trough_at_568"][number],
                "%.4f" % curve[568],
                "%.2e" % original["mean_square_error"][number],
                "%.2e" % originals.mean_square_error(record, epoch),
            )
        )
    found.tables = [(header, rows), baseline_table(record, original)]
    found.panels = sine_panels(record, original, seeds)
    return found


def estimator(record, original):
    """Part 7: within the spread of the seeds."""
    seeds = originals.load("seeds")["tflearn_sin.py"]
    found = within_the_spread(record, original, seeds)
    last, line = originals.baselines(record)
    found.tables = [baseline_table(record, original)]
    ours = originals.mean_square_error(record)
    found.notes += [
        "As a forecast this is poor: saying the same as the last point seen is %.0f times better, the straight line "
        "through the last two %d times. What the part shows is an Estimator: a model function, fit and predict, "
        "without a session or a loop." % (ours / last, ours / line)
    ]
    found.panels = sine_panels(record, original, seeds)
    return found


def digits(record, original):
    """Part 6: the table, line by line."""
    losses = record["losses"]
    rows, largest = [], 0.0
    for number, step in enumerate(original["step"]):
        if step not in losses["accuracy_step"]:
            continue
        accuracy = "%.2f" % losses["accuracy"][losses["accuracy_step"].index(step)]
        difference = float(accuracy) - float(original["accuracy"][number])
        if step >= 500:
            largest = max(largest, abs(difference))
        loss = "%.4f" % losses["train_loss"][step]
        theirs = (original["train_loss"][number], original["accuracy"][number])
        rows.append((str(step), theirs[0], loss, theirs[1], accuracy, "%+.2f" % difference if difference else "0"))
    require_all(record, [int(row[0]) for row in rows], original["step"])
    judged = [row for row in rows if int(row[0]) >= 500]
    if not judged:
        raise NothingToCompare("it has no accuracy at step 500 or later")
    inside = largest <= ACCURACY_TOLERANCE + 1e-9
    header = ("step", "train loss, original", "ours", "test accuracy, original", "ours", "difference")
    words = "%s accuracy from step 500 on is within %.2f of the original's" % (
        "every" if inside else "not every",
        ACCURACY_TOLERANCE,
    )
    if len(judged) < len(original["step"]) - 1:
        words += ", of the %d that there %s" % (len(judged), "is" if len(judged) == 1 else "are")
    notes = ["The losses are of one batch of 100 images each: they are shown, not judged."]
    if record["options"].get("data") == "synthetic":
        notes.insert(0, "These are generated digits, not MNIST.")
    return SimpleNamespace(
        inside=inside,
        words=words,
        measured=[
            ("largest difference of an accuracy from step 500 on", "%.2f" % largest, "%.2f" % ACCURACY_TOLERANCE)
        ],
        why="training on MNIST is chaotic: after a hundred steps the last bit of a sum has made two runs of it; 0.01 "
        "is what two seeds differ by",
        tables=[(header, rows)],
        notes=notes,
        panels=digit_panels(record, original),
    )


def baseline_table(record, original):
    """Mean square errors beside two rules without any learning."""
    last, line = originals.baselines(record)
    epoch, theirs, ours = originals.last_mean_square_errors(record, original)
    header = ("prediction", "mean square error over the points drawn")
    return header, [
        ("original, %s" % last_curve(epoch), "%.2e" % theirs),
        ("ours, %s" % last_curve(epoch), "%.2e" % ours),
        ("the same as the last point seen", "%.2e" % last),
        ("the straight line through the last two points", "%.2e" % line),
    ]


# pictures: functions that draw on axes; the original and ours have the original's frame, so that one lies on the other


def _frame(axes, original):
    axes.set_xlim(*original["xlim"])
    axes.set_ylim(*original["ylim"])


def sine_panels(record, original, seeds=None):
    """{"original", "ours", "difference": function(axes)} for the parts that draw sines."""
    epochs, samples, theirs = originals.common_curves(record, original)
    if "predicted" in original:
        target = record["curves"]["real_sin"]
        ours = np.array([record["curves"]["predicted"]])
    else:
        target = record["curves"]["target"]
        ours = np.array([curve["y"] for curve in record["curves"]["predictions"] if curve["epoch"] in epochs])

    def draw(curves, points):
        def onto(axes):
            if "predicted" in original:
                axes.plot(points, curves[0], "r", label="predicted")
                axes.plot(target, "g", label="real_sin")
                axes.legend(loc="lower left")
            else:
                axes.plot(target, "r*")
                for curve in curves:
                    axes.plot(points, curve)
            _frame(axes, original)

        return onto

    def difference(axes):
        if seeds is not None:
            number = original["epoch"].index(epochs[-1]) if "epoch" in original else 0
            low, high = (np.array(seeds[name])[number] - theirs[-1] for name in ("low", "high"))
            axes.fill_between(original["x"], low, high, color="0.85", label="seeds 0 to 99, last curve")
        for number, (epoch, our, their) in enumerate(zip(epochs, samples, theirs)):
            label = "epoch %s" % epoch if epoch != "prediction" else "difference"
            # matplotlib has ten colours; from the eleventh curve on they come again, dashed
            axes.plot(original["x"], our - their, linestyle="--" if number >= 10 else "-", label=label)
        axes.set_xlim(*original["xlim"])
        axes.axhline(0, color="0.5", linewidth=0.8)
        bottom, top = axes.get_ylim()
        axes.set_ylim(bottom, top + 0.35 * (top - bottom))  # room for the legend
        axes.legend(fontsize=6, ncol=3, loc="upper center")

    points = np.arange(ours.shape[1])
    return {"original": draw(theirs, original["x"]), "ours": draw(ours, points), "difference": difference}


def digit_panels(record, original):
    """{"original", "ours", "difference": function(axes)} for the accuracies."""
    losses = record["losses"]
    theirs = np.array([float(text) for text in original["accuracy"]])
    pairs = [
        (step, accuracy - theirs[original["step"].index(step)])
        for step, accuracy in zip(losses["accuracy_step"], losses["accuracy"])
        if step in original["step"] and step >= 500
    ]

    def draw(steps, accuracies):
        def onto(axes):
            axes.plot(steps, accuracies, "ro-")
            axes.set_xlim(-300, 7800)
            axes.set_ylim(0, 1.02)
            axes.set_xlabel("step")
            axes.set_ylabel("test accuracy")

        return onto

    def difference(axes):
        axes.axhspan(-ACCURACY_TOLERANCE, ACCURACY_TOLERANCE, color="0.9", label="tolerance")
        axes.plot(*zip(*pairs), "ko-")
        axes.set_xlim(-300, 7800)
        limit = max(0.03, 1.1 * max(abs(difference) for _, difference in pairs))
        axes.set_ylim(-limit, limit)
        axes.set_xlabel("step (from 500 on)")
        axes.legend(loc="lower right")

    return {
        "original": draw(original["step"], theirs),
        "ours": draw(losses["accuracy_step"], losses["accuracy"]),
        "difference": difference,
    }


TITLES = {"original": "original, redrawn from its numbers", "ours": "ours", "difference": "ours - original"}
_SIZES = {"predict_sin.py": figures.ONE_LAYER_SIZE, "LSTM_for_Mnist.py": figures.MNIST_SIZE}


def draw_all(script, panels):
    """Draws the picture with all three panels, and each panel as a picture of its own.

    Returns:
        (the whole, {"original", "ours", "difference": one panel}), each the bytes of a PNG; the first two panels have
        the same frame.
    """
    width, height = _SIZES.get(script, figures.TWO_LAYERS_SIZE)
    whole = figures.new((3 * width, height))
    whole.subplots_adjust(left=0.04, right=0.985, wspace=0.17)
    singles = {}
    for axes, name in zip(whole.subplots(1, 3), ("original", "ours", "difference")):
        panels[name](axes)
        axes.set_title(TITLES[name])
        single = figures.new((width, height))
        panels[name](single.add_subplot(111))
        singles[name] = figures.saved(single)
    return figures.saved(whole), singles


# all parts


def compare(script, title, how, folder, out, without=()):
    """Compares the record of one part.

    Args:
        script, title, how: an entry of PARTS.
        folder: of the records.
        out: folder to write to.
        without: the parts to leave out.

    Returns:
        A namespace for page: script, title, state ("inside", "outside", "not compared", "missing", "damaged"), words,
        measured, why, tables, notes, changed, versions, initial_weights (whose), picture (a file name or None) and
        images ({panel: PNG}).
    """
    result = SimpleNamespace(
        script=script, title=title, measured=[], why="", tables=[], notes=[], changed=[], versions={}, picture=None,
        images={}, printed=[], spread=None, initial_weights=None,
    )  # fmt: skip
    path = os.path.join(folder, script[:-3] + ".json")
    if script in without:
        result.state = "not compared"
        result.words = "it did not run; a record that an earlier run has left is not looked at"
        return result
    if not os.path.exists(path):
        result.state = "missing"
        result.words = "there is no record %s: run RNN/%s" % (os.path.basename(path), script)
        return result
    original = originals.load("original").get(script)
    try:
        record = records.read(path)
        if record["script"] != script:
            raise errors.UsageError("%s: is the record of another part, %s" % (path, record["script"]))
        result.changed, result.versions, result.printed = record["changed"], record["versions"], record["printed"]
        result.initial_weights = record.get("initial_weights")
        found = globals()[how](record, original)
        picture, images = draw_all(script, found.panels) if found.panels else (None, {})
    except errors.UsageError as error:
        result.state, result.words = "damaged", str(error).replace(os.path.join(folder, ""), "")
        return result
    except (ArithmeticError, AttributeError, LookupError, MemoryError, TypeError, ValueError) as error:
        result.state = "damaged"
        result.words = "%s is damaged, not the record of a run (%r)" % (os.path.basename(path), error)
        return result
    except NothingToCompare as reason:
        result.state, result.words = "not compared", "there is nothing to compare in this record: %s" % reason
        return result
    result.state = "inside" if found.inside else "outside"
    for name in ("words", "measured", "why", "tables"):
        setattr(result, name, getattr(found, name))
    result.notes = [note for note in found.notes if note]
    result.spread = getattr(found, "spread", None)
    if picture:
        result.picture, result.images = "comparison_%s.png" % script[:-3], images
        records.write_whole(os.path.join(out, result.picture), picture)
    return result


def compare_all(folder, out, without=()):
    """Compares all parts and writes comparison.md, comparison.html and the pictures.

    Args:
        folder, out, without: as for ``compare``.

    Returns:
        The list of what ``compare`` returned.
    """
    results = [compare(*part, folder=folder, out=out, without=without) for part in PARTS]
    made_on = {result.versions["tensorflow"] for result in results if "tensorflow" in result.versions}
    for result in results if len(made_on) > 1 else ():
        if "tensorflow" in result.versions:
            others = sorted(made_on - {result.versions["tensorflow"]})
            note = "Made on TensorFlow %s, other records here on %s."
            result.notes.append(note % (result.versions["tensorflow"], ", ".join(others)))
    texts = {"comparison.md": page.markdown, "comparison.html": page.html}
    records.write_together(
        {
            os.path.join(out, name): make(results, DEVIATIONS).encode("utf-8", "backslashreplace")
            for name, make in texts.items()
        }
    )
    return results


def run_seeds():
    """Runs the two parts with a hundred seeds and writes data/seeds.json, which takes about an hour.

    Raises:
        RunError: a run failed.
    """
    content = {}
    with tempfile.TemporaryDirectory() as scratch:
        for script in SPREAD_OVER:
            runs = {}
            for seed in records.progress(range(SEEDS), "seed"):
                command = [
                    sys.executable,
                    os.path.join(options.ROOT, "RNN", script),
                    "--seed",
                    str(seed),
                    "--out",
                    scratch,
                ]
                if subprocess.run(command, stdout=subprocess.DEVNULL).returncode:
                    raise errors.RunError("%s --seed %d failed" % (script, seed))
                runs[seed] = records.read(os.path.join(scratch, script[:-3] + ".json"))
            content[script] = originals.spread(runs, originals.load("original")[script])
            nearest = int(np.argmin(content[script]["distance"]))
            print("%s: seed %d comes closest, rms %.5f" % (script, nearest, content[script]["distance"][nearest]))
    records.write(originals.SEEDS, content)


def main(argv=None):
    """Reads the options, compares, prints a verdict for each part.

    Returns:
        The status.
    """
    parser = options.parser(__doc__)
    parser.add_argument(
        "--records", type=options.path, metavar="DIR", help="folder of the records (default: result_picture/)"
    )
    parser.add_argument(
        "--out", type=options.path, metavar="DIR", help="folder to write to (default: that of the records)"
    )
    parser.add_argument(
        "--readme", action="store_true", help="also fill the results into README.md and README.zh-CN.md"
    )
    scripts = [script for script, _, _ in PARTS]
    parser.add_argument("--without", choices=scripts, action="append", default=[], help="a part to leave out")
    parser.add_argument(
        "--seeds", action="store_true", help="instead, run two parts with seeds 0 to 99 and keep their spread"
    )
    chosen = parser.parse_args(argv)
    if chosen.seeds:
        return run_seeds()
    folder = chosen.records or options.RESULT_PICTURE
    if not os.path.isdir(folder):
        raise errors.UsageError("--records: there is no folder %s; run python -m RNN first" % folder)
    out = chosen.out or folder
    options.writable_folder("--out", out)
    results = compare_all(folder, out, chosen.without)
    for result in results:
        how = " (not the default run: %s)" % " ".join(result.changed) if result.changed else ""
        print("%-28s %s: %s%s" % (result.script, result.state, result.words, how))
    print("the page: %s" % os.path.relpath(os.path.join(out, "comparison.html")))
    if chosen.readme:
        page.fill_readmes(options.ROOT, results)
    return 0 if all(result.state == "inside" for result in results) else 1


if __name__ == "__main__":
    errors.run(main)
