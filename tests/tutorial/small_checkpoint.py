"""A small checkpoint of a session, with the state of its run; a process that holds one."""

import copy
import io
import json

from common import checkpoint

import numpy as np

import tf1 as tf

STATE = {
    "options": {"script": "a.py"},
    "done": 2,
    "losses": {"train_loss": [[1.5, 2], [1, 2]], "epoch_train_loss": [1, 2.5]},
    "curves": {"predictions": [{"epoch": 1, "y": [1, 2.5]}, {"epoch": 2, "y": [1, 2]}], "target": [3, 4]},
    "printed": ["a", "b"],
}
LOGGED = ["train_loss", "epoch_train_loss"]


def saved(directory, value, change=None, **arrays):
    """Writes a checkpoint of two variables without TensorFlow."""
    state = copy.deepcopy(STATE)
    if change:
        change(state)
    content = io.BytesIO()
    arrays.setdefault("state", np.frombuffer(json.dumps(state).encode(), np.uint8))
    arrays.setdefault("variables/a", np.full(3, value, np.float32))
    arrays.setdefault("variables/b", np.full(3, value, np.float32))
    np.savez_compressed(content, **arrays) if arrays.pop("compressed", False) else np.savez(content, **arrays)
    (directory / "checkpoint.npz").write_bytes(content.getvalue())


def restored(directory):
    """(state, values of the variables) of the checkpoint in a directory."""
    with tf.Graph().as_default(), tf.Session() as session:
        variables = [tf.get_variable(name, [3]) for name in "ab"]
        state = checkpoint.restore(str(directory), session, STATE["options"], LOGGED)
        return state, [list(value) for value in session.run(variables)]
