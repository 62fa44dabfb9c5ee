"""One seed gives the same weights everywhere: pinned for every part and for seeds 0, 1 and 2.

The values were computed with TensorFlow 1.15.5; those of 2.15.1 and 2.21.0, and of manual unrolling, are the same.
"""

import hashlib

import numpy as np
import pytest

import tf1 as tf

# part: {seed: (sha256 of all weights, the first four of the first kernel)}
PINNED = {
    "LSTM single": {
        0: ("075019f287a2c208", [0.0906021, -0.0428798, -0.0436252, 0.0457354]),
        1: ("44ddd1708a6f29ac", [0.0470393, -0.0472738, -0.0550375, 0.0231271]),
        2: ("ced12732358da796", [-0.053256, 0.071928, -0.00608455, 0.0499399]),
    },
    "LSTM multi": {
        0: ("38f2434ebd21268c", [-0.0164009, 0.0820045, -0.0107556, -0.026449]),
        1: ("ade224d04eca8348", [0.047424, 0.0360978, -0.0260887, 0.0950321]),
        2: ("1b7996a464c1722b", [-0.094131, -0.0847188, -0.0299654, -0.0398764]),
    },
    "LSTM bidirectional": {
        0: ("13fd2c8d6c457a97", [-0.015333, 0.0237596, -0.0782333, 0.056279]),
        1: ("def07f7cb836cbbe", [0.0194466, -0.00972676, 0.0714462, 0.0538329]),
        2: ("a449b8fd560f9f19", [-0.0692613, 0.0414573, 0.0778904, -0.0635247]),
    },
    "LSTM_for_Mnist": {
        0: ("0a4a4859c0d187a5", [0.0900306, 0.152346, -0.207996, -0.0739904]),
        1: ("033159b2277e78b5", [0.0205314, -0.0521804, 0.157791, -0.130758]),
        2: ("c8716a941ba714e5", [0.0911212, -0.221517, -0.0945864, 0.156406]),
    },
    "predict_sin": {
        0: ("68e464a00aff1777", [0.939383, -0.444587, -0.452316, 0.474194]),
        1: ("363c331ef0ae5f49", [0.487714, -0.490145, -0.570641, 0.239787]),
        2: ("843b3a456d15aa3a", [-0.55217, 0.745765, -0.063086, 0.517788]),
    },
    "predict_sin_MultiRnnCell": {
        0: ("50df3d7ee55e13f3", [-0.0414463, 0.207232, -0.0271802, -0.0668387]),
        1: ("82e14eff2ec34640", [0.119844, 0.0912221, -0.0659282, 0.240154]),
        2: ("c083072741b98275", [-0.237877, -0.214091, -0.0757251, -0.100771]),
    },
    "tflearn_sin": {
        0: ("2ae90c1fc4d75e61", [0.169592, 0.286977, -0.391805, -0.139377]),
        1: ("dc457fcab1595215", [0.0386753, -0.0982931, 0.297233, -0.246311]),
        2: ("69327d605316be03", [0.171646, -0.417275, -0.178174, 0.294625]),
    },
}


def graph_of(loaded, part, seed, *ways):
    """The graph of a part as it builds it; the Estimator's model function is called in a graph of its own."""
    module, run = loaded(part, "--seed", seed, *ways)
    graph = tf.Graph()
    with graph.as_default(), run.initial_weights():
        if part == "LSTM":
            module.build_graph(module.VARIANT)
        elif part == "tflearn_sin":
            tf.train.create_global_step()
            X = tf.placeholder(tf.float32, [None, module.TIME_STEPS, 1])
            module.lstm_model(X, tf.placeholder(tf.float32, [None]))
        else:
            module.build_graph()
    return graph


def weights_of(graph):
    """{name in lower case: initial value} of the trainable variables."""
    with graph.as_default(), tf.Session() as session:
        session.run(tf.global_variables_initializer())
        return {
            v.op.name.lower(): value
            for v, value in zip(tf.trainable_variables(), session.run(tf.trainable_variables()))
        }


def fingerprint(weights):
    """(sha256 of names, shapes and values, the first four values of the first kernel)."""
    digest = hashlib.sha256()
    for name in sorted(weights):
        digest.update(("%s %s" % (name, weights[name].shape)).encode())
        digest.update(weights[name].astype("<f4").tobytes())
    first = weights[min(name for name in weights if name.endswith("kernel"))].ravel()[:4]
    return digest.hexdigest()[:16], [float("%.6g" % value) for value in first]


WAYS = {
    "LSTM single": [("--variant", "single")],
    "LSTM multi": [("--variant", "multi")],
    "LSTM bidirectional": [("--variant", "bidirectional")],
    "predict_sin_MultiRnnCell": [
        ("--state", state, "--unroll", unroll) for state in ("zero", "manual") for unroll in ("dynamic", "manual")
    ],
}


@pytest.mark.parametrize("seed", [0] + [pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2)])
@pytest.mark.parametrize("part", sorted(PINNED))
def test_a_seed_gives_the_same_weights_on_every_tensorflow(loaded, part, seed):
    for ways in WAYS.get(part, [()]):
        weights = weights_of(graph_of(loaded, part.split()[0], seed, *ways))
        digest, first = fingerprint(weights)
        assert (digest, first) == (PINNED[part][seed][0], pytest.approx(PINNED[part][seed][1], rel=1e-5))
        for name, value in weights.items():
            if name.endswith("bias"):
                assert not value.any()
            else:  # glorot uniform, TensorFlow 1's default
                assert np.abs(value).max() <= np.sqrt(6 / sum(value.shape))
