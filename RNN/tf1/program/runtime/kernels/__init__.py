"""What stands in for the C++ libraries of contrib: functions of its generated modules."""

from . import beam_search, feature_cross, image, resampler, text

# replaces functions of the wheel's generated modules; ImageProjectiveTransformV2 and k-means need none (TensorFlow has
# these operations), and a function that is not listed raises NotFoundError when it is called
KERNELS = {
    "tensorflow.contrib.image.ops.gen_distort_image_ops": {"adjust_hsv_in_yiq": image.adjust_hsv_in_yiq},
    "tensorflow.contrib.image.ops.gen_image_ops": {
        "bipartite_match": image.bipartite_match,
        "image_connected_components": image.image_connected_components,
        "image_projective_transform": image.image_projective_transform,
    },
    "tensorflow.contrib.layers.ops.gen_sparse_feature_cross_op": {
        "sparse_feature_cross": feature_cross.sparse_feature_cross,
        "sparse_feature_cross_v2": feature_cross.sparse_feature_cross_v2,
    },
    "tensorflow.contrib.resampler.ops.gen_resampler_ops": {
        "resampler": resampler.resampler,
        "resampler_grad": resampler.resampler_grad,
    },
    "tensorflow.contrib.seq2seq.ops.gen_beam_search_ops": {"gather_tree": beam_search.gather_tree},
    "tensorflow.contrib.text.python.ops.gen_skip_gram_ops": {
        "skip_gram_generate_candidates": text.skip_gram_generate_candidates
    },
}
