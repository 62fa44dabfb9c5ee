"""%load_ext tf1 in IPython; tf1 notebook.ipynb."""

import json
import os
import re
import sys

import pytest
from conftest import RNN


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


def execute(path, tmp_path, monkeypatch):
    """Executes a notebook by Jupyter's protocol; returns for each cell its printed text, results and error."""
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    monkeypatch.setenv("PYTHONPATH", RNN)
    monkeypatch.setenv("PATH", os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"])
    monkeypatch.chdir(tmp_path)
    read = nbformat.read(str(path), as_version=4)
    nbclient.NotebookClient(read, timeout=120, kernel_name="python3", allow_errors=True).execute()
    texts = []
    for cell in read.cells:
        text = ""
        for output in cell.outputs:
            text += output.get("text") or "".join(output.get("data", {}).get(kind, "") for kind in ("text/plain",))
            text += "\n".join(output.get("traceback", ()))
            text += "picture" if "image/png" in output.get("data", {}) else ""
        texts.append(re.sub(r"\x1b\[[\d;]*m", "", text).strip())
    return texts


def test_a_notebook_without_ipython_is_refused(run_tf1, tmp_path):
    notebook(tmp_path, "1")
    hidden = "import sys; sys.modules['IPython'] = None; from tf1.__main__ import main; main()"
    done = run_tf1("-c", hidden, "notebook.ipynb", command=[sys.executable], environment={"PYTHONPATH": RNN})
    assert done.returncode == 2 and done.stderr.startswith("tf1: notebook.ipynb is a notebook: open it in Jupyter")


@pytest.mark.slow
def test_cells(tmp_path, monkeypatch):
    (tmp_path / "old.py").write_text("import tensorflow as tf, numpy as np\nprint(tf.VERSION, np.float(1), __name__)\n")
    (tmp_path / "beside.py").write_text("import tensorflow as tf\nVALUE = tf.VERSION\n")
    path = notebook(
        tmp_path,
        "import numpy as np",
        "%load_ext tf1\nimport tensorflow as tf\nprint(tf.VERSION, np.float(2), (np.float32(3) * 1e-9).dtype)",
        "%run old.py",
        "!python -c 'import tensorflow as tf; print(tf.VERSION)'",
        "%%time\nx = tf.placeholder(tf.float32)\nprint(tf.Session().run(2 * x, {x: 3}))",
        "%load_ext autoreload\n%autoreload 2\nimport beside\nbeside.VALUE",
        "_ = open('beside.py', 'a').write('MORE = 5\\n')",
        "beside.MORE",
        "v = tf.get_variable('v', [2])",
        "v = tf.get_variable('v', [2])",
        "%matplotlib inline\nimport matplotlib.pyplot as plt\n_ = plt.plot([1, 2])",
        "def f():\n    return tf.matmul(tf.ones([2, 3]), tf.ones([2, 3]))\nf()",
        "xrange(3)",
        "%load_ext tf1",
    )
    found = execute(path, tmp_path, monkeypatch)
    assert found[:4] == ["", "1.15.5 2.0 float64", "1.15.5 1.0 __main__", "1.15.5"]
    assert found[4].startswith("6.0\n") and "Wall time" in found[4]
    assert found[5:9] == ["'1.15.5'", "", "5", ""]
    assert "Variable v already exists" in found[9] and "picture" in found[10]
    assert "return tf.matmul" in found[11] and os.path.join("tf1", "program") not in found[11]
    assert "tf1: line 1 is Python 2" in found[12] and "already loaded" in found[13]


@pytest.mark.slow
def test_tensorflow_2_is_loaded_already(tmp_path, monkeypatch):
    path = notebook(
        tmp_path,
        "import tensorflow as tf\nversion = tf.__version__",
        "%load_ext tf1",
        "import collections, os, sys\nprint(tf.__version__ == version, 'TF1_PROGRAM' in os.environ)\n"
        "print(hasattr(collections, 'Mapping'), [f for f in sys.meta_path if 'tf1' in repr(f)])",
    )
    found = execute(path, tmp_path, monkeypatch)
    sentence = "TensorFlow is already imported: restart the kernel, and let %load_ext tf1 be the first cell"
    assert found[1:] == ["UsageError: " + sentence, "True False\nFalse []"]


@pytest.mark.slow
def test_the_command_executes_a_notebook(run_tf1, tmp_path):
    pytest.importorskip("IPython")
    notebook(tmp_path, "import tensorflow as tf", "print(tf.VERSION)", "%time tf.Session().run(tf.zeros([]))")
    done = run_tf1("notebook.ipynb")
    assert "1.15.5\n" in done.stdout and done.returncode == 0, done.stderr
