"""The two explaining diagrams: a forward pass with its numbers, and the inside of an LSTM cell. Needs matplotlib."""

from matplotlib.patches import Ellipse, FancyArrowPatch, FancyBboxPatch, Rectangle

DPI = 150
FORWARD_SIZE = (10.6, 6.5)  # inches, for two time steps; draw_rnn_forward sets it for others
LSTM_SIZE = (12.0, 6.2)

_MOST_STEPS = 6  # drawn; of a longer sequence these are the first
_INK = "#222222"
_WEIGHT, _STATE, _INPUT, _OUTPUT, _BIAS = "#fff3c4", "#d8ecd0", "#cfe2f3", "#e8d5f2", "#f3e0d2"


def _canvas(figure, width, height):
    """Axes that fill the figure, in units of their own, without ticks."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    axes.set_aspect("equal")
    axes.axis("off")
    return axes


def _text(axes, x, y, text, size=10, **more):
    return axes.text(x, y, text, ha=more.pop("ha", "center"), va="center", fontsize=size, color=_INK, **more)


def _arrow(axes, *points):
    """A line through the points with a head at its end."""
    for start, end in zip(points[:-2], points[1:-1]):
        axes.plot(*zip(start, end), color=_INK, linewidth=1.4, solid_capstyle="round", zorder=3)
    axes.add_patch(
        FancyArrowPatch(
            points[-2], points[-1], arrowstyle="-|>", mutation_scale=13, linewidth=1.4, color=_INK, shrinkA=0, shrinkB=0
        )
    )


def _matrix(axes, x, y, rows, colours, label=None, cell=(0.8, 0.5)):
    """Numbers in boxes.

    Args:
        x, y: the middle of the whole.
        rows: [[number]].
        colours: one per row, or one for each number of the only row.
        label: its name, set below.
    """
    width, height = cell
    left, top = x - width * len(rows[0]) / 2, y + height * len(rows) / 2
    for i, row in enumerate(rows):
        for j, number in enumerate(row):
            colour = colours[j] if len(rows) == 1 else colours[i]
            corner = (left + j * width, top - (i + 1) * height)
            axes.add_patch(Rectangle(corner, width, height, facecolor=colour, edgecolor=_INK, linewidth=1, zorder=4))
            _text(axes, corner[0] + width / 2, corner[1] + height / 2, _short(number), 9, zorder=5)
    if label:
        _text(axes, x, top - height * len(rows) - 0.22, label, 8.5, style="italic")


def _short(number):
    """One decimal where that is exact, else three; few digits of a number that would not fit its box."""
    text = "%.1f" % number if round(number, 1) == number else "%.3f" % number
    return text if len(text) <= 6 else "%.1e" % number


def draw_rnn_forward(figure, record):
    """Draws the unrolled net of simple_rnn_forward.py, with the numbers of a record; at most six steps of it.

    Args:
        figure: an empty matplotlib figure; its width is set for the number of steps.
        record: the record of a run; every number of the diagram is read from it.

    Returns:
        The axes.
    """
    options, curves = record["options"], record["curves"]
    steps = min(len(curves["x"]), _MOST_STEPS)
    weights = [options["w_state"][:2], options["w_state"][2:], options["w_in"]]
    first, step_width, box_width = 2.2, 7.4, 5.5  # left edge of the first box; from box to box; of a box
    width, height = first + step_width * steps, 10.4
    figure.set_size_inches(FORWARD_SIZE[1] * width / height, FORWARD_SIZE[1])
    axes = _canvas(figure, width, height)

    dashed = {"fill": False, "edgecolor": "#777777", "linestyle": (0, (5, 4))}
    for y, name in ((9.2, "output"), (0.9, "input")):
        axes.add_patch(Rectangle((0.15, y), width - 0.3, 0.9, **dashed))
        _text(axes, 0.35, y + 0.45, name, 10.5, ha="left", weight="bold")
    _text(axes, 0.35, 0.5, "time step", 10.5, ha="left", weight="bold")

    state_y = 4.15
    for step in range(steps):
        left = first + step_width * step
        x, before, after = (curves[name][step] for name in ("x", "state_before", "state"))
        _text(axes, left + 1.85, 0.5, str(step + 1), 10.5)

        # the state handed on, and the input, enter the box
        start = 0.3 if step == 0 else left - step_width + box_width
        _arrow(axes, (start, state_y), (left + 0.12, state_y))
        _matrix(axes, (start + left) / 2, state_y - 0.6, [before], [_STATE] * 2, "state")
        _matrix(axes, left + 1.85, 1.35, [[x]], [_INPUT])
        _arrow(axes, (left + 1.85, 1.6), (left + 1.85, state_y - 0.25))

        # tanh([state, x] . weights + b)
        box = FancyBboxPatch((left, 2.4), box_width, 3.0, boxstyle="round,pad=0,rounding_size=0.35", fill=False)
        axes.add_patch(box)
        _text(axes, left + 0.3, 5.1, "tanh( [state, input] \u00d7 weights + b )", 9, ha="left")
        _matrix(axes, left + 1.15, state_y, [before + [x]], [_STATE, _STATE, _INPUT], cell=(0.7, 0.5))
        _text(axes, left + 2.36, state_y, "\u00d7", 12)
        _matrix(axes, left + 3.15, state_y, weights, [_WEIGHT, _WEIGHT, _INPUT], "W_state, W_in", (0.66, 0.5))
        _text(axes, left + 3.96, state_y, "+", 12)
        _matrix(axes, left + 4.7, state_y, [options["b"]], [_BIAS] * 2, "b", (0.64, 0.5))
        sums = ", ".join(_short(number) for number in curves["before_activation"][step])
        _text(axes, left + box_width - 0.2, 2.66, "before tanh: " + sums, 8.5, ha="right")

        # state . W_out + b_out
        middle = left + 4.1
        _arrow(axes, (middle, 5.4), (middle, 5.85))
        _matrix(axes, middle, 6.1, [after], [_STATE] * 2)
        _text(axes, middle - 1.0, 6.1, "state", 8.5, ha="right", style="italic")
        _text(axes, middle, 6.55, "\u00d7", 12)
        _matrix(axes, middle, 7.25, [[number] for number in options["w_out"]], [_WEIGHT] * 2)
        _text(axes, middle - 1.0, 7.25, "W_out", 8.5, ha="right", style="italic")
        _text(axes, middle, 7.97, "+", 12)
        _matrix(axes, middle, 8.45, [options["b_out"]], [_BIAS])
        _text(axes, middle - 1.0, 8.45, "b_out", 8.5, ha="right", style="italic")
        _text(axes, middle, 8.93, "=", 12)
        _matrix(axes, middle, 9.65, [curves["output"][step]], [_OUTPUT], cell=(0.95, 0.5))

    # the state that is left
    end = first + step_width * (steps - 1) + box_width
    _arrow(axes, (end, state_y), (width - 0.15, state_y))
    _matrix(axes, (end + width) / 2, state_y - 0.6, [curves["state"][steps - 1]], [_STATE] * 2, "state")
    if steps < len(curves["x"]):
        _text(axes, width - 0.3, 0.5, "\u2026 and so on to step %d" % len(curves["x"]), 10.5, ha="right")
    return axes


def draw_lstm_cell(figure):
    """Draws three time steps of an LSTM layer, the middle cell opened: what BasicLSTMCell computes.

    Args:
        figure: an empty matplotlib figure of LSTM_SIZE.

    Returns:
        The axes.
    """
    width, height = 24.0, 12.4
    axes = _canvas(figure, width, height)
    top, bottom = 9.0, 4.4  # of the cells
    c_y, h_y = 8.2, 5.0  # the lines of the cell state and of the output

    def cell(left, right, colour):
        style = "round,pad=0,rounding_size=0.5"
        size = (right - left, top - bottom + 0.6)
        axes.add_patch(
            FancyBboxPatch((left, bottom), *size, boxstyle=style, facecolor=colour, edgecolor="#5d8a4f", linewidth=2)
        )

    def circle(x, y, text, colour):
        axes.add_patch(Ellipse((x, y), 1.3, 1.3, facecolor=colour, edgecolor=_INK, linewidth=1.6, zorder=4))
        _text(axes, x, y, text, 13, zorder=5)

    def operation(x, y, text):
        wide = 1.15 if len(text) > 1 else 0.56
        axes.add_patch(Ellipse((x, y), wide, 0.56, facecolor="#f6d0d3", edgecolor=_INK, linewidth=1.2, zorder=4))
        _text(axes, x, y, text, 10 if len(text) > 1 else 13, zorder=5)

    def gate(x, function, name):
        axes.add_patch(Rectangle((x - 0.5, 5.6), 1.0, 0.62, facecolor=_WEIGHT, edgecolor=_INK, linewidth=1.2, zorder=4))
        _text(axes, x, 5.91, function, 11, zorder=5)
        _text(axes, x - 0.36, 6.5, name, 12, style="italic", weight="bold")

    # the neighbours, closed
    for left, right, index in ((0.4, 5.4, "t-1"), (18.6, 23.6, "t+1")):
        cell(left, right, "#eef6ea")
        _text(axes, (left + right) / 2, 6.9, "LSTM cell", 16)
        _text(axes, (left + right) / 2, 6.2, "the same weights", 10.5, style="italic")
        x_in, x_out = left + 1.2, right - 1.0
        _arrow(axes, (x_in, 3.65), (x_in, bottom))
        circle(x_in, 3.0, "$x_{%s}$" % index, _INPUT)
        _arrow(axes, (x_out, top + 0.6), (x_out, 10.6))
        circle(x_out, 11.25, "$h_{%s}$" % index, _OUTPUT)
    for start, end in ((5.4, 6.6), (17.4, 18.6)):
        _arrow(axes, (start, c_y), (end, c_y))
        _arrow(axes, (start, h_y), (end, h_y))
    _text(axes, 6.0, c_y + 0.4, "$c_{t-1}$", 12)
    _text(axes, 6.0, h_y + 0.4, "$h_{t-1}$", 12)
    _text(axes, 18.0, c_y + 0.4, "$c_t$", 12)
    _text(axes, 18.0, h_y + 0.4, "$h_t$", 12)

    # the middle one, opened
    cell(6.6, 17.4, "#dff2d6")
    f_x, i_x, j_x, o_x, tanh_x, up_x = 8.4, 10.0, 11.6, 13.4, 15.2, 16.4
    _arrow(axes, (7.4, 3.65), (7.4, h_y), (7.4, h_y + 0.001))
    circle(7.4, 3.0, "$x_t$", _INPUT)
    axes.plot([6.6, o_x], [h_y, h_y], color=_INK, linewidth=1.4)  # [x, h] goes to all four
    for x, function, name in (
        (f_x, "\u03c3", "f"),
        (i_x, "\u03c3", "i"),
        (j_x, "tanh", "j"),
        (o_x, "\u03c3", "o"),
    ):
        axes.plot([x, x], [h_y, 5.6], color=_INK, linewidth=1.4)
        gate(x, function, name)
    axes.plot([6.6, 17.4], [c_y, c_y], color=_INK, linewidth=1.4)  # the cell state
    _arrow(axes, (f_x, 6.22), (f_x, c_y - 0.28))
    operation(f_x, c_y, "\u00d7")
    _arrow(axes, (i_x, 6.22), (i_x, 7.1), (j_x - 0.28, 7.1))
    _arrow(axes, (j_x, 6.22), (j_x, 6.82))
    operation(j_x, 7.1, "\u00d7")
    _arrow(axes, (j_x, 7.38), (j_x, c_y - 0.28))
    operation(j_x, c_y, "+")
    axes.plot([tanh_x, tanh_x], [c_y, 7.7], color=_INK, linewidth=1.4)
    operation(tanh_x, 7.5, "tanh")
    _arrow(axes, (tanh_x, 7.22), (tanh_x, 6.86))
    operation(tanh_x, 6.58, "\u00d7")
    _arrow(axes, (o_x, 6.22), (o_x, 6.58), (tanh_x - 0.28, 6.58))
    axes.plot([tanh_x, tanh_x, 17.4], [6.3, h_y, h_y], color=_INK, linewidth=1.4)
    # h goes up too, behind the line of the cell state
    axes.plot([up_x, up_x], [h_y, c_y - 0.2], color=_INK, linewidth=1.4)
    _arrow(axes, (up_x, c_y + 0.2), (up_x, 10.6))
    circle(up_x, 11.25, "$h_t$", _OUTPUT)

    equations = (
        ("input gate", r"$i = \sigma([x_t, h_{t-1}]\, W_i + b_i)$"),
        ("new input", r"$j = \tanh([x_t, h_{t-1}]\, W_j + b_j)$"),
        ("forget gate", r"$f = \sigma([x_t, h_{t-1}]\, W_f + b_f + 1)$"),
        ("output gate", r"$o = \sigma([x_t, h_{t-1}]\, W_o + b_o)$"),
        ("cell state", r"$c_t = c_{t-1} \cdot f + i \cdot j$"),
        ("output", r"$h_t = \tanh(c_t) \cdot o$"),
    )
    for number, (name, equation) in enumerate(equations):
        x, y = (1.4, 9.2, 17.0)[number // 2], (1.45, 0.65)[number % 2]
        _text(axes, x, y, name, 11, ha="left", style="italic")
        _text(axes, x + 2.35, y, equation, 13, ha="left")
    return axes
