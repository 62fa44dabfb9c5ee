"""Part 1: the forward pass of an RNN, computed manually.

    python RNN/simple_rnn_forward.py

A network with two state units reads the sequence 1, 2. At each step the new state is tanh(state . W_state + x * W_in +
b), and the output is state . W_out + b_out: 1.56128388 after the first step, 2.72707101 after the second. The figure,
output/rnn_forward.jpg, shows where each number comes from. Needs only numpy; the figure needs matplotlib.
"""

from common.diagrams import draw_rnn_forward as draw
from common.run import main

import numpy as np

# data
X = [1.0, 2.0]  # the sequence; numbers separated by commas
INIT_STATE = (0.0, 0.0)  # the state before the first step

# weights and biases
W_STATE = (0.1, 0.2, 0.3, 0.4)  # weights of the state: [2, 2], row by row
W_IN = (0.5, 0.6)  # weights of the input: [2]
B = (0.1, -0.1)  # bias of the state: [2]
W_OUT = (1.0, 2.0)  # weights of the output: [2, 1]
B_OUT = (0.1,)  # bias of the output: [1]


def forward(run):
    """Runs the network over the sequence and prints every step."""
    w_state = np.array(W_STATE).reshape(2, 2)
    w_in, b = np.array(W_IN), np.array(B)
    w_out, b_out = np.array(W_OUT).reshape(2, 1), np.array(B_OUT)

    state = np.array(INIT_STATE)
    steps = {"x": [], "state_before": [], "before_activation": [], "state": [], "output": []}
    for i, x in enumerate(X):
        before_activation = np.dot(state, w_state) + x * w_in + b  # [2]
        new_state = np.tanh(before_activation)  # [2]
        output = np.dot(new_state, w_out) + b_out  # [1]
        run.print(str(i + 1))
        run.print("before activation: %s" % before_activation)
        run.print("state: %s" % new_state)
        run.print("output: %s" % output)
        for name, value in zip(steps, (x, state, before_activation, new_state, output)):
            steps[name].append(value)
        state = new_state
    run.keep(curves=steps)  # the figure is drawn from them


if __name__ == "__main__":
    main(globals(), forward, draw)
