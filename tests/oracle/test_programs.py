"""Each program of programs/ prints through the runner what real TensorFlow 1.15.5 printed, and builds its graphs."""

import json
import lzma
import re
import subprocess
import sys

import programs_1_15
import pytest

if sys.version_info < (3, 8):
    pytest.skip("TensorFlow 1.15 is the reference itself", allow_module_level=True)

RELATIVE = 1e-6
ABSOLUTE = 1e-7  # float32 sums of terms near 1 that cancel
NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w])|(?<![\w.])[-+]?(?:nan|inf)(?!\w)")


def printed_difference(expected, printed):
    """The first token in which two outputs differ, as a sentence; None where they are equal.

    Spaces and line ends do not count: numpy lays arrays out by the number of digits. Numbers may differ by 1e-6 of
    themselves, 1e-7 and one unit of the last digit printed.
    """
    ours, theirs = _tokens(printed), _tokens(expected)
    for index, (our, their) in enumerate(zip(ours, theirs)):
        if our != their and not _close(our, their):
            return "prints %r, TensorFlow 1.15.5 printed %r" % (
                " ".join(ours[max(0, index - 5) : index + 5]),
                " ".join(theirs[max(0, index - 5) : index + 5]),
            )
    if len(ours) != len(theirs):
        return "prints %d words and numbers, TensorFlow 1.15.5 printed %d" % (len(ours), len(theirs))
    return None


def _tokens(text):
    tokens, end = [], 0
    for number in NUMBER.finditer(text):
        tokens += text[end : number.start()].split() + [number.group()]
        end = number.end()
    return tokens + text[end:].split()


def _close(ours, theirs):
    if not (NUMBER.fullmatch(ours) and NUMBER.fullmatch(theirs)) or "n" in ours + theirs:
        return False
    last_digit = 1.01 * max(_unit(ours), _unit(theirs))
    ours, theirs = float(ours), float(theirs)
    return abs(ours - theirs) <= ABSOLUTE + RELATIVE * max(abs(ours), abs(theirs)) + last_digit


def _unit(number):
    """The value of one unit of the last printed digit; 0 for an integer."""
    digits, _, exponent = number.lower().partition("e")
    if not exponent and "." not in digits:
        return 0.0
    return 10.0 ** (int(exponent or 0) - len(digits.partition(".")[2]))


def run(names, path):
    """Runs programs through the runner in a process of its own; returns what programs_1_15.py recorded."""
    command = [sys.executable, programs_1_15.__file__, str(path / "results.json")] + names
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert ended.returncode == 0, ended.stdout
    with open(path / "results.json", encoding="utf-8") as file:
        return json.load(file)


@pytest.fixture(scope="module")
def reference():
    """The output of TensorFlow 1.15.5, and the seeds, variables and operations of its graphs."""
    with open(programs_1_15.REFERENCE, encoding="utf-8") as file:
        expected = json.load(file)
    with lzma.open(programs_1_15.GRAPHS, "rt", encoding="utf-8") as file:
        operations = json.load(file)
    for name, entry in expected.items():
        for graph, listed in zip(entry["graphs"], operations[name]):
            graph["operations"] = listed
    return expected


@pytest.fixture(scope="module")
def results(request, tmp_path_factory):
    """The results of all programs that are tested, in one process: TensorFlow is loaded once."""
    here = [item for item in request.session.items if item.module is request.module and hasattr(item, "callspec")]
    tested = {item.callspec.params["name"] for item in here}
    return run(sorted(tested), tmp_path_factory.mktemp("programs"))


LOOP = "random operations inside a while loop draw in the order in which TensorFlow schedules the loop's iterations"
SUMS = "sums in a different order, or a fused kernel that rounds differently; training amplifies it"
ROUNDS = "shuffle and repeat were one C++ operation, which drew from the second round on in a different order"
RACE = "threads or operations without a defined order: TensorFlow 1.15.5 itself prints something else in the next run"
NAN = "TensorFlow 2's kernels carry nan on; 1.15.5's rule takes three more kernels for each maximum of every graph"
DIFFERENT = {
    "bidirectional_options": RACE,
    "cell_dropout_wrapper": LOOP,
    "cell_layer_norm": LOOP,
    "data_shuffle_seeded": ROUNDS,
    "estimator_dataset_rnn": ROUNDS,
    "layers_tf_dense_conv": SUMS,
    "nan_in_maxima": NAN,
    "seed_control_flow": LOOP,
    "seq2seq_attention_monotonic": RACE,
    "seq2seq_sample_helpers": RACE,
    "session_monitored": RACE,
    "timeseries_forecast": RACE,
    "opt_contrib": "AdamW changes a variable while its gradient is taken; alone in a graph, 1.15.5 prints our digits",
    "ops_variables_collections": "the keys of collections are in the order of a set of strings, on 1.15.5 as well",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", programs_1_15.names())
def test_program_prints_what_1_15_printed(name, results, reference, request):
    if name in DIFFERENT:
        request.applymarker(pytest.mark.xfail(reason=DIFFERENT[name]))
    assert results[name]["status"] == 0, results[name]["errors"]
    assert printed_difference("\n".join(reference[name]["printed"]), results[name]["printed"]) is None


def test_a_wrong_digit_is_a_difference():
    expected = "loss: 0.1234567 w [[1. 2.5]\n [3e-05 4]] layer_1/kernel:0"
    assert printed_difference(expected, expected.replace("\n", "  ")) is None
    assert printed_difference(expected, expected.replace("4567", "4568")) is None  # one unit of the last digit
    for old, new in (("4567", "4590"), ("3e-05", "3e-06"), ("4]]", "5]]"), ("layer_1", "layer_2"), ("2.5", "2.5 7")):
        assert printed_difference(expected, expected.replace(old, new)) is not None


# operations that are made for each variable of a set, whose order is that of addresses
UNORDERED = {"VarIsInitializedOp", "IsVariableInitialized"}


def in_any_order(operations):
    """The operations without those of UNORDERED, and their names and types sorted."""
    return [op for op in operations if op[1] not in UNORDERED], sorted(op for op in operations if op[1] in UNORDERED)


@pytest.mark.slow
@pytest.mark.parametrize("name", programs_1_15.names())
def test_program_builds_the_graphs_of_1_15(name, results, reference):
    graphs, expected = results[name]["graphs"], reference[name]["graphs"]
    assert len(graphs) == len(expected)
    for graph, of_1_15 in zip(graphs, expected):
        assert graph["variables"] == of_1_15["variables"]
        assert graph["seeds"] == of_1_15["seeds"]
        # names and types, in this order
        assert in_any_order(graph["operations"]) == in_any_order(of_1_15["operations"])
