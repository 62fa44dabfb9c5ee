"""``tf.keras`` as in TensorFlow 1.15.5, where Keras's layers and models do something else today."""

import functools
import importlib

import tensorflow.compat.v1 as tf
from tensorflow.python.framework import ops

from tf1 import moved
from tf1.patches import replaces


def _engine(module):
    return importlib.import_module(moved.place("KERAS.src.engine." + module))


def restore_methods():
    """Gives layers and models, in this process, the methods and parameters that were taken away since."""
    in_graphs = _engine("base_layer_v1").Layer
    add_update = in_graphs.add_update
    # the inputs that an update depends on are found without being named
    in_graphs.add_update = lambda self, updates, inputs=None: add_update(self, updates)
    _engine("base_layer").Layer.apply = lambda self, inputs, *args, **kwargs: self(inputs, *args, **kwargs)
    _engine("sequential").Sequential.predict_proba = _predict_proba
    _engine("sequential").Sequential.predict_classes = _predict_classes


def _predict_proba(self, x, batch_size=32, verbose=0):
    """The probabilities that the model gives for the rows of x; the same as predict."""
    return self.predict(x, batch_size, verbose)


def _predict_classes(self, x, batch_size=32, verbose=0):
    """The class of each row of x: the largest output, or whether the only one is above 0.5."""
    probabilities = self.predict(x, batch_size=batch_size, verbose=verbose)
    if probabilities.shape[-1] > 1:
        return probabilities.argmax(axis=-1)
    return (probabilities > 0.5).astype("int32")


@replaces("KERAS.src.utils.layer_utils:CallFunctionSpec.set_arg_value")
def _leave_out_none(original, *args, **kwargs):
    """Keras calls layers that take **kwargs with training=None, which contrib's decoders pass on."""
    return original(*args, **dict(kwargs, pop_kwarg_if_none=True))


@replaces("KERAS.src.layers.rnn.base_rnn:RNN.build", "KERAS.src.layers.rnn.stacked_rnn_cells:StackedRNNCells.build")
def _build_without_cell(original, self, input_shape):
    """The variables are lstm/kernel again, not lstm/lstm_cell/kernel: a cell has the scope of its layer."""
    cells = [cell for cell in getattr(self, "cells", None) or [self.cell] if hasattr(cell, "build")]
    for cell in cells:
        object.__setattr__(cell, "build", functools.partial(_build_in_scope, _scope(), cell.build))
    try:
        original(self, input_shape)
    finally:
        for cell in cells:
            object.__delattr__(cell, "build")
            object.__setattr__(cell, "_name_scope", _scope)


def _scope():
    return ops.get_name_scope() and ops.get_name_scope() + "/"


def _build_in_scope(scope, build, input_shape):
    with tf.name_scope(scope or None):
        build(input_shape)


@replaces("KERAS.src.layers.rnn.dropout_rnn_cell_mixin:_generate_dropout_mask")
def _dropout_mask(original, generator, *args, **kwargs):
    """Cells draw their masks with a seed from numpy; Keras 2's generator has dropout under the same name."""
    return original(importlib.import_module(moved.place("KERAS.src.backend")), *args, **kwargs)


@replaces("KERAS.src.engine.training:Model.predict")
def _predict(original, self, x, batch_size=None, verbose=0, *args, **kwargs):
    """Prints nothing unless it is asked to."""
    return original(self, x, batch_size, verbose, *args, **kwargs)


@replaces("KERAS.src.engine.compile_utils:MetricsContainer._get_metric_object")
def _metric(original, self, metric, *args):
    """A metric that is given by a name has its function's: acc for accuracy, mean_absolute_error for mae."""
    found = original(self, metric, *args)
    if isinstance(metric, str) and hasattr(found, "_fn"):
        found._name = "acc" if metric in ("acc", "accuracy") else found._fn.__name__
    return found


@replaces("KERAS.src.layers.attention.base_dense_attention:BaseDenseAttention._apply_scores")
def _attention(original, self, scores, value, scores_mask=None, training=None):
    """Has no dropout, so that it does not ask whether the model is trained."""
    return original(self, scores, value, scores_mask, training=False)


@replaces("KERAS.src.activations:softmax")
def _softmax(original, x, axis=-1):
    """Of more than two dimensions: written out, as it was."""
    if x.shape.rank is None or x.shape.rank < 3:
        return original(x, axis)
    exponential = tf.exp(x - tf.reduce_max(x, axis, keepdims=True))
    return exponential / tf.reduce_sum(exponential, axis, keepdims=True)


@replaces("KERAS.src.activations:selu")
def _selu(original, x):
    elu = tf.nn.elu(x)
    return 1.0507009873554804934193349852946 * tf.where(x > 0, elu, 1.6732632423543772848170429916717 * elu)


replaces("KERAS.src.layers.normalization.layer_normalization:LayerNormalization._fused_can_be_used")(lambda *_: False)


@replaces("KERAS.src.utils.layer_utils:print_summary")
def _print_summary(original, model, line_length=None, positions=None, print_fn=None, **_):
    """Prints a model's layers as 1.15.5 did: one line per layer; text that is too long for its column is cut."""
    titles = ["Layer (type)", "Output Shape", "Param #", "Connected to"]
    if _is_chain(model):
        titles, line_length, positions = titles[:3], line_length or 65, positions or [0.45, 0.85, 1.0]
    else:
        line_length, positions = line_length or 98, positions or [0.33, 0.55, 0.67, 1.0]
    if positions[-1] <= 1:
        positions = [int(line_length * position) for position in positions]
    print_fn = print_fn or print

    def print_row(fields):
        line = ""
        for field, position in zip(fields, positions):
            line = (line and line[:-1] + " ") + str(field)
            line = line[:position].ljust(position)
        print_fn(line)

    print_fn('Model: "%s"' % model.name)
    print_fn("_" * line_length)
    print_row(titles)
    print_fn("=" * line_length)
    for layer in model.layers:
        inputs = ["%s[%d][%d]" % (from_.name, node, tensor) for from_, node, tensor, _ in _inputs(model, layer)]
        shape = getattr(layer, "output_shape", "multiple")
        name = "%s (%s)" % (layer.name, type(layer).__name__.replace("Functional", "Model"))
        print_row([name, shape, layer.count_params(), (inputs or [""])[0]])
        for more in inputs[1:] if "Connected to" in titles else []:
            print_row(["", "", "", more])
        print_fn(("=" if layer is model.layers[-1] else "_") * line_length)
    trainable, other = (
        sum({id(weight): weight.shape.num_elements() for weight in weights}.values())
        for weights in (model.trainable_weights, model.non_trainable_weights)
    )
    print_fn("Total params: " + format(trainable + other, ","))
    print_fn("Trainable params: " + format(trainable, ","))
    print_fn("Non-trainable params: " + format(other, ","))
    print_fn("_" * line_length)


def _is_chain(model):
    """Whether each layer of a model takes the output of the one before it and nothing else, as far as is known."""
    if isinstance(model, _engine("sequential").Sequential) or not model._is_graph_network:
        return True
    depths = model._nodes_by_depth.values()
    if any(len(nodes) > 1 or len(list(nodes[0].iterate_inbound())) > 1 for nodes in depths):
        return False
    return all(sum([node] in depths for node in layer._inbound_nodes) <= 1 for layer in model.layers)


def _inputs(model, layer):
    """(layer, node, tensor, its value) of all that a layer of a functional model takes."""
    if not model._is_graph_network:
        return []
    known = [node for nodes in model._nodes_by_depth.values() for node in nodes]
    return [place for node in layer._inbound_nodes if node in known for place in node.iterate_inbound()]
