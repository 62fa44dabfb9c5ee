"""Checkpoints of the parts that run a session of their own: the variables by tf.train.Saver, the losses beside them."""

import contextlib
import glob
import json
import os

import tensorflow.compat.v1 as tf

from common import options as command_line
from common import records
from common.errors import Interrupted, RunError, UsageError, reason

# what may differ between a run and the one it goes on from: how far it goes, and how
_MAY_CHANGE = ("epoch", "training_steps", "threads")


class Checkpoints:
    """Saves and restores a run in ``folder``; without a folder it does nothing, so that a script need not ask.

    Args:
        folder: --model-dir, or None.
        options: what ``options.parse`` returned.
        transcript: the records.Transcript of the run, whose lines are saved as well.
        unit: what the run is counted in, "epoch" or "step".
    """

    def __init__(self, folder=None, options=None, transcript=None, unit="epoch"):
        self.folder = folder
        self.transcript = transcript
        self.unit = unit
        self.saver = None
        self.settings = settings_of(options) if folder else {}

    def restore(self, session, last):
        """Restores the latest checkpoint into the session of the default graph.

        Args:
            session: a tf.Session.
            last: the epoch or step that the run ends with.

        Returns:
            The history that was saved with it, or None if there is no checkpoint.

        Raises:
            UsageError: the checkpoint is damaged, of another model or other options, or beyond ``last``.
        """
        path = latest(self.folder) if self.folder else None
        if path is None:
            return None
        require_same_model(path, {v.op.name: v.shape.as_list() for v in tf.global_variables()})
        try:
            count = int(path.rsplit("-", 1)[1])
            with open(path + ".json", encoding="utf-8") as file:
                saved = json.load(file)
            settings, history, printed = dict(saved["settings"]), dict(saved["history"]), list(saved["printed"])
            if len(history["train_loss"]) != count:
                raise ValueError("it holds the losses of another %s" % self.unit)
            tf.train.Saver().restore(session, path)
        except (OSError, ValueError, LookupError, TypeError, RecursionError, tf.errors.OpError) as error:
            raise damaged(path, error) from error
        require_same_settings(path, settings, self.settings)
        if count > last:
            raise UsageError(
                "--model-dir: the checkpoint %s is of %s %d, this run would end with %d; ask for more or name another "
                "folder" % (path, self.unit, count, last)
            )
        self.transcript.lines[:] = printed  # of the whole run, for the record; only what follows is printed
        command_line.remark("goes on after %s %d from the checkpoint in %s" % (self.unit, count, self.folder))
        return history

    def save(self, session, count, history):
        """Saves the variables after ``count`` epochs or steps, with the losses so far.

        Raises:
            RunError: the folder cannot be written to.
        """
        if not self.folder:
            return
        prefix = os.path.join(self.folder, "model.ckpt")
        saved = {"settings": self.settings, "printed": self.transcript.lines, "history": history}
        content = json.dumps(saved).encode("utf-8")
        # first the losses, then the variables: TensorFlow names the checkpoint as the latest once all of it is there
        records.write_whole("%s-%d.json" % (prefix, count), content)
        try:
            if self.saver is None:  # each one adds its operations to the graph
                self.saver = tf.train.Saver(max_to_keep=1, save_relative_paths=True)
            self.saver.save(session, prefix, global_step=count, write_meta_graph=False)
        except (tf.errors.OpError, ValueError, OSError) as error:
            raise RunError("cannot write the checkpoint in %s: %s" % (self.folder, reason(error))) from error
        for old in glob.glob(glob.escape(prefix) + "-*"):
            if not old.startswith("%s-%d." % (prefix, count)):
                with contextlib.suppress(OSError):
                    os.remove(old)

    def interrupted(self, session, count, history):
        """Ends a run after Ctrl-C: saves it if there is a folder for that.

        Raises:
            Interrupted: always; the message says how to go on.
        """
        if not self.folder:
            raise Interrupted(
                "stopped after %s %d; nothing was written (with --model-dir DIR a run can be gone on with)"
                % (self.unit, count)
            )
        self.save(session, count, history)
        raise Interrupted(
            "stopped after %s %d and saved in %s; the same command goes on from there" % (self.unit, count, self.folder)
        )


def damaged(path, error):
    """The UsageError that says so of a checkpoint."""
    return UsageError("--model-dir: the checkpoint %s is damaged: %s; name another folder" % (path, reason(error)))


def latest(folder):
    """The latest checkpoint in a folder, wherever the folder has been moved to since; None if it holds none.

    Raises:
        UsageError: there are checkpoints, but the file that names the latest is missing or damaged.
    """
    try:
        state = tf.train.get_checkpoint_state(folder)
    except (ValueError, tf.errors.OpError):  # empty, or no text
        state = None
    if state is not None:
        path = os.path.join(folder, os.path.basename(state.model_checkpoint_path))
        if os.path.exists(path + ".index"):
            return path
    named_by = os.path.join(folder, "checkpoint")
    if os.path.exists(named_by) or glob.glob(os.path.join(glob.escape(folder), "*.index")):
        raise UsageError(
            "--model-dir: %s, which names the latest checkpoint, is missing or damaged, or that checkpoint is; "
            "name another folder" % named_by
        )
    return None


def settings_of(options):
    """What of the options of a run one that goes on from its checkpoints must share."""
    return {name: value for name, value in options.result_options.items() if name not in _MAY_CHANGE}


def require_same_settings(path, settings, ours):
    """Compares the settings that a checkpoint was made with and those of this run.

    Raises:
        UsageError: one differs.
    """
    for name in sorted(set(settings) | set(ours)):
        if settings.get(name) != ours.get(name):
            raise UsageError(
                "--model-dir: the checkpoint %s was made with --%s %s, this run has %s; give the same options or "
                "another folder" % (path, name.replace("_", "-"), settings.get(name), ours.get(name))
            )


def require_same_model(path, variables):
    """Compares a checkpoint with a model before anything of it is restored.

    Args:
        path: of the checkpoint.
        variables: {name: shape} of all variables of the model.

    Raises:
        UsageError: the checkpoint cannot be read, or holds other variables.
    """
    try:
        checkpoint = tf.train.load_checkpoint(path)
        found = checkpoint.get_variable_to_shape_map()
        for name in found:  # what is cut or altered shows only when it is read
            checkpoint.get_tensor(name)
    except (tf.errors.OpError, ValueError, IndexError, RuntimeError) as error:
        raise damaged(path, error) from error
    differing = sorted(name for name in set(found) | set(variables) if found.get(name) != variables.get(name))
    if differing:
        raise UsageError(
            "--model-dir: the checkpoint in %s is of another model (%s differ%s); name another folder"
            % (
                os.path.dirname(path),
                ", ".join(differing[:3]),
                " and %d more" % (len(differing) - 3) if len(differing) > 3 else "",
            )
        )
