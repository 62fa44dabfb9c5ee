"""%load_ext tf1 in IPython; tf1 notebook.ipynb."""

import json
import os
import re
import shutil
import sys

import pytest
from conftest import RNN, TF1_PROGRAMS


def notebook(tmp_path, *cells):
    """Writes a notebook with these cells."""
    path = tmp_path / "notebook.ipynb"
    code = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    contents = {
        "cells": [dict(code, source=cell) for cell in cells],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    path.write_text(json.dumps(contents), encoding="utf-8")
    return path


@pytest.fixture
def execute(tmp_path, monkeypatch):
    """execute("cells.ipy"): by Jupyter's protocol; {title of a cell: its printed text, results and error}."""
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")

    def run(name):
        monkeypatch.setenv("PYTHONPATH", RNN)
        monkeypatch.setenv("PATH", os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"])
        monkeypatch.chdir(tmp_path)
        with open(os.path.join(TF1_PROGRAMS, name), encoding="utf-8") as file:
            cells = dict(part.split("\n", 1) for part in file.read().split("# %% ")[1:])
        read = nbformat.read(str(notebook(tmp_path, *map(str.strip, cells.values()))), as_version=4)
        nbclient.NotebookClient(read, timeout=120, kernel_name="python3", allow_errors=True).execute()
        return {title: text_of(cell.outputs) for title, cell in zip(cells, read.cells)}

    return run


def text_of(outputs):
    text = ""
    for output in outputs:
        text += output.get("text") or output.get("data", {}).get("text/plain", "")
        text += "\n".join(output.get("traceback", ()))
        text += "picture" if "image/png" in output.get("data", {}) else ""
    return re.sub(r"\x1b\[[\d;]*m", "", text).strip()


def test_a_notebook_without_ipython_is_refused(run_tf1, tmp_path):
    notebook(tmp_path, "1")
    hidden = "import sys; sys.modules['IPython'] = None; from tf1.__main__ import main; main()"
    done = run_tf1("-c", hidden, "notebook.ipynb", command=[sys.executable], environment={"PYTHONPATH": RNN})
    assert done.returncode == 2
    assert done.stderr.startswith("tf1: notebook.ipynb is a notebook: open it in Jupyter")


@pytest.mark.slow
def test_cells_of_a_notebook_run_as_in_tensorflow_1(execute, tmp_path):
    for name in ("old_numpy.py", "version_of_tensorflow.py"):
        shutil.copy(os.path.join(TF1_PROGRAMS, name), str(tmp_path))
    found = execute("cells.ipy")
    assert found["numpy first"] == ""
    assert found["extension"] == "1.15.5 2.0 float64"
    assert found["run"] == "1.15.5 1.0 __main__"
    assert found["shell"] == "1.15.5"
    assert found["time"].startswith("6.0\n")
    assert "Wall time" in found["time"]
    assert found["autoreload"] == "'1.15.5'"
    assert found["edit"] == ""
    assert found["edited"] == "5"
    assert found["variable"] == ""
    assert "Variable v already exists" in found["variable again"]
    assert "picture" in found["figure"]
    assert "return tf.matmul" in found["traceback"]
    assert os.path.join("tf1", "program") not in found["traceback"]
    assert "tf1: line 1 is Python 2" in found["Python 2"]
    assert "already loaded" in found["extension again"]


@pytest.mark.slow
def test_the_extension_is_refused_after_tensorflow_2(execute):
    found = execute("cells_tensorflow_2.ipy")
    sentence = "TensorFlow is already imported: restart the kernel, and let %load_ext tf1 be the first cell"
    assert found["extension"] == "UsageError: " + sentence
    assert found["afterwards"] == "True False\nFalse []"


@pytest.mark.slow
def test_the_command_executes_a_notebook(run_tf1, tmp_path):
    pytest.importorskip("IPython")
    notebook(tmp_path, "import tensorflow as tf", "print(tf.VERSION)", "%time tf.Session().run(tf.zeros([]))")
    done = run_tf1("notebook.ipynb")
    assert "1.15.5\n" in done.stdout, done.stderr
    assert done.returncode == 0, done.stderr
