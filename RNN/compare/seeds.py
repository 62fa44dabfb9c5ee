"""The spread over seeds of the parts whose original initial weights are unknown (make seeds)."""

import os
import subprocess
import sys
import tempfile

from common import console, errors, parts, records
from common.parts import BY_SCRIPT

from compare import readme_2018

SEEDS = 100  # 0 to 99: the tolerance is their largest distance to the original, the default seed the closest
NOT_SELECTED = range(100, 110)  # of which nothing was chosen


def run():
    """Runs the parts with 110 seeds and writes data/seeds.json, which takes about an hour.

    Raises:
        RunError: a run failed.
    """
    content = readme_2018.seeds()
    with tempfile.TemporaryDirectory() as scratch:
        for script in content:
            runs = {}
            for seed in console.progress([*range(SEEDS), *NOT_SELECTED], "seed"):
                command = [sys.executable, os.path.join(parts.ROOT, "RNN", script), "--seed", str(seed)]
                if subprocess.run(command + ["--out", scratch], stdout=subprocess.DEVNULL).returncode:
                    raise errors.RunError("%s --seed %d failed" % (script, seed))
                runs[seed] = records.read(os.path.join(scratch, BY_SCRIPT[script].record))
            theirs = readme_2018.of_script(script)
            others = readme_2018.spread({seed: runs.pop(seed) for seed in NOT_SELECTED}, theirs)
            content[script] = readme_2018.spread(runs, theirs)
            content[script]["not_selected"] = {key: others[key] for key in ("seed", "distance", "mean_square_error")}
            distance, seed = min(zip(content[script]["distance"], content[script]["seed"]))
            print("%s: seed %d is the closest to the original, RMSE %.5f" % (script, seed, distance))
    records.write(readme_2018.SEEDS, content)
