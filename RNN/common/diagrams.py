"""The two diagrams of my_picture/: a forward pass with its numbers, and the inside of an LSTM cell."""

_MOST_STEPS = 6  # drawn; the first ones of a longer sequence
_HEIGHT = 6.5  # inches of the forward pass
_INK, _GREEN = "#222222", "#5d8a4f"
_WEIGHT, _STATE, _INPUT, _OUTPUT, _BIAS = "#fff3c4", "#d8ecd0", "#cfe2f3", "#e8d5f2", "#f3e0d2"


class _Canvas:
    """Axes that fill their figure, without ticks, in units of their own."""

    def __init__(self, axes, width, height):
        from matplotlib import patches

        self.axes, self.patches = axes, patches
        axes.set_position((0, 0, 1, 1))
        axes.set_xlim(0, width)
        axes.set_ylim(0, height)
        axes.set_aspect("equal")
        axes.axis("off")

    def text(self, x, y, text, size=10, ha="center", **more):
        self.axes.text(x, y, text, ha=ha, va="center", fontsize=size, color=_INK, zorder=5, **more)

    def line(self, *points):
        self.axes.plot(*zip(*points), color=_INK, linewidth=1.4, solid_capstyle="round", zorder=3)

    def arrow(self, *points):
        """A line through the points, with a head at its end."""
        self.line(*points[:-1])
        style = {"arrowstyle": "-|>", "mutation_scale": 13, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
        self.axes.add_patch(self.patches.FancyArrowPatch(points[-2], points[-1], color=_INK, **style))

    def box(self, x, y, width, height, color, line=1.0):
        style = {"facecolor": color, "edgecolor": _INK, "linewidth": line}
        self.axes.add_patch(self.patches.Rectangle((x, y), width, height, zorder=4, **style))

    def round_box(self, x, y, width, height, rounding, **style):
        shape = "round,pad=0,rounding_size=%g" % rounding
        self.axes.add_patch(self.patches.FancyBboxPatch((x, y), width, height, boxstyle=shape, **style))

    def oval(self, x, y, width, height, text, size, color):
        style = {"facecolor": color, "edgecolor": _INK, "linewidth": 1.4}
        self.axes.add_patch(self.patches.Ellipse((x, y), width, height, zorder=4, **style))
        self.text(x, y, text, size)

    def matrix(self, x, y, rows, colors, label=None, cell=(0.8, 0.5)):
        """Numbers in boxes around (x, y), with a label below; one color per row, or per number of the only row."""
        width, height = cell
        left, top = x - width * len(rows[0]) / 2, y + height * len(rows) / 2
        for i, row in enumerate(rows):
            for j, number in enumerate(row):
                corner = (left + j * width, top - (i + 1) * height)
                self.box(*corner, width, height, colors[j] if len(rows) == 1 else colors[i])
                self.text(corner[0] + width / 2, corner[1] + height / 2, _short(number), 9)
        if label:
            self.text(x, top - height * len(rows) - 0.22, label, 8.5, style="italic")


def _short(number):
    """One decimal where that is exact, else three; few digits of a number that would not fit its box."""
    text = "%.1f" % number if round(number, 1) == number else "%.3f" % number
    return text if len(text) <= 6 else "%.1e" % number


def draw_rnn_forward(axes, record):
    """Draws the unrolled network of simple_rnn_forward.py, with the numbers of a record; at most six steps of it.

    ``axes`` are the only ones of a figure, whose width is set for the number of steps.
    """
    options, curves = record["options"], record["curves"]
    steps = min(len(curves["x"]), _MOST_STEPS)
    weights = [options["w_state"][:2], options["w_state"][2:], options["w_in"]]
    first, step_width, box_width = 2.2, 7.4, 5.5  # left edge of the first box; from box to box; of a box
    # the options that are not the defaults are written on top, see figures.drawn
    width, height = first + step_width * steps, 10.4 + 0.4 * bool(record["changed"])
    axes.figure.set_size_inches(_HEIGHT * width / height, _HEIGHT)
    canvas = _Canvas(axes, width, height)
    for y, name in ((9.2, "output"), (0.9, "input")):
        dashed = {"fill": False, "edgecolor": "#777777", "linestyle": (0, (5, 4))}
        axes.add_patch(canvas.patches.Rectangle((0.15, y), width - 0.3, 0.9, **dashed))
        canvas.text(0.35, y + 0.45, name, 10.5, "left", weight="bold")
    canvas.text(0.35, 0.5, "time step", 10.5, "left", weight="bold")

    state_y = 4.15
    for step in range(steps):
        left = first + step_width * step
        x, before, after = (curves[name][step] for name in ("x", "state_before", "state"))
        canvas.text(left + 1.85, 0.5, str(step + 1), 10.5)

        # the state of the step before, and the input, enter the box
        start = 0.3 if step == 0 else left - step_width + box_width
        canvas.arrow((start, state_y), (left + 0.12, state_y))
        canvas.matrix((start + left) / 2, state_y - 0.6, [before], [_STATE] * 2, "state")
        canvas.matrix(left + 1.85, 1.35, [[x]], [_INPUT])
        canvas.arrow((left + 1.85, 1.6), (left + 1.85, state_y - 0.25))

        # tanh([state, x] . weights + b)
        canvas.round_box(left, 2.4, box_width, 3.0, 0.35, fill=False)
        canvas.text(left + 0.3, 5.1, "tanh( [state, input] \u00d7 weights + b )", 9, "left")
        canvas.matrix(left + 1.15, state_y, [before + [x]], [_STATE, _STATE, _INPUT], cell=(0.7, 0.5))
        canvas.text(left + 2.36, state_y, "\u00d7", 12)
        canvas.matrix(left + 3.15, state_y, weights, [_WEIGHT, _WEIGHT, _INPUT], "W_state, W_in", (0.66, 0.5))
        canvas.text(left + 3.96, state_y, "+", 12)
        canvas.matrix(left + 4.7, state_y, [options["b"]], [_BIAS] * 2, "b", (0.64, 0.5))
        sums = ", ".join(_short(number) for number in curves["before_activation"][step])
        canvas.text(left + box_width - 0.2, 2.66, "before tanh: " + sums, 8.5, "right")

        # state . W_out + b_out
        middle = left + 4.1
        canvas.arrow((middle, 5.4), (middle, 5.85))
        canvas.matrix(middle, 6.1, [after], [_STATE] * 2)
        canvas.matrix(middle, 7.25, [[number] for number in options["w_out"]], [_WEIGHT] * 2)
        canvas.matrix(middle, 8.45, [options["b_out"]], [_BIAS])
        for y, name in ((6.1, "state"), (7.25, "W_out"), (8.45, "b_out")):
            canvas.text(middle - 1.0, y, name, 8.5, "right", style="italic")
        for y, sign in ((6.55, "\u00d7"), (7.97, "+"), (8.93, "=")):
            canvas.text(middle, y, sign, 12)
        canvas.matrix(middle, 9.65, [curves["output"][step]], [_OUTPUT], cell=(0.95, 0.5))

    end = first + step_width * (steps - 1) + box_width
    canvas.arrow((end, state_y), (width - 0.15, state_y))
    canvas.matrix((end + width) / 2, state_y - 0.6, [curves["state"][steps - 1]], [_STATE] * 2, "state")
    if steps < len(curves["x"]):
        canvas.text(width - 0.3, 0.5, "\u2026 and so on to step %d" % len(curves["x"]), 10.5, "right")


def draw_lstm_cell(axes, record=None):
    """Draws three time steps of an LSTM layer, the middle cell opened: the computation of BasicLSTMCell.

    ``axes`` are the only ones of a figure of 12 by 6.2 inches; the diagram holds no numbers of a record.
    """
    canvas = _Canvas(axes, 24.0, 12.4)
    top, bottom = 9.0, 4.4  # of the cells
    c_y, h_y = 8.2, 5.0  # the lines of the cell state and of the hidden state

    def cell(left, right, color):
        style = {"facecolor": color, "edgecolor": _GREEN, "linewidth": 2}
        canvas.round_box(left, bottom, right - left, top - bottom + 0.6, 0.5, **style)

    def operation(x, y, text):
        wide = len(text) > 1
        canvas.oval(x, y, 1.15 if wide else 0.56, 0.56, text, 10 if wide else 13, "#f6d0d3")

    # the cells before and after
    for left, right, index in ((0.4, 5.4, "t-1"), (18.6, 23.6, "t+1")):
        cell(left, right, "#eef6ea")
        canvas.text((left + right) / 2, 6.9, "LSTM cell", 16)
        canvas.text((left + right) / 2, 6.2, "the same weights", 10.5, style="italic")
        canvas.arrow((left + 1.2, 3.65), (left + 1.2, bottom))
        canvas.oval(left + 1.2, 3.0, 1.3, 1.3, "$x_{%s}$" % index, 13, _INPUT)
        canvas.arrow((right - 1.0, top + 0.6), (right - 1.0, 10.6))
        canvas.oval(right - 1.0, 11.25, 1.3, 1.3, "$h_{%s}$" % index, 13, _OUTPUT)
    for start, end, index in ((5.4, 6.6, "{t-1}"), (17.4, 18.6, "t")):
        for y, name in ((c_y, "c"), (h_y, "h")):
            canvas.arrow((start, y), (end, y))
            canvas.text((start + end) / 2, y + 0.4, "$%s_%s$" % (name, index), 12)

    # the middle cell
    cell(6.6, 17.4, "#dff2d6")
    f_x, i_x, j_x, o_x, tanh_x, up_x = 8.4, 10.0, 11.6, 13.4, 15.2, 16.4
    canvas.arrow((7.4, 3.65), (7.4, h_y))
    canvas.oval(7.4, 3.0, 1.3, 1.3, "$x_t$", 13, _INPUT)
    canvas.line((6.6, h_y), (o_x, h_y))  # [x, h] enters all four gates
    canvas.line((6.6, c_y), (17.4, c_y))  # the cell state
    for x, function, name in ((f_x, "\u03c3", "f"), (i_x, "\u03c3", "i"), (j_x, "tanh", "j"), (o_x, "\u03c3", "o")):
        canvas.line((x, h_y), (x, 5.6))
        canvas.box(x - 0.5, 5.6, 1.0, 0.62, _WEIGHT, 1.2)
        canvas.text(x, 5.91, function, 11)
        canvas.text(x - 0.36, 6.5, name, 12, style="italic", weight="bold")
    canvas.arrow((f_x, 6.22), (f_x, c_y - 0.28))
    canvas.arrow((i_x, 6.22), (i_x, 7.1), (j_x - 0.28, 7.1))
    canvas.arrow((j_x, 6.22), (j_x, 6.82))
    canvas.arrow((j_x, 7.38), (j_x, c_y - 0.28))
    canvas.line((tanh_x, c_y), (tanh_x, 7.7))
    canvas.arrow((tanh_x, 7.22), (tanh_x, 6.86))
    canvas.arrow((o_x, 6.22), (o_x, 6.58), (tanh_x - 0.28, 6.58))
    canvas.line((tanh_x, 6.3), (tanh_x, h_y), (17.4, h_y))
    canvas.line((up_x, h_y), (up_x, c_y - 0.2))  # h goes up too, behind the line of the cell state
    canvas.arrow((up_x, c_y + 0.2), (up_x, 10.6))
    canvas.oval(up_x, 11.25, 1.3, 1.3, "$h_t$", 13, _OUTPUT)
    for x, y, text in ((f_x, c_y, "\u00d7"), (j_x, 7.1, "\u00d7"), (j_x, c_y, "+"), (tanh_x, 7.5, "tanh")):
        operation(x, y, text)
    operation(tanh_x, 6.58, "\u00d7")

    equations = (
        ("input gate", r"$i = \sigma([x_t, h_{t-1}]\, W_i + b_i)$"),
        ("new input", r"$j = \tanh([x_t, h_{t-1}]\, W_j + b_j)$"),
        ("forget gate", r"$f = \sigma([x_t, h_{t-1}]\, W_f + b_f + 1)$"),
        ("output gate", r"$o = \sigma([x_t, h_{t-1}]\, W_o + b_o)$"),
        ("cell state", r"$c_t = c_{t-1} \cdot f + i \cdot j$"),
        ("hidden state", r"$h_t = \tanh(c_t) \cdot o$"),
    )
    for number, (name, equation) in enumerate(equations):
        x, y = (1.4, 9.2, 17.0)[number // 2], (1.45, 0.65)[number % 2]
        canvas.text(x, y, name, 11, "left", style="italic")
        canvas.text(x + 2.35, y, equation, 13, "left")
