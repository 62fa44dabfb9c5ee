"""Checkpoints in --model-dir: one file for the parts with a session of their own, TensorFlow's for the Estimator."""

import contextlib
import glob
import io
import json
import os
import re

from common import npz, records
from common.errors import UsageError, reason

import numpy as np

import tf1 as tf

_FILE = "checkpoint.npz"  # all variables with the optimizer's slots, and the state of the run as JSON
_SETTINGS = "options.json"  # next to the Estimator's checkpoints
_MAY_CHANGE = ("epoch", "training_steps", "threads")  # options that may differ between a run and its resumption


def settings_of(script, options):
    """The options that a run shares with the run that it resumes, and its script."""
    return dict({name: value for name, value in options.items() if name not in _MAY_CHANGE}, script=script)


def save(directory, session, state):
    """Writes all variables of a session, and the state of its run, to one file, atomically.

    The state is {"options", "done", "losses", "curves", "printed"}; the options are those of settings_of.

    Raises:
        RunError: it cannot be written.
    """
    variables = {"variables/" + name: variable for name, variable in _variables(session).items()}
    content = io.BytesIO()
    text = json.dumps(state).encode("utf-8")
    np.savez(content, state=np.frombuffer(text, np.uint8), **session.run(variables))
    records.write_files({os.path.join(directory, _FILE): content.getvalue()})


def restore(directory, session, settings):
    """Restores all variables of a session from the checkpoint in a directory; ``settings`` are those of settings_of.

    Returns:
        The state that was saved with them; None if there is no checkpoint.

    Raises:
        UsageError: the checkpoint is damaged, or of a different model or different options.
    """
    path = os.path.join(directory, _FILE)
    if glob.glob(os.path.join(glob.escape(directory), "*.index")):
        raise _of_another_model(directory, "a TensorFlow checkpoint")
    if not os.path.lexists(path):
        return None
    variables, values = _variables(session), {}
    with _refuses_damage(path):
        file = npz.Npz(path)
        found = {name[len("variables/") :]: shape for name, shape in file.shapes.items() if name != "state"}
        expected = {name: tuple(variable.shape.as_list()) for name, variable in variables.items()}
        differing = sorted(name for name in set(found) | set(expected) if found.get(name) != expected.get(name))
        if differing:
            more = " and %d more" % (len(differing) - 3) if len(differing) > 3 else ""
            raise _of_another_model(directory, ", ".join(differing[:3]) + more)
        if max(file.shapes["state"]) > os.path.getsize(path):
            raise ValueError("its state is compressed")
        state = records.parse(file.read("state").tobytes().decode("utf-8"), dict(records.ENTRIES, done=int))
        curves = state["curves"].get("predictions", [])
        if len(state["losses"]["train_loss"]) != state["done"] or any(set(curve) != {"epoch", "y"} for curve in curves):
            raise ValueError("its numbers are not those of %d steps" % state["done"])
        _require_same_settings(path, state["options"], settings)
        for name, variable in variables.items():
            values[variable.initializer.inputs[1]] = value = file.read("variables/" + name)
            if value.dtype != variable.dtype.base_dtype.as_numpy_dtype:
                raise ValueError("%s is of type %s" % (name, value.dtype))
    session.run([variable.initializer for variable in variables.values()], feed_dict=values)
    return state


def _variables(session):
    with session.graph.as_default():
        return {variable.op.name: variable for variable in tf.global_variables()}


def latest(directory, settings):
    """The latest checkpoint of an Estimator, after everything in it was read.

    TensorFlow trusts the file ``checkpoint``: it reads and deletes the files named there. So that file is written again
    from the names of the checkpoints that are in the directory.

    Returns:
        The number of its steps; None if there is no checkpoint, or only the beginning of a first one.

    Raises:
        UsageError: the checkpoint is damaged, or of a different model or different options.
    """
    if os.path.lexists(os.path.join(directory, _FILE)):
        raise _of_another_model(directory, _FILE)
    names = os.listdir(directory)
    for name in names:
        if os.path.islink(os.path.join(directory, name)):
            raise UsageError("--model-dir: %s in %s is a link; use a different directory" % (name, directory))
    listing, settings_path = os.path.join(directory, "checkpoint"), os.path.join(directory, _SETTINGS)
    found = [re.fullmatch(r"model\.ckpt-(\d+)\.index", name) for name in names]
    steps = sorted(int(match.group(1)) for match in found if match)
    if not steps:
        if os.path.lexists(listing):
            os.remove(listing)
        records.write_files({settings_path: json.dumps(settings).encode("utf-8")})
        return None
    path = os.path.join(directory, "model.ckpt-%d" % steps[-1])
    with _refuses_damage(path):
        reader = tf.train.load_checkpoint(path)
        for name in reader.get_variable_to_shape_map():  # a damaged array is only noticed when it is read
            reader.get_tensor(name)
        with open(settings_path, encoding="utf-8") as file:
            _require_same_settings(path, records.parse(file.read(), {}), settings)
    lines = ['model_checkpoint_path: "model.ckpt-%d"\n' % steps[-1]]
    lines += ['all_model_checkpoint_paths: "model.ckpt-%d"\n' % step for step in steps]
    records.write_files({listing: "".join(lines).encode("utf-8")})
    return steps[-1]


@contextlib.contextmanager
def _refuses_damage(path):
    try:
        yield
    except (OSError, tf.errors.OpError) + npz.DAMAGED as error:
        text = "--model-dir: the checkpoint %s is damaged: %s; use a different directory"
        raise UsageError(text % (path, reason(error))) from error


def _of_another_model(directory, differing):
    text = "--model-dir: the checkpoint in %s is of a different model (%s); use a different directory"
    return UsageError(text % (directory, differing))


def _require_same_settings(path, saved, settings):
    for name in sorted(set(saved) | set(settings)):
        if saved.get(name) != settings.get(name):
            raise UsageError(
                "--model-dir: the checkpoint %s was made with --%s %s, but this run has %s; use the same options or a "
                "different directory" % (path, name.replace("_", "-"), saved.get(name), settings.get(name))
            )
