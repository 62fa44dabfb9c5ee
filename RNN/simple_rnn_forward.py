"""Part 1: the forward pass of a recurrent net, by hand.

    python RNN/simple_rnn_forward.py

A net of two state units reads the sequence 1, 2. At each step the new state is tanh(state . W_state + x * W_in + b),
and the output is state . W_out + b_out: 1.56128388 after the first step, 2.72707101 after the second. The figure
(my_picture/rnn_forward.jpg) shows the same numbers where they arise.

Needs numpy alone; the figure needs matplotlib.
"""

import os

from common import errors, options, records

import numpy as np

# the sequence and the state before it
X = [1.0, 2.0]
INIT_STATE = [0.0, 0.0]

# the weights: of the state [2, 2], of the input [2], of the output [2, 1], and their biases
W_STATE = [0.1, 0.2, 0.3, 0.4]  # row by row
W_IN = [0.5, 0.6]
B = [0.1, -0.1]
W_OUT = [1.0, 2.0]
B_OUT = [0.1]


def forward(say=print):
    """Runs the net over the sequence and prints every step.

    Args:
        say: called with each line of the original's output.

    Returns:
        What arose at each step: x [steps], state_before, before_activation and state [steps, 2], output [steps, 1].
    """
    w_state = np.array(W_STATE).reshape(2, 2)
    w_in, b = np.array(W_IN), np.array(B)
    w_out, b_out = np.array(W_OUT).reshape(2, 1), np.array(B_OUT)

    state = np.array(INIT_STATE)
    steps = {"x": [], "state_before": [], "before_activation": [], "state": [], "output": []}
    for i, x in enumerate(X):
        before_activation = np.dot(state, w_state) + x * w_in + b  # [2]
        new_state = np.tanh(before_activation)  # [2]
        output = np.dot(new_state, w_out) + b_out  # [1]
        say(str(i + 1))
        say("before activation: %s" % before_activation)
        say("state: %s" % new_state)
        say("output: %s" % output)
        for name, value in zip(steps, (x, state, before_activation, new_state, output)):
            steps[name].append(value)
        state = new_state
    return steps


def finish(record, record_path, folder, show=False):
    """Draws the unrolled net of a record with its numbers and writes both; without matplotlib the record alone."""
    try:
        from common import diagrams, figures

        figure = figures.new(diagrams.FORWARD_SIZE, show)
    except ModuleNotFoundError as error:
        options.remark("no figure was drawn: %s; 'pip install -r requirements.txt' installs it" % error)
        records.write(record_path, record)
        return
    diagrams.draw_rnn_forward(figure, record)
    figures.note_changes(figure, record)
    path = os.path.join(folder, "rnn_forward.jpg")
    figures.finish(figure, path, record, record_path, show, dpi=diagrams.DPI)


def main(argv=None):
    """Reads the options, runs the net, writes the record and the figure."""
    chosen = options.parse(
        __doc__,
        globals(),
        {
            "X": options.numbers(None, "the sequence, separated by commas"),
            "INIT_STATE": options.numbers(2, "the state before the first step"),
            "W_STATE": options.numbers(4, "weights of the state, row by row"),
            "W_IN": options.numbers(2, "weights of the input"),
            "B": options.numbers(2, "bias of the state"),
            "W_OUT": options.numbers(2, "weights of the output"),
            "B_OUT": options.numbers(1, "bias of the output"),
        },
        seed=0,
        trains=False,
        argv=argv,
    )
    transcript = records.Transcript()
    with np.printoptions(precision=8, suppress=False), np.errstate(all="ignore"):
        steps = forward(transcript.say)
    if not all(np.isfinite(values).all() for values in steps.values()):
        raise errors.RunError("the numbers have grown beyond all bounds: choose smaller weights and biases")
    losses = {}  # nothing is trained
    record = records.make("simple_rnn_forward.py", chosen, transcript, losses, records.floats(steps))
    record_path = os.path.join(chosen.out, "simple_rnn_forward.json")
    finish(record, record_path, options.diagram_folder(chosen), chosen.show)


if __name__ == "__main__":
    errors.run(main)
