"""Names and argument orders of TensorFlow 0.x, which 1.15.5 refuses: accepted with a note where there is no doubt."""

import functools
import importlib
import sys

# names whose arguments are those of the new name
_RENAMED = {
    "audio_summary": "summary.audio",
    "batch_cholesky": "cholesky",
    "batch_matmul": "matmul",
    "complex_abs": "abs",
    "histogram_summary": "summary.histogram",
    "image_summary": "summary.image",
    "inv": "reciprocal",
    "merge_all_summaries": "summary.merge_all",
    "merge_summary": "summary.merge",
    "mul": "multiply",
    "neg": "negative",
    "nn.bidirectional_rnn": "nn.static_bidirectional_rnn",
    "nn.rnn": "nn.static_rnn",
    "nn.rnn_cell.linear": "contrib.rnn.python.ops.core_rnn_cell._linear",
    "nn.seq2seq": "contrib.legacy_seq2seq",
    "nn.state_saving_rnn": "nn.static_state_saving_rnn",
    "pack": "stack",
    "scalar_summary": "summary.scalar",
    "select": "where",
    "sub": "subtract",
    "train.SummaryWriter": "summary.FileWriter",
    "unpack": "unstack",
}
# names whose replacements take other arguments
_REMOVED = {
    "contrib.learn.TensorFlowEstimator": "tf.contrib.learn.Estimator, or SKCompat around one",
    "contrib.learn.TensorFlowDNNClassifier": "tf.contrib.learn.DNNClassifier",
    "contrib.learn.TensorFlowDNNRegressor": "tf.contrib.learn.DNNRegressor",
    "contrib.learn.TensorFlowLinearClassifier": "tf.contrib.learn.LinearClassifier",
    "contrib.learn.TensorFlowLinearRegressor": "tf.contrib.learn.LinearRegressor",
    "contrib.learn.TensorFlowRNNClassifier": "tf.contrib.learn.DynamicRnnEstimator",
    "contrib.learn.ops": "tf.nn and tf.contrib.layers",
    "contrib.learn.models": "a model function for tf.contrib.learn.Estimator",
    "contrib.seq2seq.prepare_attention": "tf.contrib.seq2seq.LuongAttention or BahdanauAttention",
    "contrib.seq2seq.attention_decoder_fn_train": "tf.contrib.seq2seq.AttentionWrapper with a TrainingHelper",
    "contrib.seq2seq.attention_decoder_fn_inference": "tf.contrib.seq2seq.AttentionWrapper, GreedyEmbeddingHelper",
    "contrib.seq2seq.simple_decoder_fn_train": "tf.contrib.seq2seq.BasicDecoder with a TrainingHelper",
    "contrib.seq2seq.simple_decoder_fn_inference": "tf.contrib.seq2seq.BasicDecoder with a GreedyEmbeddingHelper",
    "contrib.seq2seq.dynamic_rnn_decoder": "tf.contrib.seq2seq.dynamic_decode",
    "contrib.seq2seq.DynamicAttentionWrapper": "tf.contrib.seq2seq.AttentionWrapper",
}
_noted = set()


def _note(text):
    """Writes one line on standard error, once."""
    if text not in _noted:
        _noted.add(text)
        sys.stderr.write("tf1: %s\n" % text)


def _answer_old_names(prefix):
    """A function that gives a module, whose names begin with ``prefix`` in the tables, a ``__getattr__``."""

    def change(module):
        others = vars(module).get("__getattr__")

        def __getattr__(name):
            old = prefix + name
            if old in _RENAMED:
                _note("tf.%s is TensorFlow 0.x's name of tf.%s" % (old, _RENAMED[old]))
                return functools.reduce(getattr, _RENAMED[old].split("."), importlib.import_module("tensorflow"))
            if old in _REMOVED:
                raise AttributeError("tf.%s was removed before TensorFlow 1.15; use %s" % (old, _REMOVED[old]))
            if others:
                return others(name)
            raise AttributeError("module %r has no attribute %r" % (module.__name__, name))

        module.__getattr__ = __getattr__

    return change


def _is_axis(value):
    return isinstance(value, int) and not isinstance(value, bool)


def _argument_orders(module):
    concat_new, split_new = module.concat, module.split

    @functools.wraps(concat_new)
    def concat(values, axis, name="concat"):
        if _is_axis(values) and not _is_axis(axis):
            _note("tf.concat(axis, values) is the argument order of TensorFlow 0.x")
            values, axis = axis, values
        return concat_new(values, axis, name)

    @functools.wraps(split_new)
    def split(value, num_or_size_splits, axis=0, num=None, name="split"):
        if _is_axis(value) and _is_axis(num_or_size_splits) and hasattr(axis, "get_shape"):
            _note("tf.split(axis, num, value) is the argument order of TensorFlow 0.x")
            value, axis = axis, value
        return split_new(value, num_or_size_splits, axis, num, name)

    module.concat, module.split = concat, split


def _flags(module):
    """The program's own definition of a flag wins over absl's of the same name (log_dir, v, verbosity, ...)."""

    def defining(define):
        @functools.wraps(define)
        def define_flag(name, *args, **kwargs):
            if name in module.FLAGS and (module.FLAGS.find_module_defining_flag(name) or "").startswith("absl."):
                delattr(module.FLAGS, name)
            return define(name, *args, **kwargs)

        return define_flag

    importlib.import_module("absl.flags").disclaim_key_flags()  # a flag belongs to the caller of define_flag
    for name in dir(module):
        if name.startswith("DEFINE_"):
            setattr(module, name, defining(getattr(module, name)))


AFTER_LOADING = {
    "tensorflow": _answer_old_names(""),
    "tensorflow._api.v1.nn": _answer_old_names("nn."),
    "tensorflow._api.v1.nn.rnn_cell": _answer_old_names("nn.rnn_cell."),
    "tensorflow._api.v1.train": _answer_old_names("train."),
    "tensorflow.contrib.learn": _answer_old_names("contrib.learn."),
    "tensorflow.contrib.seq2seq": _answer_old_names("contrib.seq2seq."),
    "tensorflow.python.ops.array_ops": _argument_orders,
    "tensorflow.python.platform.flags": _flags,
}
