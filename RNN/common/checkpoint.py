"""Checkpoints in --model-dir: one file for the parts with a session of their own, TensorFlow's for the Estimator."""

import contextlib
import glob
import io
import json
import os
import re
import stat

from common import npz, records
from common.errors import UsageError, reason

import numpy as np

import tf1 as tf
from tf1 import files

_FILE = "checkpoint.npz"  # all variables with the optimizer's slots, and the state of the run as JSON
SETTINGS = "options.json"  # next to the Estimator's checkpoints
LOCK = ".run.lock"  # of the run that uses the directory
_MAY_CHANGE = ("epoch", "training_steps", "threads")  # options that may differ between a run and its resumption


@contextlib.contextmanager
def in_use(flag, directory):
    """A context in which no other run uses a directory of checkpoints. Leftovers of killed runs in it are removed.

    Raises:
        UsageError: a run uses it; the message names its process.
    """
    path = os.path.join(directory, LOCK)
    file, process = files.hold(path)
    if process:
        text = "%s: %s is in use by process %s; wait for its end or use a different directory"
        raise UsageError(text % (flag, directory, process))
    with file:
        files.remove_leftovers_of_checkpoints(directory)
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                os.remove(path)


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


def restore(directory, session, settings, names):
    """Restores all variables of a session from the checkpoint in a directory.

    Args:
        settings: those of settings_of.
        names: the losses that the run logs; see ``records.require_state``.

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
        file = npz.Npz(path)  # one file for all: a checkpoint that another run saves meanwhile is not mixed with it
        found = {name: (file.shapes[name], file.dtypes[name]) for name in file.shapes}
        shape, dtype = found.pop("state")
        expected = {
            "variables/" + name: (tuple(variable.shape.as_list()), variable.dtype.base_dtype.as_numpy_dtype)
            for name, variable in variables.items()
        }
        differing = sorted(name for name in set(found) | set(expected) if found.get(name) != expected.get(name))
        if differing:
            more = " and %d more" % (len(differing) - 3) if len(differing) > 3 else ""
            names = ", ".join(name.replace("variables/", "", 1) for name in differing[:3])
            raise _of_another_model(directory, names + more)
        if dtype != np.uint8 or len(shape) != 1 or shape[0] > os.fstat(file.file.fileno()).st_size:
            raise ValueError("its state is not a text, or compressed")
        state = records.parse(file.read("state").tobytes().decode("utf-8"), dict(records.ENTRIES, done=int))
        _require_same_settings(path, state["options"], settings)
        records.require_state(state, names)
        for name, variable in variables.items():
            values[variable.initializer.inputs[1]] = array = file.read("variables/" + name)
            if not np.isfinite(array).all():
                raise ValueError("the array variables/%s is not made of finite numbers" % name)
        file.file.close()
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
        mode = os.lstat(os.path.join(directory, name)).st_mode
        is_read = name in ("checkpoint", SETTINGS) or name.startswith("model.ckpt-")
        if stat.S_ISLNK(mode) or (is_read and not stat.S_ISREG(mode)):
            text = "--model-dir: %s in %s is a link, or not a file; use a different directory"
            raise UsageError(text % (name, directory))
    listing, settings_path = os.path.join(directory, "checkpoint"), os.path.join(directory, SETTINGS)
    found = [re.fullmatch(r"model\.ckpt-(\d+)\.index", name) for name in names]
    steps, listed = sorted(int(match.group(1)) for match in found if match), ""
    with contextlib.suppress(OSError, ValueError):
        listed = records.read_text(listing)
    while steps and not {"model.ckpt-%d.meta" % steps[-1]} & set(names) and '"model.ckpt-%d"' % steps[-1] not in listed:
        try:  # TensorFlow writes the index in place, lists it, and then adds the graph
            tf.train.load_checkpoint(os.path.join(directory, "model.ckpt-%d" % steps[-1]))
            break
        except tf.errors.OpError:
            steps.pop()  # a run was killed while it saved this one
    if not steps:
        for old, mark in ((listing, 'model_checkpoint_path: "'), (settings_path, '"script": "')):
            with _refuses_damage(old):
                if os.path.exists(old) and mark not in records.read_text(old):
                    raise _of_another_model(directory, os.path.basename(old))
        if os.path.exists(listing):
            os.remove(listing)
        records.write_files({settings_path: json.dumps(settings).encode("utf-8")})
        return None
    path = os.path.join(directory, "model.ckpt-%d" % steps[-1])
    with _refuses_damage(path):
        reader = tf.train.load_checkpoint(path)
        for name in reader.get_variable_to_shape_map():  # a damaged array is only noticed when it is read
            reader.get_tensor(name)
        _require_same_settings(path, records.parse(records.read_text(settings_path), {}), settings)
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
