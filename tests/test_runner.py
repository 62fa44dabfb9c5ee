"""tf1 program.py: a program is executed as python executes it, and sees TensorFlow 1.15.5."""

import os
import signal
import subprocess
import sys

import pytest
from conftest import RNN

import tf1

COMMAND = [sys.executable, os.path.join(RNN, "tf1")]
on_tensorflow_2 = pytest.mark.skipif(tf1.__version__.startswith("1."), reason="on TensorFlow 1.15 nothing is restored")


@pytest.fixture
def run(tmp_path):
    """run(source, *arguments): executes source as program.py by the runner, in tmp_path."""

    def run(source, *arguments, **options):
        if isinstance(source, str):
            source = source.encode()
        (tmp_path / "program.py").write_bytes(source)
        return tf1_command("program.py", *arguments, **options)

    def tf1_command(*arguments, **options):
        environment = dict(os.environ, MPLBACKEND="", **options.pop("environment", {}))
        environment.pop("DISPLAY", None)
        return subprocess.run(
            COMMAND + list(arguments),
            cwd=str(options.pop("cwd", tmp_path)),
            env=environment,
            capture_output=True,
            **{"encoding": "utf-8", **options},
        )

    run.command = tf1_command
    return run


# --- as python executes it; without TensorFlow


def test_the_program_is_main(run, tmp_path):
    done = run(
        "import sys\nprint(__name__, __file__, sys.argv, sys.path[0], sys.modules['__main__'].__file__)", "--x", "1"
    )
    file = str(tmp_path / "program.py")
    assert done.stdout.split("\n")[0] == "__main__ %s ['program.py', '--x', '1'] %s %s" % (file, tmp_path, file)
    assert done.stderr == "" and done.returncode == 0


def test_standard_input_exit_status_and_changed_directory(run):
    done = run("import os, sys\nos.chdir('/')\nprint(sys.stdin.read())\nsys.exit(3)", input="given")
    assert done.stdout == "given\n" and done.returncode == 3


def test_a_traceback_has_the_lines_of_the_program_only(run, tmp_path):
    (tmp_path / "beside.py").write_text("def fail():\n    raise ValueError('no')\n")
    done = run("import beside\n\nbeside.fail()\n")
    lines = done.stderr.splitlines()
    assert done.returncode == 1 and lines[-1] == "ValueError: no"
    assert [line.split(", in ")[0] for line in lines if line.startswith("  File")] == [
        '  File "%s", line 3' % (tmp_path / "program.py"),
        '  File "%s", line 2' % (tmp_path / "beside.py"),
    ]


def test_a_missing_module_is_reported_without_our_frames(run, tmp_path):
    done = run("import tf_no_such_module\n")
    assert done.stderr.splitlines()[1:2] == ['  File "%s", line 1, in <module>' % (tmp_path / "program.py")]
    assert done.stderr.count("  File") == 1
    assert done.stderr.splitlines()[-1] == "ModuleNotFoundError: No module named 'tf_no_such_module'"


def test_the_programs_own_excepthook_is_called(run):
    done = run("import sys\nsys.excepthook = lambda kind, error, tb: print('hook', error, tb.tb_lineno)\n1 / 0\n")
    assert done.stdout == "hook division by zero 3\n" and done.stderr == "" and done.returncode == 1


@pytest.mark.parametrize(
    "source, printed",
    [
        (b"", ""),
        (
            b"\xef\xbb\xbf# -*- coding: utf-8 -*-\nfrom __future__ import division\nprint('\xe4\xb8\xad', 1 / 2)",
            "中 0.5\n",
        ),
        ("# coding: gbk\nprint(len('中文'))".encode("gbk"), "2\n"),
        (b"import os\nif os.fork():\n    os.wait()\nelse:\n    print('child', flush=True)\n    os._exit(0)", "child\n"),
        (b"import pickle\nclass A: pass\nprint(type(pickle.loads(pickle.dumps(A()))) is A)", "True\n"),
    ],
    ids=["empty", "BOM", "encoding line", "fork", "pickle"],
)
def test_what_python_prints(run, source, printed):
    done = run(source, environment={"LANG": "C", "LC_ALL": ""})
    assert (done.stdout, done.stderr, done.returncode) == (printed, "", 0)


@pytest.mark.parametrize(
    "arguments, error, status",
    [
        (["missing.py"], "tf1: can't open file '", 2),
        (["."], "tf1: can't find '__main__' module in '", 1),
        (["-m", "tf_no_such_module"], "tf1: No module named tf_no_such_module", 1),
        (["--no-such-option"], "tf1: wrong command line: --no-such-option", 2),
        (["--fetch", "missing.whl"], "tf1: error: missing.whl: No such file", 1),
    ],
)
def test_refused_in_one_line(run, arguments, error, status, tmp_path):
    done = run.command(*arguments, environment={"TF1_CACHE": str(tmp_path / "cache")})
    assert done.returncode == status and done.stderr.startswith(error) and "Traceback" not in done.stderr


def test_a_file_that_is_no_python(run):
    done = run(b"\x7fELF\0\0\0\1")
    assert done.returncode == 1 and done.stderr.splitlines()[-1].startswith("SyntaxError: ")
    assert "Traceback" not in done.stderr and "program.py" in done.stderr


def test_a_python_2_program_gets_a_sentence_with_the_line(run):
    done = run("import os\nprint 'hello'\n")
    assert done.returncode == 1 and done.stderr.splitlines()[-1].startswith("tf1: line 2 is Python 2; ")
    done = run("for i in xrange(3):\n    pass\n")
    assert done.stderr.splitlines()[-1].startswith("tf1: line 1 is Python 2; ")
    assert "Python 2" not in run("no_such_name\n").stderr


def test_modules_code_and_standard_input(run, tmp_path):
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "other.py").write_text("VALUE = 5\n")
    (package / "main.py").write_text(
        "from .other import VALUE\nimport sys\nprint(VALUE, __name__, __package__, sys.argv[1:])"
    )
    assert run.command("-m", "package.main", "-x").stdout == "5 __main__ package ['-x']\n"
    assert run.command("-c", "import sys; print(sys.argv)", "a").stdout == "['-c', 'a']\n"
    assert run.command("-", input="print(1 + 1)").stdout == "2\n"


def test_an_interrupt_ends_it_as_it_ends_python(tmp_path):
    (tmp_path / "program.py").write_text("import time\nprint('ready', flush=True)\ntime.sleep(60)\n")
    process = subprocess.Popen(
        COMMAND + [str(tmp_path / "program.py")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == (-signal.SIGINT if sys.version_info >= (3, 8) else 1)
    assert errors.splitlines()[-1] == "KeyboardInterrupt"
    assert errors.count("  File") == 1


@on_tensorflow_2
def test_retired_names_for_the_program_only(run, tmp_path):
    done = run(
        "import collections, fractions, imp, importlib, inspect, time\n"
        "import numpy as np\n"
        "print(collections.Mapping.__name__, fractions.gcd(4, 6), inspect.getargspec(lambda a, b=1: 0).args)\n"
        "print(time.clock() >= 0, np.int is int, np.bool is bool, np.float(2), np.NaN, [np.float32(1.5)])\n"
        "print(np.array([[1, 2], [3]]).dtype, np.in1d([1, 2], [2]), np.fromstring(b'ab', np.uint8))\n"
        "a = np.array([1, 2])\na.itemset(1, 5)\nnp.bool = np.ndarray = bool\n"
        "print(np.array(a, copy=False) is a, np.array(a, float, copy=False), np.array(a, copy=True) is a)\n"
        "print(importlib.import_module('numpy') is np)\n"
        "import sys\n"
        "print(hasattr(sys.modules['collections'], 'Mapping'), sys.modules['numpy'] is np)\n"
        "print(np.ndarray, sys.modules['numpy'].ndarray.__name__)\n"
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "Mapping 2 ['a', 'b']",
        "True True True 2.0 nan [1.5]",
        "object [False  True] [97 98]",
        "True [1. 5.] False",
        "True",
        "False False",
        "<class 'bool'> ndarray",
    ]


@pytest.mark.slow
@on_tensorflow_2
def test_libraries_for_tensorflow_1_are_executed_as_the_program_is(run, tmp_path):
    pytest.importorskip("PIL")
    for library in ("tflearn", "another"):
        package = tmp_path / "site-packages" / library
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("from . import inner\n")
        (package / "inner.py").write_text(
            "import tensorflow as tf\nfrom PIL import Image\n"
            "version, filters = tf.__version__, hasattr(Image, 'ANTIALIAS')\n"
        )
    done = run(
        "import another, tflearn\n"
        "print(tflearn.inner.version, tflearn.inner.filters, another.inner.version[:2], another.inner.filters)\n",
        environment={"PYTHONPATH": str(tmp_path / "site-packages")},
    )
    assert done.stdout == "1.15.5 True 2. False\n", done.stderr


@on_tensorflow_2
def test_figures_are_saved_without_a_screen(run, tmp_path):
    pytest.importorskip("matplotlib")
    done = run(
        "import matplotlib\nmatplotlib.use('TkAgg')\nimport matplotlib.pyplot as plt\n"
        "plt.plot([1, 2])\nplt.show()\nplt.figure()\nplt.show()\n"
    )
    assert done.returncode == 0
    for number in (1, 2):
        path = tmp_path / ("program_figure_%d.png" % number)
        assert path.stat().st_size > 1000
        assert "tf1: no screen; the figure is saved as %s" % path in done.stderr


# --- TensorFlow as the program sees it


@pytest.mark.slow
@on_tensorflow_2
def test_a_checkpoint_is_printed_in_the_lines_of_1_15(run):
    done = run(
        "import tensorflow as tf\n"
        "from tensorflow.python.tools import inspect_checkpoint as chkp\n"
        "w = tf.get_variable('layer/w', [2, 1], initializer=tf.ones_initializer())\n"
        "with tf.Session() as session:\n"
        "    session.run(w.initializer)\n"
        "    path = tf.train.Saver().save(session, './model')\n"
        "chkp.print_tensors_in_checkpoint_file(path, tensor_name='', all_tensors=True)\n"
        "chkp.print_tensors_in_checkpoint_file(path, 'v', False)\n"
    )
    assert done.stdout == (
        "tensor_name:  layer/w\n[[1.]\n [1.]]\n# Total number of params: 2\n"
        "tensor_name:  v\nKey v not found in checkpoint\n"
    )


@pytest.mark.slow
@on_tensorflow_2
def test_every_form_of_import(run, tmp_path):
    (tmp_path / "beside.py").write_text("import tensorflow as tf\nVERSION = tf.__version__\n")
    done = run(
        "import tensorflow as tf\n"
        "import tensorflow.contrib.rnn as rnn_1\n"
        "from tensorflow.contrib import rnn as rnn_2\n"
        "import importlib, pickle, sys\n"
        "rnn_3 = importlib.import_module('tensorflow.contrib.rnn')\n"
        "rnn_4 = __import__('tensorflow.contrib.rnn').contrib.rnn\n"
        "print(rnn_1 is rnn_2 is rnn_3 is rnn_4 is tf.contrib.rnn)\n"
        "from tensorflow.python.ops import rnn_cell_impl\n"
        "import tensorflow.python.ops.rnn_cell as cells\n"
        "from tensorflow.python.layers.core import Dense\n"
        "from tensorflow.contrib.rnn import *\n"
        "print(LSTMCell is tf.nn.rnn_cell.LSTMCell is cells.LSTMCell is rnn_cell_impl.LSTMCell)\n"
        "print(isinstance(tf.layers.Dense(1), Dense), issubclass(tf.layers.Dense, tf.keras.layers.Layer))\n"
        "print(issubclass(LayerNormBasicLSTMCell, tf.nn.rnn_cell.RNNCell))\n"
        "import beside\n"
        "print(tf.__version__, tf.VERSION, beside.VERSION, tf.compat.v1 is tf)\n"
        "def late():\n"
        "    from tensorflow.contrib.seq2seq import BahdanauAttention\n"
        "    return BahdanauAttention.__module__\n"
        "print(late())\n"
        "print(pickle.loads(b'ctensorflow.contrib.learn.python.learn.preprocessing.text\\nVocabularyProcessor\\n.'))\n"
        "try:\n    import tensorflow.foo\nexcept ImportError as error:\n    print(error)\n"
        "try:\n    tf.foo\nexcept AttributeError as error:\n    print(error)\n"
        "print(hasattr(sys.modules['tensorflow'], 'contrib'), sys.modules['tensorflow'].__version__[0])\n"
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "True",
        "True",
        "True True",
        "True",
        "1.15.5 1.15.5 1.15.5 True",
        "tensorflow.contrib.seq2seq.python.ops.attention_wrapper",
        "<class 'tensorflow.contrib.learn.python.learn.preprocessing.text.VocabularyProcessor'>",
        "No module named 'tensorflow.foo'",
        "module 'tensorflow' has no attribute 'foo'",
        "False 2",
    ]


@pytest.mark.slow
@on_tensorflow_2
def test_parts_of_contrib_that_are_no_modules(run):
    done = run(
        "import tensorflow as tf\n"
        "from tensorflow.contrib.tensorboard.plugins import projector\n"
        "config = projector.ProjectorConfig()\n"
        "config.embeddings.add().tensor_name = 'embedding'\n"
        "print(config.embeddings[0].tensor_name, tf.contrib.training.HParams(a=3).to_proto().hparam['a'].int64_value)\n"
        "print(tf.contrib.learn.datasets.load_iris().data.shape)\n"
        "c = tf.constant([1.0, 2.0])\n"
        "y = tf.multiply(c, 3.0, name='y')\n"
        "from tensorflow.contrib import graph_editor\n"
        "copy = graph_editor.copy(graph_editor.sgv(y.op))[1].transformed(y.op)\n"
        "instead = graph_editor.graph_replace(y, {c: c + 1.0})\n"
        "print(copy.name, isinstance(copy, tf.Operation), tf.Session().run(instead))\n"
        "from tensorflow.tools import graph_transforms\n"
        "print(isinstance(1, graph_transforms.Graph), isinstance(1, graph_transforms.Graph.Node))\n"
        "for call in (graph_transforms.TransformGraph, tf.contrib.distribute.initialize_tpu_system):\n"
        "    try:\n        call()\n"
        "    except NotImplementedError as error:\n        print(error)\n"
        "from tensorflow.python.summary.writer import writer_cache\n"
        "writer_cache.FileWriter = lambda directory, graph: directory + '!'\n"
        "print(tf.summary.FileWriterCache.get('set'))\n"
        "class Test(tf.test.TestCase):\n"
        "    def test(self):\n"
        "        self.assertEquals(1, 1)\n"
        "        self.assertItemsEqual([1, 2], [2, 1])\n"
        "        with self.assertRaisesRegexp(ValueError, 'wrong'):\n"
        "            raise ValueError('wrong')\n"
        "        with self.assertRaises(self.failureException):\n"
        "            self.assertEquals(1, 2)\n"
        "tf.test.main()\n",
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[:4] == ["embedding 3", "(150, 4)", "y_1 True [6. 9.]", "False False"]
    assert lines[4].startswith("tensorflow.tools.graph_transforms.TransformGraph needs")
    assert lines[5].startswith("tensorflow.python.tpu.tpu_strategy_util.initialize_tpu_system needs")
    assert lines[6] == "set!"
    assert "[       OK ] Test.test\n" in done.stdout + done.stderr


@pytest.mark.slow
@on_tensorflow_2
def test_old_names_flags_and_digits(run, tmp_path):
    done = run(
        "import tensorflow as tf\n"
        "tf.app.flags.DEFINE_string('log_dir', 'mine', '')\n"
        "tf.app.flags.DEFINE_integer('v', 7, '')\n"
        "FLAGS = tf.app.flags.FLAGS\n"
        "print(FLAGS.log_dir, FLAGS.v)\n"
        "with tf.Session() as session:\n"
        "    print(session.run([tf.mul(2, 3), tf.concat(0, [[1], [2]]), tf.split(0, 2, tf.range(4))]))\n"
        "cell = tf.nn.rnn_cell.BasicLSTMCell(2)\n"
        "tf.nn.rnn_cell.MultiRNNCell([cell] * 2)\n"
        "for name in ('seq2seq.prepare_attention', 'learn.TensorFlowEstimator'):\n"
        "    part, _, name = name.partition('.')\n"
        "    try:\n        getattr(getattr(tf.contrib, part), name)\n"
        "    except AttributeError as error:\n        print(error)\n"
        "tf = tf.compat.v1.compat.v1\n"
        "tf.app.run(lambda argv: print(argv[1:], FLAGS.v))\n",
        "--v=8",
        "rest",
    )
    lines = done.stdout.splitlines()
    assert lines[:2] == [
        "mine 8",
        "[6, array([1, 2], dtype=int32), [array([0, 1], dtype=int32), array([2, 3], dtype=int32)]]",
    ]
    assert "LuongAttention" in lines[2] and "tf.contrib.learn.Estimator" in lines[3] and lines[4] == "['rest'] 8"
    errors = done.stderr.splitlines()
    assert errors[0] == "tf1: tf.mul is TensorFlow 0.x's name of tf.multiply"
    assert [line for line in errors if "will share weights" in line]


@pytest.mark.slow
@on_tensorflow_2
def test_checkpoints_of_older_versions(run):
    done = run(
        "import numpy as np\n"
        "import tensorflow as tf\n"
        "old = tf.Graph()\n"
        "with old.as_default(), tf.Session() as session:\n"
        "    tf.Variable(np.ones((3, 8), np.float32), name='RNN/MultiRNNCell/Cell0/BasicLSTMCell/Linear/Matrix')\n"
        "    tf.Variable(np.zeros(8, np.float32), name='RNN/MultiRNNCell/Cell0/BasicLSTMCell/Linear/Bias')\n"
        "    tf.Variable(5, name='global_step')\n"
        "    session.run(tf.global_variables_initializer())\n"
        "    print(tf.train.Saver(write_version=tf.train.SaverDef.V1).save(session, './old.ckpt'))\n"
        "cell = tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.BasicLSTMCell(2)])\n"
        "tf.nn.dynamic_rnn(cell, tf.zeros([1, 2, 1]), dtype=tf.float32)\n"
        "step = tf.Variable(0, name='global_step')\n"
        "with tf.Session() as session:\n"
        "    tf.train.Saver().restore(session, './old.ckpt')\n"
        "    print(session.run([tf.reduce_sum(tf.trainable_variables()[0]), step]))\n"
    )
    assert done.stdout.splitlines() == ["./old.ckpt", "[24.0, 5]"]
    assert "kernel from RNN/MultiRNNCell/Cell0/BasicLSTMCell/Linear/Matrix" in done.stderr
