"""contrib.tensor_forest: a random forest that grows while it reads examples.

A tree and its statistics are a resource variable each, so they belong to a session and are saved in checkpoints:
    tree [nodes, 3 + sums]: feature, threshold, left child (the right one follows; 0 for a leaf), sums
    statistics [nodes, candidates + 1, 2 + sums]: feature and threshold of each candidate for a leaf's split and sums of
        the examples on its left; nan is a candidate to be drawn, and the last one has all examples on its left
The sums are of weights, weighted squares and weighted targets: each class, or each number of a regression.

As in 1.15.5 each example that comes to a leaf draws a feature and makes its value a candidate, until the leaf has all
candidates; when it has had enough more, the candidate that leaves the least impurity splits it. Random numbers
and so trees are others. Not there: pruning, splits before split_after_samples, tests for equality (categories), trees
that 1.15.5 has saved.
"""

import re

import tensorflow as tf
from tensorflow.contrib.decision_trees.proto import generic_tree_model_pb2
from tensorflow.contrib.tensor_forest.proto import tensor_forest_params_pb2
from tensorflow.python.framework.tensor_util import constant_value
from tensorflow.python.ops import gen_resource_variable_ops as variables
from tensorflow.python.ops.array_ops import where_v2 as where  # tf.where warns

from .operation import operation

# tensors that are converted first
_DATA = {"input_data": "float32", "sparse_input_indices": "int64", "sparse_input_values": "float32"}
_DATA["sparse_input_shape"] = "int64"
_TARGETS = {"input_labels": "float32", "input_weights": "float32", "leaf_ids": "int32"}


def _parse(params):
    """The TensorForestParams, the number of candidates, the number of sums.

    Raises:
        NotImplementedError: if a number depends on the depth of a leaf.
    """
    params = tensor_forest_params_pb2.TensorForestParams.FromString(params)
    for number in (params.num_splits_to_consider, params.split_after_samples):
        if number.WhichOneof("ParamType") not in ("constant_value", None):
            raise NotImplementedError("tensor_forest's parameters must be numbers that do not depend on the depth")
    return params, int(params.num_splits_to_consider.constant_value), 2 + params.num_outputs


def _read(handle, shape):
    value = variables.read_variable_op(handle, "float32")
    value.set_shape(shape)
    return value


def _read_tree(handle, params):
    return _read(handle, [None, 3 + _parse(params)[2]])


def _read_stats(handle, params):
    _, candidates, sums = _parse(params)
    return _read(handle, [None, candidates + 1, 2 + sums])


def _new_stats(params, nodes):
    """Statistics of leaves without examples."""
    _, candidates, sums = _parse(params)
    leaf = [[0, float("nan")] + [0] * sums] * candidates + [[0, float("inf")] + [0] * sums]
    return tf.tile(tf.constant([leaf], tf.float32), [nodes, 1, 1])


def _resource_handle_op(container="", shared_name=""):
    """The handle of a tree or of statistics."""
    return variables.var_handle_op("float32", None, shared_name=shared_name, container=container or "")


def _is_initialized_op(handle):
    """Whether a tree or statistics have been created, a bool scalar."""
    return variables.var_is_initialized_op(handle)


def _serialize(handle, params=None):
    """A tree or statistics as a string."""
    return tf.io.serialize_tensor(_read(handle, None))


def _deserialize(handle, config, params):
    """Sets a tree or statistics to a result of ``serialize``."""
    return variables.assign_variable_op(handle, tf.io.parse_tensor(config, tf.float32))


@operation("CreateTreeVariable", tree_config="string")
def create_tree_variable(tree_handle, tree_config, params):
    """Sets a tree to one leaf, or to a result of ``serialize``."""
    if constant_value(tree_config) != b"":
        return _deserialize(tree_handle, tree_config, params)
    return variables.assign_variable_op(tree_handle, tf.zeros([1, 3 + _parse(params)[2]]))


@operation("CreateFertileStatsVariable", stats_config="string")
def create_fertile_stats_variable(stats_handle, stats_config, params):
    """Sets statistics to those of one leaf, or to a result of ``serialize``."""
    if constant_value(stats_config) != b"":
        return _deserialize(stats_handle, stats_config, params)
    return variables.assign_variable_op(stats_handle, _new_stats(params, 1))


@operation("TreeSize")
def tree_size(tree_handle):
    """The number of nodes, an int32 scalar."""
    return tf.shape(_read(tree_handle, [None, None]))[0]


@operation("FeatureUsageCounts")
def feature_usage_counts(tree_handle, params):
    """The number of splits by each feature, int32 [features]."""
    tree = _read_tree(tree_handle, params)
    features = tf.cast(tf.boolean_mask(tree[:, 0], tree[:, 2] > 0), tf.int32)
    return tf.bincount(features, minlength=_parse(params)[0].num_features)


def _is_left(values, thresholds, params):
    """Whether examples with these values go to the left child; nan does not."""
    less = _parse(params)[0].inequality_test_type == generic_tree_model_pb2.InequalityTest.LESS_THAN
    return values < thresholds if less else values <= thresholds


def _features(dense, indices, values, shape):
    """All features, float32 [batch_size, features]."""
    if values.shape.as_list() != [0]:
        sparse = tf.sparse_tensor_to_dense(tf.SparseTensor(indices, values, shape), validate_indices=False)
        dense = sparse if dense.shape.ndims == 1 else tf.concat([dense, sparse], 1)
    dense.set_shape([None, None])
    return dense


@operation("TraverseTreeV4", **_DATA)
def traverse_tree_v4(
    tree_handle, input_data, sparse_input_indices, sparse_input_values, sparse_input_shape, input_spec, params
):
    """The leaf of each example, int32 [batch_size].

    Args:
        tree_handle: the tree.
        input_data: float32 [batch_size, features], or empty.
        sparse_input_*: sparse features, or empty; they come after the others, and those not given are 0.
        input_spec: unused, all features are numbers.
        params: TensorForestParams, serialized.
    """
    features = _features(input_data, sparse_input_indices, sparse_input_values, sparse_input_shape)
    tree = _read_tree(tree_handle, params)

    def descend(leaves):
        rows = tf.gather(tree, leaves)
        read = tf.gather(features, tf.cast(rows[:, 0], tf.int32), batch_dims=1)
        child = tf.cast(rows[:, 2], tf.int32) + tf.cast(~_is_left(read, rows[:, 1], params), tf.int32)
        return where(rows[:, 2] > 0, child, leaves)

    root = tf.zeros_like(features[:, 0], tf.int32)
    return tf.while_loop(lambda leaves: tf.reduce_any(tf.gather(tree, leaves)[:, 2] > 0), descend, [root])


@operation("TreePredictionsV4", **_DATA)
def tree_predictions_v4(
    tree_handle, input_data, sparse_input_indices, sparse_input_values, sparse_input_shape, input_spec, params
):
    """The share of each class, or the mean of each number, and the paths, which are not computed.

    Returns:
        float32 [batch_size, outputs] and string [0], with inference_tree_paths [batch_size] empty messages.
    """
    leaves = traverse_tree_v4(
        tree_handle, input_data, sparse_input_indices, sparse_input_values, sparse_input_shape, input_spec, params
    )
    sums = tf.gather(_read_tree(tree_handle, params), leaves)[:, 3:]
    paths = tf.shape(leaves) if _parse(params)[0].inference_tree_paths else [0]
    return tf.math.divide_no_nan(sums[:, 2:], sums[:, :1]), tf.fill(paths, "")


def _examples(labels, weights, params):
    """The contribution of each example to the sums of its leaf, float32 [batch_size, sums]."""
    params, _, _ = _parse(params)
    if params.is_regression:
        targets = tf.reshape(labels, [tf.shape(labels)[0], -1]) + [0.0] * params.num_outputs
    else:
        targets = tf.one_hot(tf.cast(tf.reshape(labels, [-1]), tf.int32), params.num_outputs)
    sums = tf.concat([tf.ones_like(targets[:, :1]), tf.reduce_sum(targets**2, 1, keepdims=True), targets], 1)
    return sums if weights.shape.as_list() == [0] else sums * tf.reshape(weights, [-1, 1])


def _impurity(sums):
    """The weighted squared distances from the mean: of classes Gini's impurity, of numbers the variance."""
    return sums[..., 1] - tf.math.divide_no_nan(tf.reduce_sum(sums[..., 2:] ** 2, -1), sums[..., 0])


@operation("UpdateModelV4", **_TARGETS)
def update_model_v4(tree_handle, leaf_ids, input_labels, input_weights, params):
    """Adds examples to the sums of their leaves."""
    with tf.control_dependencies([leaf_ids]):
        tree = _read_tree(tree_handle, params)
    added = tf.pad(_examples(input_labels, input_weights, params), [[0, 0], [3, 0]])
    added = tf.scatter_nd(leaf_ids[:, None], added, tf.shape(tree))
    return variables.assign_variable_op(tree_handle, tree + added)


@operation("ProcessInputV4", **_DATA, **_TARGETS)
def process_input_v4(
    tree_handle,
    stats_handle,
    input_data,
    sparse_input_indices,
    sparse_input_values,
    sparse_input_shape,
    input_labels,
    input_weights,
    leaf_ids,
    **options,
):
    """Draws candidates and adds examples to the statistics.

    Args:
        tree_handle, stats_handle: the tree and its statistics.
        input_data, sparse_input_indices, sparse_input_values, sparse_input_shape: as in traverse_tree_v4.
        input_labels: [batch_size] classes, or [batch_size, outputs] numbers.
        input_weights: [batch_size] or empty.
        leaf_ids: int32 [batch_size] of traverse_tree_v4.
        **options: params (TensorForestParams, serialized), random_seed, input_spec (unused).

    Returns:
        int32 [leaves]: the leaves that have enough examples, and not all of one class.
    """
    params, seed = options["params"], options["random_seed"] or None
    parsed, candidates, sums = _parse(params)
    features = _features(input_data, sparse_input_indices, sparse_input_values, sparse_input_shape)
    stats = _read_stats(stats_handle, params)
    # sorted by leaf, each example has the next place among its leaf's candidates
    order = tf.argsort(leaf_ids, stable=True)
    leaves = tf.gather(leaf_ids, order)
    drawn = tf.reduce_sum(tf.cast(tf.math.is_finite(stats[:, :-1, 1]), tf.int32), 1)
    place = tf.range(tf.size(order)) - tf.searchsorted(leaves, leaves) + tf.gather(drawn, leaves)
    order, leaves, place = (tf.boolean_mask(x, place < candidates) for x in (order, leaves, place))
    drawn = tf.random.uniform(tf.shape(order), 0, tf.shape(features)[1], tf.int32, seed)
    new = tf.stack([tf.cast(drawn, tf.float32), tf.gather_nd(features, tf.stack([order, drawn], 1))], 1)
    new = tf.pad(new, [[0, 0], [0, sums]])
    stats = tf.tensor_scatter_nd_update(stats, tf.stack([leaves, place], 1), new)

    own = tf.gather(stats, leaf_ids)
    read = tf.gather(features, tf.cast(own[:, :, 0], tf.int32), batch_dims=1)
    left = tf.cast(_is_left(read, own[:, :, 1], params), tf.float32)
    complete = tf.reduce_all(tf.math.is_finite(own[:, :-1, 1]), 1)  # else the candidates' examples would differ
    left *= tf.cast(complete[:, None], tf.float32)
    added = left[:, :, None] * _examples(input_labels, input_weights, params)[:, None]
    stats += tf.scatter_nd(leaf_ids[:, None], tf.pad(added, [[0, 0], [0, 0], [2, 0]]), tf.shape(stats))
    leaves, _ = tf.unique(leaf_ids)
    total = tf.gather(stats, leaves)[:, -1, 2:]
    enough = total[:, 0] >= parsed.split_after_samples.constant_value
    if not parsed.is_regression:
        enough &= tf.reduce_max(total[:, 2:], 1) < total[:, 0]
    with tf.control_dependencies([variables.assign_variable_op(stats_handle, stats)]):
        return tf.boolean_mask(leaves, enough)


@operation("GrowTreeV4", finished_nodes="int32")
def grow_tree_v4(tree_handle, stats_handle, finished_nodes, params):
    """Splits leaves by their best candidates until the tree has max_nodes; a leaf without a good one draws new ones."""
    with tf.control_dependencies([finished_nodes]):
        tree, stats = _read_tree(tree_handle, params), _read_stats(stats_handle, params)
    nodes = tf.shape(tree)[0]
    own = tf.gather(stats, finished_nodes)
    left, right = own[:, :-1, 2:], own[:, -1:, 2:] - own[:, :-1, 2:]
    good = (left[:, :, 0] > 0) & (right[:, :, 0] > 0)
    splits = tf.reduce_any(good, 1)
    splits &= tf.cumsum(tf.cast(splits, tf.int32)) <= (_parse(params)[0].max_nodes + 1 - nodes) // 2
    impurity = _impurity(left) + _impurity(right)
    best = tf.argmin(where(good, impurity, float("inf")), 1)
    own, left, right = (tf.boolean_mask(tf.gather(values, best, batch_dims=1), splits) for values in (own, left, right))
    first = tf.cast(nodes + 2 * tf.range(tf.shape(own)[0]), tf.float32)
    rows = tf.concat([own[:, :2], first[:, None], left + right], 1)
    children = tf.pad(tf.stack([left, right], 1), [[0, 0], [0, 0], [3, 0]])
    children = tf.reshape(children, [-1, rows.shape[1]])
    tree = tf.tensor_scatter_nd_update(tree, tf.boolean_mask(finished_nodes, splits)[:, None], rows)
    drawn_again = _new_stats(params, tf.size(finished_nodes))
    stats = tf.tensor_scatter_nd_update(stats, finished_nodes[:, None], drawn_again)
    stats = tf.concat([stats, _new_stats(params, tf.shape(children)[0])], 0)
    return tf.group(
        variables.assign_variable_op(tree_handle, tf.concat([tree, children], 0)),
        variables.assign_variable_op(stats_handle, stats),
    )


@operation("FinalizeTree")
def finalize_tree(tree_handle, stats_handle, params):
    """Nothing: a tree always has the sums of its leaves."""
    return tf.no_op()


for _name, _build in {
    "ResourceHandleOp": _resource_handle_op,
    "IsInitializedOp": _is_initialized_op,
    "Serialize": _serialize,
    "Deserialize": _deserialize,
}.items():
    for _kind in ("DecisionTree" if _build is _resource_handle_op else "Tree", "FertileStats"):
        _function = re.sub("(?<!^)([A-Z])", r"_\1", _kind + _name).lower()
        globals()[_function] = operation(_kind + _name)(_build)
