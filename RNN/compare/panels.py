"""The comparison's pictures: the original redrawn from its numbers, ours, and the difference, next to each other."""

from common import figures, records

import numpy as np

from compare import readme_2018

_LETTERS = 13  # points; a page of 1280 pixels shows the picture at two thirds of its size


_SIZE = (19.2, 5.6, 100)  # width and height in inches, dots per inch


def _three_panels(draw, below=0.16):
    """A PNG with three panels, drawn by draw(left, middle, right); ``below`` is the part under them."""
    figure = figures.new(_SIZE)
    figure.subplots_adjust(left=0.05, right=0.99, top=0.93, bottom=below, wspace=0.22)
    axes = figure.subplots(1, 3)
    draw(*axes)
    for panel, title in zip(axes, ("original, redrawn from its numbers", "ours", "ours - original")):
        panel.set_title(title, fontsize=_LETTERS + 2)
        panel.tick_params(labelsize=_LETTERS - 1)
        panel.xaxis.label.set_size(_LETTERS)
        panel.yaxis.label.set_size(_LETTERS)
    return figures.saved(figure)


def _legend(figure, handles, columns):
    """One legend for all panels, under them."""
    figure.legend(handles=handles, fontsize=_LETTERS, ncol=columns, loc="lower center", frameon=False)


def sine(record, original, seeds=None):
    """A PNG of the predictions of a sine part; the original and ours in the original's frame.

    The part's entry in seeds.json, if there is one, becomes a band around the difference of the last curve.
    """
    epochs, ours, theirs = readme_2018.shared_curves(record, original)
    drawn, target = records.predictions(record), records.target(record)
    estimator = epochs == [None]  # as in its figure: predictions red, the sine green

    def style(number):
        return "r" if estimator else "-" if number < 10 else "--"

    def plot(panel, x, curves):
        """Plots curves over x, None for all points, in matplotlib's ten colors, from the eleventh on dashed."""
        lines = []
        for number, (epoch, curve) in enumerate(zip(epochs, curves)):
            label = "prediction" if epoch is None else "after epoch %d" % epoch
            lines += panel.plot(x or range(len(curve)), curve, style(number), label=label)
        return lines

    def draw(left, middle, right):
        handles = []
        for panel, curves in ((left, theirs), (middle, [drawn[epoch] for epoch in epochs])):
            over = 3 if estimator else 1
            (targets,) = panel.plot(target, "g" if estimator else "r*", label="sine wave (target)", zorder=over)
            plot(panel, original["x"] if panel is left else None, curves)
            panel.set_ylim(*original["ylim"])
            panel.set_ylabel("prediction")
            handles = [targets]
        if seeds:
            number = original["epoch"].index(epochs[-1])
            low, high = (np.array(seeds[name])[number] - theirs[-1] for name in ("low", "high"))
            label = "seeds 0 to 99" if estimator else "seeds 0 to 99 after epoch %d" % epochs[-1]
            handles += [right.fill_between(original["x"], low, high, color="0.85", label=label)]
        handles[1:1] = plot(right, original["x"], ours - theirs)
        right.axhline(0, color="0.5", linewidth=0.8, zorder=0.5)
        right.set_ylabel("difference of the predictions")
        for panel in (left, middle, right):
            panel.set_xlim(*original["xlim"])
            panel.set_xlabel("point of the test series")
        _legend(left.figure, handles, columns=8)

    return _three_panels(draw, below=0.26 if len(epochs) > 7 else 0.2)


def accuracy(record, original, tolerance):
    """A PNG of the test accuracies of part 6."""
    steps, accuracies = zip(*records.accuracies(record))
    theirs = dict(zip(original["step"], map(float, original["accuracy"])))

    def draw(left, middle, right):
        left.plot(list(theirs), list(theirs.values()), "ro-")
        (ours,) = middle.plot(steps, accuracies, "ro-", label="test accuracy")
        for panel in (left, middle):
            panel.set_ylim(0, 1.02)
            panel.set_ylabel("test accuracy")
        band = right.axhspan(-tolerance, tolerance, color="0.9", label="tolerance")
        late = [step for step in steps if step >= 500 and step in theirs]
        differences = [accuracies[steps.index(step)] - theirs[step] for step in late]
        (difference,) = right.plot(late, differences, "ko-", label="difference, from step 500 on")
        limit = max(0.03, 1.1 * max(map(abs, differences)))
        right.set_ylim(-limit, limit)
        right.set_ylabel("difference of the accuracies")
        for panel in (left, middle, right):
            panel.set_xlim(-300, 7800)
            panel.set_xlabel("step")
        _legend(left.figure, [ours, difference, band], columns=3)

    return _three_panels(draw, below=0.2)
