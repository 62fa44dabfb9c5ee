"""Installs the newest versions of libraries that programs use, and runs a small job of each under tf1.

    python tests/tools/libraries.py DIRECTORY    with the Python of an environment that has tf1 and pip

Not part of the tests: it downloads some 300 MB into DIRECTORY. The libraries are found by PYTHONPATH, once as a
directory of the user's choice (pip install --target), once as one called site-packages.
"""

import os
import re
import subprocess
import sys
from importlib import metadata

# name on the package index -> job, which prints one line
JOBS = {
    "matplotlib": """
import matplotlib.pyplot as plt
plt.hist([1, 2, 2]), plt.imshow([[1, 2]]), plt.savefig("figure.png")
print(len(open("figure.png", "rb").read()) > 1000)""",
    "pandas": """
import pandas as pd
frame = pd.DataFrame({"a": [1, 2, 2], "b": [1.5, 2.5, 3.5]})
frame.to_csv("frame.csv")
print(pd.read_csv("frame.csv", index_col=0).groupby("a").mean().values.tolist(), pd.concat([frame, frame]).shape)""",
    "scipy": """
import scipy.stats, scipy.sparse, scipy.optimize, scipy.signal, scipy.io
print(round(scipy.stats.norm.cdf(0), 3), scipy.sparse.eye(3).sum())
print(scipy.optimize.minimize(lambda x: (x - 2) ** 2, 0).x.round(3))""",
    "scikit-learn": """
from sklearn import datasets, linear_model, metrics, model_selection, preprocessing, cluster, manifold
x, y = datasets.load_iris(return_X_y=True)
x = preprocessing.StandardScaler().fit_transform(x)
a, b, c, d = model_selection.train_test_split(x, y, random_state=0)
print(metrics.accuracy_score(d, linear_model.LogisticRegression().fit(a, c).predict(b)) > 0.9)
model_selection.cross_val_score(linear_model.LogisticRegression(), x, y, n_jobs=2)
manifold.TSNE(perplexity=5, max_iter=250).fit_transform(x[:20]), cluster.KMeans(2, n_init=1).fit(x)""",
    "Pillow": """
import numpy as np
from PIL import Image
print(np.array(Image.fromarray(np.zeros([8, 8], np.uint8)).resize((4, 4), Image.ANTIALIAS)).shape)""",
    "h5py": """
import h5py, numpy as np
with h5py.File("file.h5", "w") as file:
    file["a"] = np.arange(3)
print(h5py.File("file.h5", "r")["a"][:].tolist())""",
    "tqdm": """
import tqdm
print(sum(tqdm.tqdm(range(3), disable=True)))""",
    "joblib": """
import joblib, numpy as np
joblib.dump({"a": np.ones(2)}, "file.joblib")
print(joblib.load("file.joblib"), joblib.Parallel(n_jobs=2)(joblib.delayed(np.sum)([i, 1]) for i in range(2)))""",
    "nltk": """
import nltk
from nltk.translate.bleu_score import sentence_bleu
print(nltk.FreqDist("abracadabra").most_common(1), sentence_bleu([list("abcde")], list("abcde")))""",
}
TENSORFLOW = "import tensorflow as tf; assert tf.VERSION == '1.15.5'; tf.Session().run(tf.zeros([]))\n"


def install(directory):
    """Installs the libraries, with the numpy of this environment."""
    os.makedirs(directory, exist_ok=True)
    constraints = os.path.join(directory, "constraints.txt")
    with open(constraints, "w") as file:
        file.write("numpy==%s\n" % metadata.version("numpy"))
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade"]
    subprocess.check_call(command + ["-c", constraints, "--target", os.path.join(directory, "libraries"), *JOBS])
    link = os.path.join(directory, "site-packages")
    if not os.path.lexists(link):
        os.symlink("libraries", link)


def run(code, directory, path):
    """(whether it ended well, the last line that it printed) of code under tf1."""
    environment = dict(os.environ, PYTHONPATH=os.path.join(directory, path), MPLBACKEND="Agg")
    command = [sys.executable, "-m", "tf1", "-c", code]
    done = subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True)
    lines = (done.stdout if done.returncode == 0 else done.stderr).splitlines() or ["(nothing)"]
    return done.returncode == 0 and not re.search("warning|error", done.stderr, re.IGNORECASE), lines[-1], done.stderr


def main():
    directory = os.path.abspath(sys.argv[1])
    install(directory)
    failed = 0
    for name, job in JOBS.items():
        for path in ("libraries", "site-packages"):
            for first in ("", TENSORFLOW):
                good, line, errors = run(first + job, directory, path)
                failed += not good
                mark = "ok  " if good else "FAIL"
                print(mark, name, "in", path, "after TensorFlow" if first else "", line, sep=" ", flush=True)
                if not good:
                    print("\n".join("     " + text for text in errors.splitlines()[-6:]))
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
