"""Replacements for contrib's C++ libraries: the functions of its generated modules."""

import importlib

# a generated module of contrib: the module here that has functions for it. Those that are not here stay as they are: an
# operation that TensorFlow has works (ImageProjectiveTransformV2, k-means), another raises NotFoundError
_KERNELS = {
    "tensorflow.contrib.factorization.python.ops.gen_factorization_ops": "factorization",
    "tensorflow.contrib.framework.python.ops.gen_variable_ops": "variables",
    "tensorflow.contrib.image.ops.gen_distort_image_ops": "image",
    "tensorflow.contrib.image.ops.gen_image_ops": "image",
    "tensorflow.contrib.input_pipeline.ops.gen_input_pipeline_ops": "variables",
    "tensorflow.contrib.layers.ops.gen_sparse_feature_cross_op": "feature_cross",
    "tensorflow.contrib.resampler.ops.gen_resampler_ops": "resampler",
    "tensorflow.contrib.seq2seq.ops.gen_beam_search_ops": "beam_search",
    "tensorflow.contrib.tensor_forest.python.ops.gen_model_ops": "forest",
    "tensorflow.contrib.tensor_forest.python.ops.gen_stats_ops": "forest",
    "tensorflow.contrib.text.python.ops.gen_skip_gram_ops": "text",
}


def _replace(module):
    """Replaces functions of a generated module of contrib, once it is loaded, by those of the same names here."""
    ours = vars(importlib.import_module("." + _KERNELS[module.__name__], __name__))
    vars(module).update({name: ours[name] for name in vars(module) if name in ours and not name.startswith("_")})


AFTER_LOADING = dict.fromkeys(_KERNELS, _replace)
