"""Run: what a part needs besides its lesson: options, session settings, checkpoints, Ctrl-C, the record, the figure."""

import contextlib
import itertools
import json
import os
import re
import sys
import tempfile

from common import checkpoint, ctrl_c, errors, figures, options, records, tasks, weights

import numpy as np

import tf1 as tf


class Run:
    """One run of a part.

    Args:
        module: ``globals()`` of the part; the options override its constants.
        figure: file name of the figure.
        choices: {NAME: the values that a constant of text may take}.
        extra: {"--flag": arguments of add_argument} of options that are not constants.
        trains: whether the part trains a network.
        argv: the command line; None takes that of the process.

    Attributes:
        options: the parsed options.
        history: {name: one value per step of the loop}; the record's losses.
        curves: what the figure draws.

    Raises:
        UsageError: an option is unknown or its value not permitted, or a directory cannot be written to.
    """

    def __init__(self, module, figure, choices=(), extra=(), trains=True, argv=None):
        self.module, self.figure, self.trains = module, figure, trains
        self.script = os.path.basename(module["__file__"])
        self.history, self.curves, self.printed = {}, {}, []
        self.unit, self.done = "step", 0  # of the loop; with the steps of a resumed run
        self.weights, self.writer, self.resumed, self.task = None, None, None, None
        self.cleanup = contextlib.ExitStack()

        constants = constants_of(module["__file__"])
        parser = self._parser(constants, dict(choices), dict(extra))
        self.options = chosen = parser.parse_args(argv)
        self.seed = chosen.SEED
        self._check(chosen, self.seed != parser.get_default("SEED") and not hasattr(chosen, "data"))
        of_the_result = list(constants) + ["SEED", "threads", "data"] + ["initial_weights"] * trains
        given = {name: getattr(chosen, name) for name in of_the_result if hasattr(chosen, name)}
        self.result_options = {name.lower(): list(v) if isinstance(v, tuple) else v for name, v in given.items()}
        self.changed = [
            "--%s %s" % (name.lower().replace("_", "-"), options.as_text(value))
            for name, value in sorted(given.items())
            if value != parser.get_default(name)
        ]
        self.settings = checkpoint.settings_of(self.script, self.result_options)
        module.update({name: given[name] for name in constants})
        self.logged = losses_of(module["__file__"])

    def _parser(self, constants, choices, extra):
        parser = options.parser(self.module["__doc__"])
        add, threads = parser.add_argument, options.integer(1, 1024)
        for name, remark in constants.items():
            default = self.module[name]
            shown = options.as_text(default)
            more = {"help": "%s (default: %s)" % (remark.replace("%", "%%"), shown) if shown not in remark else remark}
            if name in choices:
                more["choices"] = choices[name]
            else:
                more.update(type=options.of_constant(name, default), metavar="N")
            flags = ["--learning-rate"] * (name == "LR") + ["--" + name.lower().replace("_", "-")]
            add(*flags, dest=name, default=default, **more)
        for flag, more in extra.items():
            add(flag, **more)
        if "SEED" not in constants:
            seed = options.of_constant("SEED", 0)
            add("--seed", dest="SEED", type=seed, default=0, metavar="N", help="without effect: nothing is random here")
        add("--threads", type=threads, default=1, metavar="N", help="number of TensorFlow threads (default: 1)")
        add("--show", action="store_true", help="show the figure in a window")
        add("--out", type=options.path, default=options.OUTPUT, metavar="DIR",
            help="directory of the figure and the record (default: output/)")  # fmt: skip
        add("--model-dir", type=options.tensorflow_path, metavar="DIR",
            help="directory of checkpoints; a run resumes from the latest one there" if self.trains
            else "without effect: nothing is trained here")  # fmt: skip
        if self.trains:
            add("--logdir", type=options.tensorflow_path, metavar="DIR", help="write graph and losses for TensorBoard")
            add("--initial-weights", type=options.path, metavar="FILE.npz", help="start from these weights")
            add("--save-initial-weights", type=options.path, metavar="FILE.npz",
                help="write the weights that the run starts from")  # fmt: skip
        else:
            parser.set_defaults(initial_weights=None)
        return parser

    def _check(self, chosen, seeds_only_weights):
        if self.trains:
            if chosen.initial_weights and seeds_only_weights:
                raise errors.UsageError("--seed cannot be used with --initial-weights, which leaves nothing to a seed")
            if chosen.save_initial_weights:
                if os.path.isdir(chosen.save_initial_weights):
                    raise errors.UsageError("--save-initial-weights: %s is a directory" % chosen.save_initial_weights)
                directory = os.path.dirname(chosen.save_initial_weights) or "."
                options.writable_directory("--save-initial-weights", directory, create=False)
        for name in ("logdir", "model_dir", "out") if self.trains else ("out",):
            if getattr(chosen, name):
                options.writable_directory("--" + name.replace("_", "-"), getattr(chosen, name))
        if chosen.show:
            figures.require_screen()
        else:
            os.environ["MPLBACKEND"] = "agg"  # no window is needed, whatever the environment names

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
        """Yields the items of ``steps``, without those that a checkpoint in --model-dir has behind it.

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
            self._resume(state["done"], total)
            self.history, self.curves, self.printed = state["losses"], state["curves"], state["printed"]
        elif self.options.save_initial_weights:
            weights.save(self.options.save_initial_weights, session)
        self._open_log(session.graph)
        held_back = self.cleanup.enter_context(ctrl_c.HeldBack())
        bar = records.progress(itertools.islice(steps, self.done, None), unit, total=total, initial=self.done)
        self.cleanup.callback(bar.close)
        for step in bar:
            yield step
            self.done += 1
            if directory and (self.done % save_every == 0 or self.done == total or held_back.pressed):
                state = {"options": self.settings, "done": self.done, "losses": self.history, "curves": self.curves}
                checkpoint.save(directory, session, dict(state, printed=self.printed))
            if held_back.pressed:
                raise self._interrupted()

    def _resume(self, done, total):
        directory, option = self.options.model_dir, "--epoch" if self.unit == "epoch" else "--training-steps"
        if done > total:
            raise errors.UsageError(
                "--model-dir: the checkpoint in %s is already at %s %d, but %s is %d; use a higher one or a different "
                "directory" % (directory, self.unit, done, option, total)
            )
        self.done = done
        options.remark("resumes after %s %d from the checkpoint in %s" % (self.unit, done, directory))

    def _interrupted(self):
        stopped = "stopped after %s %d" % (self.unit, self.done)
        if not self.options.model_dir:
            return errors.Interrupted(stopped + "; nothing was written (with --model-dir DIR a run can be resumed)")
        return errors.Interrupted("%s; the same command resumes from %s" % (stopped, self.options.model_dir))

    def _open_log(self, graph):
        if self.options.logdir and self.writer is None:
            from tf1 import event_log  # loads TensorFlow

            self.writer = event_log.EventLog(self.options.logdir, graph)
            self.cleanup.callback(self.writer.close)

    # the Estimator

    def model_fn(self, function):
        """A model function (features, labels) for an Estimator, whose variables start as the options say."""

        def build(features, labels):
            if labels is None:  # a finished run is resumed: predict is called without fit
                labels = tf.placeholder(tf.float32, [None])
            with self.initial_weights():
                return function(features, labels)

        return build

    def estimator_config(self, total):
        """The RunConfig for --threads and --model-dir; without the latter, a directory that is removed at the end.

        In a cluster, as TF_CONFIG names it, this starts the task's server; a parameter server does not return.

        Raises:
            UsageError: the checkpoint in --model-dir is damaged, of different options, or beyond ``total``, or
                TF_CONFIG is not valid.
            RunError: another task of the cluster does not answer.
        """
        directory = self.options.model_dir
        self.task = tasks.of_environment(total, self.options)
        if directory and self.task is None:
            self.cleanup.enter_context(checkpoint.in_use("--model-dir", directory))
        if directory and (self.task is None or self.task.is_chief):
            self.resumed = checkpoint.latest(directory, self.settings)
        if self.resumed:
            self._resume(self.resumed, total)
            self.changed.append("resumed after %d steps" % self.done)
        if self.task:
            self.changed.append("trained on a %s" % tasks.label_of(self.task.cluster))
            return self.task.start(fresh=self.resumed is None)
        directory = directory or self.cleanup.enter_context(tempfile.TemporaryDirectory())
        return tf.contrib.learn.RunConfig(model_dir=directory, session_config=self.session_config())

    @contextlib.contextmanager
    def monitor(self, total):
        """A SessionRunHook for Estimator.fit: logs the loss of every step, shows a progress bar, stops at Ctrl-C.

        Raises:
            RunError: the loss is not finite, or TensorFlow failed.
            Interrupted: at the end, after Ctrl-C.
            SystemExit: at the end, in a worker of a cluster that is not its chief.
        """
        held_back = self.cleanup.enter_context(ctrl_c.HeldBack())
        bar = self.cleanup.enter_context(records.progress(None, "step", total=total))
        run, task = self, self.task
        last_step = task.last_step if task else total

        class Monitor(tf.train.SessionRunHook):
            def begin(self):
                self.loss, self.step = tf.losses.get_losses()[0], tf.train.get_global_step()
                bar.update(run.done)
                if not task or task.is_chief:
                    run._open_log(tf.get_default_graph())
                if task:
                    task.wait_for_chief()

            def after_create_session(self, session, coord):
                if task and not task.is_chief:
                    if session.run(self.step) >= last_step:
                        coord.request_stop()
                elif run.options.save_initial_weights and not run.resumed:
                    weights.save(run.options.save_initial_weights, session)

            def before_run(self, run_context):
                return tf.train.SessionRunArgs([self.loss, self.step])

            def after_run(self, run_context, run_values):
                loss, step = run_values.results
                run.log(train_loss=loss)
                run.done += 1
                bar.update()
                if task:
                    task.note_step()
                if held_back.pressed or step >= last_step:
                    run_context.request_stop()

        try:
            with task.watch() if task else contextlib.ExitStack():
                yield Monitor()
        except tf.train.NanLossDuringTrainingError:
            records.require_finite(float("nan"), "training loss, step %d" % (self.done + 1))
        except tf.errors.OpError as error:
            if task and task.is_done_without_this():
                raise SystemExit(0) from error
            where = "checkpoints in %s" % self.options.model_dir if self.options.model_dir else "no --model-dir"
            raise errors.RunError("TensorFlow failed (%s): %s" % (where, errors.reason(error))) from error
        bar.close()
        if held_back.pressed:
            raise self._interrupted()
        if task:
            options.remark("%s did %d steps, total %d" % (task.name, self.done - (self.resumed or 0), total))
            if not task.is_chief:
                raise SystemExit(0)  # the chief predicts, prints and draws

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
        self.curves.setdefault("predictions", []).append({"epoch": epoch, "y": records.floats(y)})
        self.curves["target"] = records.floats(target)

    def print(self, line):
        """Prints a line of the original's output at once, into a pipe too, and keeps it for the record."""
        self.printed.append(line)
        tqdm = sys.modules.get("tqdm")  # the progress bar, which the line must not run into
        if tqdm is None:
            print(line)
        else:
            tqdm.tqdm.write(line, file=sys.stdout)
        sys.stdout.flush()

    def finish(self, draw):
        """Writes the record and the figure drawn from it, and shows the figure if asked to.

        Raises:
            RunError: they cannot be written.
        """
        record = {
            "script": self.script,
            "options": self.result_options,
            "changed": self.changed,
            "seed": self.seed,
            "printed": self.printed,
            "losses": self.history,
            "curves": self.curves,
        }
        if self.trains:
            resumed = "a checkpoint after %d steps" % self.resumed if self.resumed else None
            record["initial_weights"] = resumed or self.weights.source
        if self.task:
            record["cluster"] = self.task.cluster
        pictures = {}
        try:
            figure = figures.drawn(draw, record, self.figure, self.options.show)
        except ModuleNotFoundError as error:
            options.remark("no figure: %s; 'pip install -r requirements.txt' installs it" % error)
        else:
            path = os.path.join(self.options.out, self.figure)
            pictures[path] = figures.saved(figure, path.rsplit(".", 1)[1])
        record["versions"] = records.versions()
        records.write(os.path.join(self.options.out, self.script[:-3] + ".json"), record, pictures)
        if self.options.show and pictures:
            from matplotlib import pyplot

            pyplot.show()


def constants_of(path):
    """{NAME: remark} of the upper-case constants at the top of a script; the remark is the comment behind each."""
    with open(path, encoding="utf-8") as file:
        top = file.read().partition("\ndef ")[0]
    return dict(re.findall(r"^([A-Z][A-Z_0-9]*) = .*  # (.*)$", top, re.MULTILINE))


def losses_of(path):
    """The names of the losses that a script logs: the arguments of its calls of ``run.log``."""
    with open(path, encoding="utf-8") as file:
        return re.findall(r"(\w+)=", " ".join(re.findall(r"run\.log\((.*)\)", file.read())))


def main(module, train, draw, figure, **settings):
    """Runs a part from the command line, by its train(run) and draw(axes, record), and ends with its status.

    The other arguments are those of Run.
    """

    def run():
        one = Run(module, figure, **settings)
        with one.cleanup, np.errstate(all="ignore"):  # an overflow is reported in one line
            train(one)
        one.finish(draw)

    errors.run(run)
