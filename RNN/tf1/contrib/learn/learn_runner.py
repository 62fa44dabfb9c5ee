"""``learn_runner``: makes an Experiment and runs the schedule of its task."""

from tf1.contrib.learn.experiment import Experiment
from tf1.contrib.learn.run_config import RunConfig

_SCHEDULES = {"master": "train_and_evaluate", "ps": "run_std_server", "worker": "train"}


def run(experiment_fn, output_dir=None, schedule=None, run_config=None, hparams=None):
    """Makes an Experiment and runs one of its methods.

    Args:
        experiment_fn: function(run_config, hparams) -> Experiment whose Estimator has that run_config; with output_dir,
            function(output_dir) -> Experiment.
        output_dir: the directory for experiment_fn; in place of run_config.
        schedule: name of the method; None takes that of the task in TF_CONFIG: run_std_server for a ps, train for a
            worker, train_and_evaluate for a master and without a cluster.
        run_config: a RunConfig with a model_dir.
        hparams: passed to experiment_fn.

    Returns:
        The result of the method.

    Raises:
        ValueError: the arguments do not go together, the task has no schedule, or the Experiment has no such method.
        TypeError: experiment_fn is not callable or does not return an Experiment, or schedule is not a method.
        RuntimeError: the Estimator does not have run_config.
    """
    if output_dir is not None and run_config is not None:
        raise ValueError("Cannot provide both `output_dir` and `run_config`")
    if output_dir is None and run_config is None:
        raise ValueError("Must set value for `output_dir` or `run_config`")
    if not callable(experiment_fn):
        raise TypeError('Experiment builder "%s" is not callable.' % (experiment_fn,))
    if run_config is not None:
        experiment = _experiment(experiment_fn, run_config, hparams)
    else:
        if not output_dir:
            raise ValueError("Must specify an output directory")
        if hparams is not None:
            raise ValueError("Must set `hparams` as None for `experiment_fn` with `output_dir`.")
        experiment = _require_experiment(experiment_fn(output_dir=output_dir))
    schedule = schedule or _default_schedule(run_config or experiment.estimator.config)
    if not hasattr(experiment, schedule):
        raise ValueError("Schedule references non-existent task %s" % schedule)
    method = getattr(experiment, schedule)
    if not callable(method):
        raise TypeError("Schedule references non-callable member %s" % schedule)
    return method()


def tune(experiment_fn, tuner):
    """Runs an Experiment for each set of hyperparameters that a tuner names.

    Args:
        experiment_fn: function(run_config, hparams) -> Experiment.
        tuner: an object with next_trial() -> bool and run_experiment(experiment_fn).
    """
    while tuner.next_trial():
        tuner.run_experiment(lambda run_config, hparams: _experiment(experiment_fn, run_config, hparams, True))


def _experiment(experiment_fn, run_config, hparams, requires_hparams=False):
    if not isinstance(run_config, RunConfig):
        raise ValueError("`run_config` must be `tf.contrib.learn.RunConfig` instance")
    if not run_config.model_dir:
        raise ValueError("Must specify a model directory `model_dir` in `run_config`.")
    if requires_hparams and hparams is None:
        raise ValueError("`hparams` cannot be `None`.")
    expected = run_config.uid()
    experiment = _require_experiment(experiment_fn(run_config, hparams))
    config = experiment.estimator.config
    if not hasattr(config, "uid") or config.uid() != expected:
        raise RuntimeError(
            "`RunConfig` instance is expected to be used by the `Estimator` inside the `Experiment`: pass the "
            "`run_config` argument of experiment_fn as its `config`"
        )
    return experiment


def _require_experiment(made):
    if not isinstance(made, Experiment):
        raise TypeError("Experiment builder did not return an Experiment instance, got %s instead." % type(made))
    return made


def _default_schedule(config):
    if sum(map(len, config.cluster_spec.as_dict().values())) <= 1:
        return "train_and_evaluate"
    if not config.task_type:
        raise ValueError("Must specify a schedule")
    if config.task_type not in _SCHEDULES:
        raise ValueError("No default schedule for task type: %s" % config.task_type)
    return _SCHEDULES[config.task_type]
