"""Every public name of TensorFlow 1.15.5, with its parameters and defaults, compared with what an old program sees."""

import json
import os

import pytest
from differences import LINE_OF_VERSIONS, REFERENCE, compare, seen_by_a_program

if LINE_OF_VERSIONS == "1.15":
    pytest.skip("TensorFlow 1.15 is the reference itself", allow_module_level=True)


def test_names_parameters_and_defaults():
    here = seen_by_a_program("api_1_15.py", os.path.join(REFERENCE, "api_1_15.json"))
    assert len(here) > 6000
    wrong = compare(here, "api_1_15.json", "api_differences.txt")
    assert not wrong, "\n".join(wrong)


def test_table_of_parameters_is_of_1_15():
    with open(os.path.join(REFERENCE, "api_1_15.json")) as file:
        there = json.load(file)
    from tf1 import changed

    for name, parameters in changed._parameters().items():
        assert there[name] == "function (%s)" % parameters


@pytest.mark.parametrize("name", ["tf.nn.no_such_name", "tf.zeros"])
def test_a_difference_is_reported(name, tmp_path, monkeypatch):
    reference = {"tf.zeros": "function (shape, dtype=float32, name=None)", "tf.nn.no_such_name": "module"}
    (tmp_path / "there.json").write_text(json.dumps(reference))
    (tmp_path / "list.txt").write_text("# reason\ntf.ones\n")
    monkeypatch.setattr("differences.REFERENCE", str(tmp_path))
    wrong = compare(dict(reference, **{name: None}), "there.json", "list.txt")
    assert len(wrong) == 2 and wrong[0].startswith(name) and wrong[1] == "listed, but no difference: tf.ones"
