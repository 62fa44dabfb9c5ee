"""Restores checkpoints that were written before TensorFlow 1.2, whose RNN variables had other names."""

import importlib
import re
import sys

# in this order: from the names of TensorFlow 0.x and 1.1 to those of 1.15, in lower case
_RENAMED = (
    (r"birnn[/_](fw|bw)", r"bidirectional_rnn/\1"),
    (r"multirnncell", "multi_rnn_cell"),
    (r"\bcell(\d+)\b", r"cell_\1"),
    (r"basiclstmcell", "basic_lstm_cell"),
    (r"basicrnncell", "basic_rnn_cell"),
    (r"\blstmcell", "lstm_cell"),
    (r"grucell", "gru_cell"),
    (r"(cell/)w_0$", r"\1kernel"),
    (r"(cell/)b$", r"\1bias"),
    (r"(^|/)linear/matrix$", r"\1kernel"),
    (r"(^|/)linear/bias$", r"\1bias"),
    (r"(^|/)weights$", r"\1kernel"),
    (r"(^|/)biases$", r"\1bias"),
)


def _restore_by_old_names(module):
    """``tf.train.Saver.restore`` tries older names for variables that a checkpoint does not have."""
    restore_new = module.Saver.restore

    def restore(self, sess, save_path):
        errors = importlib.import_module("tensorflow.python.framework.errors_impl")
        try:
            return restore_new(self, sess, save_path)
        except errors.NotFoundError:
            old_names = _old_names(self._var_list, save_path)
            if not old_names:
                raise
        renamed = ("%s from %s" % (name, old) for name, (_, old) in old_names.items() if name != old)
        sys.stderr.write("tf1: %s was written by an older TensorFlow: %s\n" % (save_path, ", ".join(renamed)))
        reader = _reader(save_path)
        for variable, old in old_names.values():
            variable.load(reader.get_tensor(old), sess)

    restore.__doc__ = restore_new.__doc__
    module.Saver.restore = restore


def _reader(path):
    return importlib.import_module("tensorflow.python.pywrap_tensorflow_internal").NewCheckpointReader(path)


def _old_names(variables, path):
    """{name: (variable, its name in the checkpoint)}; None unless every variable has exactly one."""
    if not variables:
        return None
    if not isinstance(variables, dict):
        variables = {variable.name.partition(":")[0]: variable for variable in variables}
    shapes = _reader(path).get_variable_to_shape_map()
    found = {}
    for name, variable in variables.items():
        wanted = [name] if name in shapes else [old for old in shapes if _renamed(old) == _renamed(name)]
        if len(wanted) != 1 or not hasattr(variable, "load") or shapes[wanted[0]] != variable.shape.as_list():
            return None
        found[name] = (variable, wanted[0])
    return found


def _renamed(name):
    name = name.lower()
    for old, new in _RENAMED:
        name = re.sub(old, new, name)
    return name


AFTER_LOADING = {"tensorflow.python.training.saver": _restore_by_old_names}
