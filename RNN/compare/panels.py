"""The comparison's pictures: the original redrawn from its numbers, ours, and the difference, next to each other."""

from common import figures

import numpy as np

from compare import original as originals


def _three(draw):
    """A PNG with three panels, drawn by draw(left, middle, right)."""
    figure = figures.new("comparison")
    figure.subplots_adjust(left=0.04, right=0.985, wspace=0.17)
    axes = figure.subplots(1, 3)
    for panel, title in zip(axes, ("original, redrawn from its numbers", "ours", "ours - original")):
        panel.set_title(title)
    draw(*axes)
    return figures.saved(figure)


def sine(record, original, seeds=None):
    """A PNG of the predictions of a sine part; the original and ours in the original's frame.

    The part's entry in seeds.json, if there is one, becomes a band around the difference of the last curve.
    """
    epochs, ours, theirs = originals.shared_curves(record, original)
    drawn, target = originals.predictions(record), originals.targets(record)

    def draw(left, middle, right):
        for panel, curves in ((left, theirs), (middle, [drawn[epoch] for epoch in epochs])):
            estimator = epochs == [None]  # as in its figure: predictions red, the sine green
            panel.plot(target, "g" if estimator else "r*", zorder=3 if estimator else 1)
            for curve in curves:
                panel.plot(original["x"] if panel is left else range(len(curve)), curve, "r" if estimator else "")
            panel.set_xlim(*original["xlim"])
            panel.set_ylim(*original["ylim"])
        if seeds:
            number = original["epoch"].index(epochs[-1])
            low, high = (np.array(seeds[name])[number] - theirs[-1] for name in ("low", "high"))
            right.fill_between(original["x"], low, high, color="0.85", label="seeds 0 to 99, last curve")
        for number, (epoch, difference) in enumerate(zip(epochs, ours - theirs)):
            label = "difference" if epoch is None else "epoch %d" % epoch
            line = "-" if number < 10 else "--"  # matplotlib has ten colors
            right.plot(original["x"], difference, line, label=label)
        right.set_xlim(*original["xlim"])
        bottom, top = right.get_ylim()
        right.set_ylim(bottom, top + 0.35 * (top - bottom))  # room for the legend
        right.legend(fontsize=6, ncol=3, loc="upper center")

    return _three(draw)


def accuracy(record, original, tolerance):
    """A PNG of the test accuracies of part 6."""
    steps, accuracies = record["losses"]["accuracy_step"], record["losses"]["accuracy"]
    theirs = dict(zip(original["step"], map(float, original["accuracy"])))

    def draw(left, middle, right):
        left.plot(list(theirs), list(theirs.values()), "ro-")
        middle.plot(steps, accuracies, "ro-")
        for panel in (left, middle):
            panel.set_ylim(0, 1.02)
            panel.set_ylabel("test accuracy")
        right.axhspan(-tolerance, tolerance, color="0.9", label="tolerance")
        late = [step for step in steps if step >= 500 and step in theirs]
        differences = [accuracies[steps.index(step)] - theirs[step] for step in late]
        right.plot(late, differences, "ko-")
        limit = max(0.03, 1.1 * max(map(abs, differences)))
        right.set_ylim(-limit, limit)
        right.legend(loc="lower right")
        for panel in (left, middle, right):
            panel.set_xlim(-300, 7800)
            panel.set_xlabel("step")

    return _three(draw)
