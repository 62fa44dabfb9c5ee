"""Checkpoints of the parts that run a session of their own: the variables by tf.train.Saver, the losses beside them."""

import contextlib
import glob
import json
import os
import re

import tensorflow.compat.v1 as tf

from lesson import options as command_line
from lesson import records
from lesson.errors import Interrupted, RunError, UsageError

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
        self.settings = {}
        if folder:
            self.options = options
            self.settings = {k: v for k, v in options.result_options.items() if k not in _MAY_CHANGE}

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
        path = tf.train.latest_checkpoint(self.folder) if self.folder else None
        if path is None:
            return None
        require_same_model(self.folder, {v.op.name: v.shape.as_list() for v in tf.global_variables()})
        refuse_other_weights(self.options)
        try:
            with open(path + ".json", encoding="utf-8") as file:
                saved = json.load(file)
            tf.train.Saver().restore(session, path)
            settings, history, printed = saved["settings"], saved["history"], list(saved["printed"])
        except (OSError, ValueError, KeyError, TypeError, tf.errors.OpError) as error:
            raise UsageError(
                "--model-dir: the checkpoint %s is damaged: %s; name another folder" % (path, reason(error))
            ) from error
        for name in sorted(set(settings) | set(self.settings)):
            if settings.get(name) != self.settings.get(name):
                raise UsageError(
                    "--model-dir: the checkpoint %s was made with --%s %s, this run has %s; give the same options or "
                    "another folder" % (path, name.replace("_", "-"), settings.get(name), self.settings.get(name))
                )
        count = int(path.rsplit("-", 1)[1])
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
            tf.train.Saver(max_to_keep=1).save(session, prefix, global_step=count, write_meta_graph=False)
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


def reason(error):
    """What happened, in one line, of an error of TensorFlow: without the graph and the stack around it."""
    text = re.sub(r"^Graph execution error:.*?\nNode: [^\n]*\n", "", str(error), flags=re.DOTALL)
    return text.split("\n")[0]


def require_same_model(folder, variables):
    """Compares the latest checkpoint in ``folder`` with a model before anything of it is restored.

    Args:
        folder: --model-dir.
        variables: {name: shape} of all variables of the model.

    Raises:
        UsageError: the checkpoint cannot be read, or holds other variables.
    """
    path = tf.train.latest_checkpoint(folder)
    try:
        checkpoint = tf.train.load_checkpoint(path)
        found = checkpoint.get_variable_to_shape_map()
        for name in found:  # what is cut or altered shows only when it is read
            checkpoint.get_tensor(name)
    except (tf.errors.OpError, ValueError, IndexError, RuntimeError) as error:
        raise UsageError(
            "--model-dir: the checkpoint %s is damaged: %s; name another folder" % (path, reason(error))
        ) from error
    differing = sorted(name for name in set(found) | set(variables) if found.get(name) != variables.get(name))
    if differing:
        raise UsageError(
            "--model-dir: the checkpoint in %s is of another model (%s differ%s); name another folder"
            % (folder, ", ".join(differing[:3]), " and %d more" % (len(differing) - 3) if len(differing) > 3 else "")
        )


def refuse_other_weights(options):
    """A run that goes on from a checkpoint takes no initial weights, and gave none away.

    Raises:
        UsageError: --initial-weights or --save-initial-weights was given all the same.
    """
    for name in ("initial_weights", "save_initial_weights"):
        if getattr(options, name):
            raise UsageError(
                "--%s: %s holds a checkpoint, from which this run would go on; name another --model-dir"
                % (name.replace("_", "-"), options.model_dir)
            )
