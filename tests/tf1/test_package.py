"""The package as it is installed: its files, its dependencies, and that it works outside of the checkout."""

import ast
import glob
import os
import re
import subprocess
import sys
import tarfile
import zipfile

import pytest

pytestmark = pytest.mark.skipif(sys.version_info < (3, 9), reason="the package is for Python 3.9 and later")

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PACKAGE = os.path.join(ROOT, "RNN", "tf1")
# installed next to the package instead of inside: name in site-packages -> file in RNN/tf1
BESIDE = {"tf1_runner.py": "command.py", "tf1.pth": "program/tf1.pth"}


def call(*command, **settings):
    """Runs a command outside of the checkout's reach; returns its standard output."""
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, **settings)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files_of_git():
    """The tracked files of RNN/tf1, relative to it."""
    if not os.path.exists(os.path.join(ROOT, ".git")):
        pytest.skip("not a git checkout")
    return sorted(call("git", "ls-files", cwd=PACKAGE).split())


def build(source, target, out):
    """Builds a wheel or an sdist; returns its path."""
    call(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out), cwd=str(source))
    (path,) = glob.glob(os.path.join(str(out), "*.whl" if target == "wheel" else "*.tar.gz"))
    return path


def environment_of_its_own(directory):
    """Makes a virtual environment that sees the packages of this one, but not the checkout; returns its Python."""
    call(sys.executable, "-m", "venv", "--without-pip", str(directory))
    (site,) = glob.glob(os.path.join(str(directory), "lib", "python*", "site-packages"))
    packages = [path for path in sys.path if os.path.basename(path) == "site-packages"]  # their .pth files do not count
    with open(os.path.join(site, "packages_of_the_tests.pth"), "w") as file:
        file.write("\n".join(packages))
    return os.path.join(str(directory), "bin", "python"), site


def install(python, *what):
    call(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--ignore-installed", "--no-deps",
         "--no-index", "--no-build-isolation", *what)  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """(Python, site-packages) of an environment with the wheel."""
    python, site = environment_of_its_own(tmp_path_factory.mktemp("environment"))
    install(python, wheel)
    return python, site


@pytest.mark.slow
def test_the_wheel_has_the_files_of_the_repository(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
    inside = ["tf1/" + name for name in files_of_git() if name not in BESIDE.values()]
    assert sorted(names) == sorted(inside + list(BESIDE))


@pytest.mark.slow
def test_the_sdist_has_no_tests_and_builds_the_same_wheel(wheel, tmp_path):
    path = build(ROOT, "sdist", tmp_path)
    with tarfile.open(path) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
        archive.extractall(tmp_path, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    of_git = ["RNN/tf1/" + name for name in files_of_git()]
    assert sorted(names) == sorted(of_git + [".gitignore", "LICENSE", "PKG-INFO", "pyproject.toml"])
    again = build(path[: -len(".tar.gz")], "wheel", tmp_path)
    with zipfile.ZipFile(again) as one, zipfile.ZipFile(wheel) as other:
        assert one.namelist() == other.namelist()


@pytest.mark.slow
def test_import_tf1_from_the_wheel(installed, tmp_path):
    python, site = installed
    code = "import tf1 as tf; print(tf.__file__); print(tf.contrib.rnn.BasicLSTMCell(3).state_size)"
    path, size = call(python, "-c", code, cwd=str(tmp_path)).splitlines()
    assert path == os.path.join(site, "tf1", "__init__.py")
    assert size == "LSTMStateTuple(c=3, h=3)"


@pytest.mark.slow
def test_the_command_runs_from_the_wheel(installed, tmp_path):
    python, _ = installed
    assert "tf1 program.py" in call(os.path.join(os.path.dirname(python), "tf1"), "--help", cwd=str(tmp_path))


@pytest.mark.slow
def test_the_other_tf1_is_refused_in_one_line(wheel, tmp_path):
    python, site = environment_of_its_own(tmp_path / "environment")
    install(python, wheel)
    with open(os.path.join(site, "tf1", "__init__.py"), "w") as file:  # as `pip install tf1` leaves it
        file.write("def f1_score(labels, predictions): pass")
    done = subprocess.run([os.path.join(os.path.dirname(python), "tf1"), "x.py"], stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert done.stderr == (
        "tf1: error: the package tf1 in %s is a different one, an F1 metric; 'pip uninstall tf1', then install "
        "tf1-runner again\n" % os.path.join(site, "tf1")
    )


@pytest.mark.slow
def test_an_editable_install_adds_files_next_to_the_package(tmp_path):
    python, site = environment_of_its_own(tmp_path / "environment")
    install(python, "-e", ROOT)
    for name, source in BESIDE.items():
        with open(os.path.join(site, name)) as one, open(os.path.join(PACKAGE, source)) as other:
            assert one.read() == other.read()
    found = call(python, "-c", "import tf1; print(tf1.__file__)", cwd=str(tmp_path)).strip()
    assert found == os.path.join(PACKAGE, "__init__.py")
    call(python, "-m", "pip", "uninstall", "--quiet", "--yes", "tf1-runner")
    assert not [name for name in os.listdir(site) if "tf1" in name]


def declared():
    """Distributions that pyproject.toml names as dependencies, and those that TensorFlow brings."""
    from importlib import metadata

    with open(os.path.join(ROOT, "pyproject.toml"), encoding="utf-8") as file:
        listed = file.read().partition("\ndependencies = [")[2].partition("\n]")[0]
    names = re.findall(r'^    "([\w-]+)', listed, re.MULTILINE)
    names += [re.match(r"[\w-]+", line).group() for line in metadata.requires("tensorflow")]
    return {plain(name) for name in names}


def plain(name):
    return name.lower().replace("_", "-")


def imported():
    """{top-level module: a file of RNN/tf1 that imports it}, the standard library and tf1 left out."""
    found = {}
    for path in glob.glob(os.path.join(PACKAGE, "**", "*.py"), recursive=True):
        with open(path, encoding="utf-8") as file:
            tree = ast.parse(file.read())
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module]
            found.update({name.partition(".")[0]: os.path.relpath(path, PACKAGE) for name in names})
    return {name: path for name, path in found.items() if name not in sys.stdlib_module_names and name != "tf1"}


@pytest.mark.skipif(sys.version_info < (3, 10), reason="Python 3.9 has no list of the standard library")
def test_all_imported_packages_are_declared():
    from importlib import metadata

    allowed, distributions = declared(), metadata.packages_distributions()
    for module, path in imported().items():
        if module == "IPython":  # %load_ext tf1 runs inside of it
            continue
        assert {plain(name) for name in distributions.get(module, [module])} & allowed, (module, path)


def test_the_description_has_no_relative_link():
    with open(os.path.join(PACKAGE, "description.md"), encoding="utf-8") as file:
        assert not re.findall(r"\]\((?!https?://)", file.read())
