"""Run: options, session, checkpoints, Ctrl-C, record and figure of a part."""

import contextlib
import itertools
import json
import os

from common import checkpoint, console, ctrl_c, errors, figures, options, parts, records, weights

import numpy as np

import tf1 as tf


class Run:
    """One run of a part.

    Args:
        module: ``globals()`` of the part; the options override its constants.
        choices, extra, argv: see options.of_part.
        part: the Part; None for that of the module's script.

    Attributes:
        options: the parsed options.
        history: {name: one value per step of the loop}; the record's losses.
        curves: what the figure draws.

    Raises:
        UsageError: an option is unknown or its value not permitted, or a directory cannot be written to.
    """

    def __init__(self, module, choices=(), extra=(), argv=None, part=None):
        self.part = part or parts.BY_SCRIPT[os.path.basename(module["__file__"])]
        self.options, self.result_options, self.changed = options.of_part(self.part, module, choices, extra, argv)
        self.seed = self.options.SEED
        self.settings = checkpoint.settings_of(self.part.script, self.result_options)
        self.history, self.curves, self.printed = {}, {}, []
        self.logged = records.logged_by(module["__file__"])
        self.unit, self.done = "step", 0  # of the loop; with the steps of a resumed run
        self.weights, self.writer = None, None
        self.cleanup = contextlib.ExitStack()

    def require(self, condition, message):
        """Refuses the options of a run, with status 2, before anything is computed."""
        if not condition:
            raise errors.UsageError(message)

    # the session

    @contextlib.contextmanager
    def initial_weights(self):
        """The variable scope to build a graph in; its variables start from --initial-weights or --seed.

        Without a seed they start from the weights of the author's own run of predict_sin.

        Raises:
            UsageError: the file of --initial-weights cannot be read, or does not fit the network.
        """
        if self.options.initial_weights:
            self.weights = weights.of_file(self.options.initial_weights)
        else:
            self.weights = weights.authors_run() if self.seed is None else weights.InitialWeights(self.seed)
        with self.weights.scope():
            yield
        self.weights.check()

    def session_config(self):
        """The tf.ConfigProto for --threads."""
        threads = self.options.threads
        # -1: operations run in the thread that calls session.run, which saves a switch of threads for each
        return tf.ConfigProto(
            intra_op_parallelism_threads=threads, inter_op_parallelism_threads=-1 if threads == 1 else threads
        )

    def loop(self, session, steps, unit, total, save_every):
        """Yields the items of ``steps``, without the steps that the checkpoint in --model-dir has done.

        Restores that checkpoint, shows a progress bar, saves a checkpoint every ``save_every`` steps and at the end,
        and stops after the step in which Ctrl-C was pressed.

        Args:
            session: a tf.Session with initialized variables.
            steps: an iterable of ``total`` items.
            unit: "epoch" or "step".
            total: the number of steps of the whole run.
            save_every: steps between two checkpoints.

        Raises:
            UsageError: the checkpoint is damaged, of a different model or options, or beyond ``total``.
            Interrupted: after Ctrl-C.
        """
        self.unit, directory = unit, self.options.model_dir
        if directory:
            self.cleanup.enter_context(checkpoint.in_use("--model-dir", directory))
        state = checkpoint.restore(directory, session, self.settings, self.logged) if directory else None
        if state:
            self.resume(state["done"], total)
            self.history, self.curves, self.printed = state["losses"], state["curves"], state["printed"]
        elif self.options.save_initial_weights:
            weights.save(self.options.save_initial_weights, session)
        self.open_log(session.graph)
        held_back = self.cleanup.enter_context(ctrl_c.HeldBack())
        bar = console.progress(itertools.islice(steps, self.done, None), unit, total=total, initial=self.done)
        self.cleanup.callback(bar.close)
        for step in bar:
            yield step
            self.done += 1
            if directory and (self.done % save_every == 0 or self.done == total or held_back.pressed):
                state = {"options": self.settings, "done": self.done, "losses": self.history, "curves": self.curves}
                checkpoint.save(directory, session, dict(state, printed=self.printed))
            if held_back.pressed:
                raise self.interrupted()

    def resume(self, done, total):
        """Notes that a checkpoint has ``done`` steps of ``total``; raises a UsageError if it has more."""
        directory, option = self.options.model_dir, "--epoch" if self.unit == "epoch" else "--training-steps"
        if done > total:
            raise errors.UsageError(
                "--model-dir: the checkpoint in %s is already at %s %d, but %s is %d; use a higher one or a different "
                "directory" % (directory, self.unit, done, option, total)
            )
        self.done = done
        console.remark("resumes after %s %d from the checkpoint in %s" % (self.unit, done, directory))

    def interrupted(self):
        """The exception to raise after Ctrl-C."""
        stopped = "stopped after %s %d" % (self.unit, self.done)
        if not self.options.model_dir:
            return errors.Interrupted(stopped + "; nothing was written (with --model-dir DIR a run can be resumed)")
        return errors.Interrupted("%s; the same command resumes from %s" % (stopped, self.options.model_dir))

    def open_log(self, graph):
        """Opens the log for TensorBoard, if there is a --logdir and none is open."""
        if self.options.logdir and self.writer is None:
            from tf1.installed import event_log  # loads TensorFlow

            self.writer = event_log.EventLog(self.options.logdir, graph)
            self.cleanup.callback(self.writer.close)

    # results

    def log(self, **series):
        """Keeps the values of one step of the loop: a number, or a list of them, for each name.

        Raises:
            RunError: one is not finite.
        """
        place = "%s %d" % (self.unit, self.done + 1)
        for name, value in series.items():
            what = name.replace("_", " ").replace("train loss", "training loss")
            kept = value if isinstance(value, (int, float)) else records.floats(value)
            for number, item in enumerate(kept if isinstance(kept, list) else [kept], 1):
                batch = ", batch %d" % number if isinstance(kept, list) else ""
                records.require_finite(item, "%s, %s%s" % (what, place, batch))
            self.history.setdefault(name, []).append(kept)
            if self.writer is not None and isinstance(kept, float):
                self.writer.add(self.done + 1, name, kept)

    def keep(self, curves, **values):
        """Keeps what a run gives once: curves of the figure, and single numbers among the losses.

        Raises:
            RunError: a number is not finite.
        """
        for name, value in values.items():
            records.require_finite(value, name)
            self.history[name] = records.floats(value)
        self.curves.update(records.floats(curves))
        try:
            json.dumps(self.curves, allow_nan=False)
        except ValueError:
            raise errors.RunError("overflow: a result is not finite; use smaller numbers") from None

    def add_curve(self, epoch, y, target):
        """Keeps a curve of the figure, [points], and the targets it is drawn over."""
        records.add_prediction(self.curves, epoch, y, target)

    def print(self, line):
        """Prints a line of the original's output at once, into a pipe too, and keeps it for the record."""
        self.printed.append(line)
        console.print_line(line)

    def origin(self):
        """Where the training started, as an entry of the record."""
        return {"initial_weights": self.weights.source} if self.part.trains else {}

    def finish(self, draw):
        """Writes the record and the figure drawn from it, and shows the figure if asked to.

        Raises:
            RunError: they cannot be written.
        """
        record = {
            "script": self.part.script,
            "options": self.result_options,
            "changed": self.changed,
            "seed": self.seed,
            "printed": self.printed,
            "losses": self.history,
            "curves": self.curves,
        }
        record.update(self.origin())
        pictures = {}
        try:
            figure = figures.drawn(self.part, draw, record, self.options.show)
        except ModuleNotFoundError as error:
            console.remark("no figure: %s; 'pip install -r requirements.txt' installs it" % error)
        else:
            pictures[os.path.join(self.options.out, self.part.figure)] = figures.saved(figure, self.part.kind)
        record["versions"] = records.versions()
        records.write(os.path.join(self.options.out, self.part.record), record, pictures)
        if self.options.show and pictures:
            from matplotlib import pyplot

            pyplot.show()


def main(module, train, draw, run=Run, **settings):
    """Runs a part from the command line, by its train(run) and draw(axes, record), and ends with its status.

    Args:
        module: ``globals()`` of the part.
        run: the class of the run.
        settings: choices and extra, as for Run.
    """

    def run_it():
        one = run(module, **settings)
        with one.cleanup, np.errstate(all="ignore"):  # an overflow is reported in one line
            train(one)
        one.finish(draw)

    errors.run(run_it)
