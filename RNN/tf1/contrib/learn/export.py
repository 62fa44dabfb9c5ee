"""SavedModels of a trained Estimator, for serving."""

import collections
import os
import time

import tensorflow.compat.v1 as tf

from tf1.contrib.learn.model_fn import ModeKeys, argument_names

# the result of a serving_input_fn: features for the model, labels (None), and {name: tensor} that a request is fed to
InputFnOps = collections.namedtuple("InputFnOps", ["features", "labels", "default_inputs"])

# names in the signatures, those of TensorFlow 1.10.1
_INPUT = "default_input_alternative"
_OUTPUT = "default_output_alternative"
_PREDICTIONS = "output"


class ExportStrategy(collections.namedtuple("ExportStrategy", ["name", "export_fn", "strip_default_attrs"])):
    """How an Experiment exports its Estimator.

    Args:
        name: directory of the exports, below export in model_dir.
        export_fn: function(estimator, export_path) -> path, which may also take checkpoint_path, eval_result and
            strip_default_attrs.
        strip_default_attrs: passed to export_fn.
    """

    __slots__ = ()

    def __new__(cls, name, export_fn, strip_default_attrs=None):
        return super().__new__(cls, name, export_fn, strip_default_attrs)

    def export(self, estimator, export_path, checkpoint_path=None, eval_result=None):
        """Calls export_fn and returns its result.

        Raises:
            ValueError: export_fn takes an eval_result, but not its checkpoint_path.
        """
        names = argument_names(self.export_fn)
        if "eval_result" in names and "checkpoint_path" not in names:
            raise ValueError("An export_fn accepting eval_result must also accept checkpoint_path.")
        available = {
            "checkpoint_path": checkpoint_path,
            "eval_result": eval_result,
            "strip_default_attrs": self.strip_default_attrs,
        }
        taken = {name: value for name, value in available.items() if name in names}
        return self.export_fn(estimator, export_path, **taken)


class ProblemType:
    """The kind of problem that a head of a model solves; it determines the signature of the export."""

    UNSPECIFIED = 0
    CLASSIFICATION = 1
    LINEAR_REGRESSION = 2
    LOGISTIC_REGRESSION = 3


def export(call_model_fn, checkpoint_path, export_dir_base, serving_input_fn, default_head, assets, as_text, strip):
    """Writes a SavedModel into a new directory named by the time; see Estimator.export_savedmodel.

    Args:
        call_model_fn: (features, labels, mode) -> ModelFnOps.
        checkpoint_path: the checkpoint whose variables are exported.
        export_dir_base, serving_input_fn, default_head, assets, as_text, strip: as in export_savedmodel.

    Returns:
        The directory's path, bytes.
    """
    base = os.fsdecode(export_dir_base)
    final = _new_directory(base)
    # written under another name first, so that an incomplete model is never served
    temporary = os.path.join(base, "temp-" + os.path.basename(final))
    with tf.Graph().as_default() as graph:
        tf.train.create_global_step()
        received = serving_input_fn()
        features, inputs = _inputs(received)
        operations = call_model_fn(features, None, ModeKeys.INFER)
        signatures = _signatures(inputs, operations, default_head)
        saver = operations.scaffold.saver if operations.scaffold else None
        initialize = tf.group(tf.local_variables_initializer(), tf.tables_initializer())
        with tf.Session(graph=graph) as session:
            (saver or tf.train.Saver(sharded=True)).restore(session, checkpoint_path)
            builder = tf.saved_model.builder.SavedModelBuilder(temporary)
            builder.add_meta_graph_and_variables(
                session,
                [tf.saved_model.tag_constants.SERVING],
                signature_def_map=signatures,
                assets_collection=tf.get_collection(tf.GraphKeys.ASSET_FILEPATHS),
                main_op=initialize,
                strip_default_attrs=strip,
            )
    for name, source in (assets or {}).items():
        target = os.path.join(temporary, "assets.extra", os.fsdecode(name))
        tf.gfile.MakeDirs(os.path.dirname(target))
        tf.gfile.Copy(source, target)
    builder.save(as_text)
    tf.gfile.Rename(temporary, final)
    return os.fsencode(final)


def _new_directory(base):
    for _ in range(10):
        directory = os.path.join(base, str(int(time.time())))
        if not tf.gfile.Exists(directory):
            return directory
        time.sleep(1)
    raise RuntimeError("no new directory could be named by the time in %s" % base)


def _inputs(received):
    """(features, {name: tensor} to feed) of an InputFnOps, or of tf.estimator's ServingInputReceiver."""
    if hasattr(received, "receiver_tensors"):
        features, inputs = received.features, received.receiver_tensors
    elif hasattr(received, "default_inputs"):
        features, inputs = received.features, received.default_inputs
    else:
        raise ValueError("serving_input_fn must return InputFnOps, not %r" % (received,))
    if features is None or not inputs:
        raise ValueError("serving_input_fn must return features and default_inputs")
    return features, inputs


def _signatures(inputs, operations, default_head):
    heads = operations.output_alternatives
    if not heads:
        if default_head:
            raise ValueError("There is no output alternative %r: the model names none." % default_head)
        predictions = operations.predictions
        if not isinstance(predictions, dict):
            predictions = {_PREDICTIONS: predictions}
        heads = {_OUTPUT: (ProblemType.UNSPECIFIED, predictions)}
        default_head = _OUTPUT
    elif default_head:
        if default_head not in heads:
            raise ValueError("There is no output alternative %r, only %s." % (default_head, sorted(heads)))
    elif len(heads) == 1:
        (default_head,) = heads
    else:
        raise ValueError("default_output_alternative_key must name one of %s." % sorted(heads))
    signatures = {
        "%s:%s" % (_INPUT, head): _signature(inputs, outputs, problem) for head, (problem, outputs) in heads.items()
    }
    problem, outputs = heads[default_head]
    default = tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY
    signatures[default] = _signature(inputs, outputs, problem)
    return signatures


def _signature(inputs, outputs, problem):
    definitions = tf.saved_model.signature_def_utils
    if len(inputs) == 1:
        (examples,) = inputs.values()
        if problem == ProblemType.LINEAR_REGRESSION and len(outputs) == 1:
            (predictions,) = outputs.values()
            return definitions.regression_signature_def(examples, predictions)
        if problem in (ProblemType.CLASSIFICATION, ProblemType.LOGISTIC_REGRESSION):
            scores = outputs.get("scores", outputs.get("probabilities"))
            classes = outputs.get("classes")
            if classes is not None and classes.dtype != tf.string:  # only names can be served
                classes = None
            if scores is None and classes is None and len(outputs) == 1:
                (only,) = outputs.values()
                scores, classes = (None, only) if only.dtype == tf.string else (only, None)
            if scores is not None or classes is not None:
                return definitions.classification_signature_def(examples, classes, scores)
    return definitions.predict_signature_def(inputs, outputs)
