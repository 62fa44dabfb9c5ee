"""Part 7: the same sine through an Estimator, TensorFlow 1's tf.contrib.learn.

    python RNN/tflearn_sin.py

Where the other parts write out the session and its loop, here a model function is handed to learn.Estimator, which
feeds, trains and predicts. Two layers of 30 LSTM units and a dense unit predict the point after each ten. The figure
(result_picture/TFLearn_for_sin.png) shows the predictions over the sine; their mean square error is about 0.0003. That
is worse than to say "the same as the last point": the part shows an Estimator at work, not a good forecaster.
"""

import tf1  # noqa: F401, I001  first: it brings TensorFlow 1 back

import json
import os
import tempfile

import numpy as np
import tensorflow.compat.v1 as tf

from common import checkpoints, errors, figures, interrupts, options, records, weights
from common.sine import generate, series

learn = tf.contrib.learn

# data
TRAINING_EXAMPLES = 10000  # points of the sine over [0, 100] to train on
TESTING_EXAMPLES = 1000  # points over [100, 110] to test on
TIME_STEPS = 10  # points the net sees before it predicts the next one

# model
HIDDEN_SIZE = 30  # LSTM units per layer
NUM_LAYERS = 2

# training
BATCH_SIZE = 32  # windows per step
LEARNING_RATE = 0.1  # Adagrad's
TRAINING_STEPS = 3000

SEED = 56  # of 0 to 99 the one whose curve comes closest to the original's


def LstmCell():
    """One layer: a cell of HIDDEN_SIZE units."""
    return tf.contrib.rnn.BasicLSTMCell(HIDDEN_SIZE)


def build_graph(initial_weights):
    """Makes the model function, with which the Estimator builds its graphs for training and for prediction.

    Args:
        initial_weights: a weights.InitialWeights.

    Returns:
        lstm_model(X [batch, TIME_STEPS, 1], y [batch] or [batch, 1]) -> (predictions [batch], loss [], train_op).
    """

    def lstm_model(X, y):
        with initial_weights.scope():
            cell = tf.contrib.rnn.MultiRNNCell([LstmCell() for _ in range(NUM_LAYERS)])
            output, _ = tf.nn.dynamic_rnn(cell, X, dtype=tf.float32)  # [batch, TIME_STEPS, HIDDEN_SIZE]
            output = output[:, -1, :]  # the last time step: [batch, HIDDEN_SIZE]
            predictions = tf.layers.dense(inputs=output, units=1)  # [batch, 1]

        predictions = tf.reshape(predictions, [-1])  # [batch]
        labels = tf.reshape(y, [-1])  # [batch]
        loss = tf.losses.mean_squared_error(predictions, labels)
        train_op = tf.contrib.layers.optimize_loss(
            loss, tf.contrib.framework.get_global_step(), optimizer="Adagrad", learning_rate=LEARNING_RATE
        )
        initial_weights.check()
        return predictions, loss, train_op

    return lstm_model


class LossHistory(tf.train.SessionRunHook):
    """Keeps the loss of every step as it was before the step's update, and ends the training after Ctrl-C.

    Args:
        interrupted: a function that tells whether Ctrl-C was pressed.
        save_weights: file to write the initial weights to.
    """

    def __init__(self, interrupted, save_weights=None):
        self.losses = []
        self.interrupted = interrupted
        self.save_weights = save_weights

    def begin(self):
        self.loss = tf.losses.get_losses()[0]  # the model's; the Estimator adds it to the collection once more
        self.bar = records.progress(None, "step", total=TRAINING_STEPS)

    def after_create_session(self, session, coord):
        if self.save_weights:
            with session.graph.as_default():
                weights.save(self.save_weights, session)

    def before_run(self, run_context):
        return tf.train.SessionRunArgs(self.loss)

    def after_run(self, run_context, run_values):
        self.losses.append(run_values.results)
        if not np.isfinite(run_values.results):
            self.bar.close()
        records.require_finite(run_values.results, "step %d" % len(self.losses))
        self.bar.update()
        if self.interrupted():
            run_context.request_stop()

    def end(self, session):
        self.bar.close()


def train(lstm_model, data, threads=1, say=print, model_dir=None, save_weights=None):
    """Trains an Estimator and lets it predict.

    Args:
        lstm_model: what build_graph returned.
        data: (train_X, train_y, test_X, test_y), windows [n, TIME_STEPS, 1] and targets [n, 1].
        threads: threads that TensorFlow uses.
        say: called with each line of the original's output.
        model_dir: folder of the Estimator's checkpoints; TRAINING_STEPS are added to those of the latest one there.
        save_weights: file to write the initial weights to.

    Returns:
        The history: train_loss [steps], predictions [len(test_X)] and their mean square error, mse.

    Raises:
        RunError: the loss is no longer finite, or a checkpoint cannot be written.
        Interrupted: after Ctrl-C.
    """
    train_X, train_y, test_X, test_y = data
    with tempfile.TemporaryDirectory() as scratch, interrupts.deferred() as interrupted:
        config = learn.RunConfig(num_cores=threads, model_dir=model_dir or scratch)
        regressor = learn.Estimator(model_fn=lstm_model, config=config)
        history = LossHistory(interrupted, save_weights)
        try:
            regressor.fit(train_X, train_y, batch_size=BATCH_SIZE, steps=TRAINING_STEPS, monitors=[history])
        except tf.train.NanLossDuringTrainingError:
            records.require_finite(float("nan"), "step %d" % len(history.losses))
        except tf.errors.OpError as error:
            where = "checkpoints in %s" % (model_dir or scratch)
            raise errors.RunError("TensorFlow failed (%s): %s" % (where, errors.reason(error))) from error
        if not interrupted():
            prediction = np.array(list(regressor.predict(test_X)))  # [len(test_X)]
        if interrupted():
            raise errors.Interrupted(how_to_go_on(model_dir, len(history.losses)))

    with np.errstate(all="ignore"):  # what has grown beyond all bounds is told in the next line
        mse = np.mean((prediction - test_y[:, 0]) ** 2)
    records.require_finite(mse, "the end, as the predictions show")
    say("Mean Square Error is: %f" % mse)
    return {"train_loss": records.floats(history.losses), "predictions": prediction, "mse": records.floats(mse)}


def how_to_go_on(model_dir, steps):
    """What to say after Ctrl-C."""
    if not model_dir:
        return "stopped after step %d; nothing was written (with --model-dir DIR a run can be gone on with)" % steps
    return (
        "stopped after step %d and saved in %s; an Estimator counts on: go on with the same options and "
        "--training-steps %d" % (steps, model_dir, max(1, TRAINING_STEPS - steps))
    )


def check_model_dir(chosen, lstm_model):
    """Looks at the checkpoint that the Estimator would go on from, before it does.

    An Estimator takes up whatever it finds. So the options of a run are kept beside its checkpoints.

    Returns:
        The steps it has behind it; 0 if there is none.

    Raises:
        UsageError: it is damaged, of another model or of other options.
    """
    if not chosen.model_dir:
        return 0
    settings_file = os.path.join(chosen.model_dir, "options.json")
    path = checkpoints.latest(chosen.model_dir)
    if path is None:
        records.write_whole(settings_file, json.dumps(checkpoints.settings_of(chosen)).encode("utf-8"))
        return 0
    with tf.Graph().as_default():
        tf.train.create_global_step()
        lstm_model(tf.placeholder(tf.float32, [None, TIME_STEPS, 1]), tf.placeholder(tf.float32, [None]))
        variables = {v.op.name: v.shape.as_list() for v in tf.global_variables()}
    checkpoints.require_same_model(path, variables)
    try:
        with open(settings_file, encoding="utf-8") as file:
            settings = dict(json.load(file))
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise checkpoints.damaged(path, error) from error
    checkpoints.require_same_settings(path, settings, checkpoints.settings_of(chosen))
    steps = int(tf.train.load_variable(path, tf.GraphKeys.GLOBAL_STEP))
    where = "goes on after step %d from the checkpoint in %s, with %d more steps"
    options.remark(where % (steps, chosen.model_dir, TRAINING_STEPS))
    return steps


def draw(figure, record):
    """Draws the predictions of a record in red and the sine in green, as the original did."""
    axes = figure.add_subplot(111)
    axes.plot(record["curves"]["predicted"], "r", label="predicted")
    axes.plot(record["curves"]["real_sin"], "g", label="real_sin")
    axes.legend()
    figures.note_changes(figure, record)


def main(argv=None):
    """Reads the options, trains, writes the record and the figure."""
    chosen = options.parse(
        __doc__,
        globals(),
        {
            "TRAINING_EXAMPLES": options.integer(3, 10**7, "points of the sine to train on"),
            "TESTING_EXAMPLES": options.integer(3, 10**7, "points of the sine to test on"),
            "TIME_STEPS": options.integer(1, 1000, "points per window"),
            "HIDDEN_SIZE": options.integer(1, 10**4, "LSTM units per layer"),
            "NUM_LAYERS": options.integer(1, 100, "layers"),
            "BATCH_SIZE": options.integer(1, 10**7, "windows per step"),
            "LEARNING_RATE": options.learning_rate(),
            "TRAINING_STEPS": options.integer(1, 10**7, "steps"),
        },
        seed=SEED,
        argv=argv,
    )
    # the last window is left out, as the original did; testing takes all windows as one batch
    options.require_windows(TIME_STEPS, BATCH_SIZE, TRAINING_EXAMPLES - 1)
    options.require_windows(TIME_STEPS, 1, TESTING_EXAMPLES - 1)
    train_X, train_y = generate(series(0, 100, TRAINING_EXAMPLES), TIME_STEPS, leave_out=1)
    test_X, test_y = generate(series(100, 110, TESTING_EXAMPLES), TIME_STEPS, leave_out=1)
    initial_weights = weights.choose(chosen)
    lstm_model = build_graph(initial_weights)
    steps_before = check_model_dir(chosen, lstm_model)
    if steps_before:  # an Estimator counts on: this is another run than one from the beginning
        chosen.changed.append("after %d steps" % steps_before)

    transcript = records.Transcript()
    history = train(
        lstm_model,
        (train_X, train_y, test_X, test_y),
        threads=chosen.threads,
        say=transcript.say,
        model_dir=chosen.model_dir,
        save_weights=None if steps_before else chosen.save_initial_weights,
    )

    figure = figures.new(figures.ESTIMATOR_SIZE, chosen.show)
    curves = {"predicted": records.floats(history.pop("predictions")), "real_sin": records.floats(test_y[:, 0])}
    source = "a checkpoint after %d steps" % steps_before if steps_before else initial_weights.source
    record = records.make("tflearn_sin.py", chosen, transcript, history, curves, initial_weights=source)
    draw(figure, record)
    record_path = os.path.join(chosen.out, "tflearn_sin.json")
    figures.finish(figure, os.path.join(chosen.out, "TFLearn_for_sin.png"), record, record_path, chosen.show)


if __name__ == "__main__":
    errors.run(main)
