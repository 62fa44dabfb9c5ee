"""The constants of a script as options: their values, types and help."""

import os
import runpy

from common.errors import UsageError
from common.parts import BY_SCRIPT
from common.run import Run

import pytest
from conftest import TUTORIAL_PROGRAMS


def a_run(*argv):
    """(the module of programs/constants.py, a Run of it)."""
    path = os.path.join(TUTORIAL_PROGRAMS, "constants.py")
    module = runpy.run_path(path)
    return module, Run(module, {"KIND": ("one", "two")}, argv=list(argv), part=BY_SCRIPT["predict_sin.py"])


def test_options_override_the_constants(tmp_path):
    out = ["--out", str(tmp_path)]
    module, run = a_run("--epoch", "7", "--learning-rate", "0.25", "--pair", "3,4", "--kind", "two", *out)
    assert [module[name] for name in ("EPOCH", "LR", "X", "PAIR", "KIND")] == [7, 0.25, [1.0, 2.0], (3.0, 4.0), "two"]
    assert run.changed == ["--epoch 7", "--kind two", "--lr 0.25", "--pair 3,4"]
    assert run.result_options == {
        "x": [1.0, 2.0], "pair": [3.0, 4.0], "epoch": 7, "lr": 0.25, "kind": "two", "seed": None, "threads": 1,
        "initial_weights": None,
    }  # fmt: skip


def test_the_remark_behind_a_constant_is_its_help(capsys):
    with pytest.raises(SystemExit):
        a_run("--help")
    text = " ".join(capsys.readouterr().out.split())
    assert "--epoch N passes; 100 % of the data (default: 5)" in text
    assert "--kind {one,two} one of two" in text
    assert "NOT_A_CONSTANT" not in text


@pytest.mark.parametrize(
    "argv", [["--pair", "1"], ["--x", "a"], ["--kind", "three"], ["--lr", "0"], ["--epoch", "0"], ["--seed", "-1"]]
)
def test_the_default_of_a_constant_determines_type_and_range(argv):
    with pytest.raises(UsageError, match="argument .*" + argv[0]):
        a_run(*argv)
