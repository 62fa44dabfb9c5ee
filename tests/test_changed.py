"""Some 1,300 small programs, run by tf1, give what they gave on TensorFlow 1.15.5."""

import pytest
from differences import LINE_OF_VERSIONS, compare, seen_by_a_program

if LINE_OF_VERSIONS == "1.15":
    pytest.skip("TensorFlow 1.15 is the reference itself", allow_module_level=True)


def test_small_programs_give_what_they_gave():
    here = seen_by_a_program("probes.py")
    assert len(here) > 1200
    wrong = compare(here, "probes_1_15.json", "probe_differences.txt")
    assert not wrong, "\n".join(wrong)
