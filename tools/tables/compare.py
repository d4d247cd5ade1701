#!/usr/bin/env python3
"""Train what init writes for tables that nobody here made, beside scikit-learn on the same rows, and write docs/TABLES.md.

    make tables

Needs Debian's python3-sklearn, apt-get, dpkg and npm. Runs that are finished are not repeated: remove target/tables to start over.
"""

import argparse
import csv
import gzip
import json
import os
import statistics
import subprocess
import sys
import warnings
from pathlib import Path

import numpy
import sklearn
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "target" / "tables"
sys.path.insert(0, str(ROOT / "tools" / "field"))

from tables import SKLEARN, fetch, table  # noqa: E402

SPLITS = 10
TEST_SHARE = 0.2
MISSING = ("", "?", "NA", "NaN", "null")

# Name, file, column to be learned.
TABLES = [
    ("iris", SKLEARN + "iris.csv", "column_5"),
    ("wine", SKLEARN + "wine_data.csv", "column_14"),
    ("breast cancer", SKLEARN + "breast_cancer.csv", "column_31"),
    ("digits", SKLEARN + "digits.csv.gz", "column_65"),
    ("diabetes", SKLEARN + "diabetes_data_raw.csv.gz", "target"),
]

ABOUT = """# Tables beside scikit-learn

The config that `init` writes for a table, unedited, beside two models of scikit-learn {version} with their default settings and
enough iterations: the multi-layer perceptron (MLPClassifier, MLPRegressor, at most 1,000 epochs) and logistic regression (at
most 5,000 iterations), for numbers linear regression. Their inputs are prepared as usual: numbers standardized, gaps filled with the
median, names as one input for each, a numeric target standardized. `make tables` fetches the tables of scikit-learn from its Debian
package, trains and writes this page.

For each of {splits} splits, a fifth of the rows is the test set, the same for all: the last rows in the order of
`numpy.random.default_rng(split).permutation(rows)`, split being 1 to {splits}. The config trains on seven tenths of the rows and uses a
tenth for validation, as `init` writes it; scikit-learn trains on eight tenths. The score is the accuracy; of numbers, R². A
difference is the mean over the splits of (score of the config − score of the other), with the standard error of that mean.

"""


def program(*args):
    """Run a command of pipeline.jar in one thread; return its output."""
    command = ["java", "-jar", str(ROOT / "pipeline.jar"), *map(str, args)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=FOLDER, env=os.environ | {"NO_COLOR": "1"})
    if done.returncode:
        raise SystemExit(" ".join(command) + "\n" + done.stdout + done.stderr)
    return done.stdout


def cells(files, path):
    """Return the names and rows of a table; those of a file without a header are numbered as Chainrule numbers them."""
    file = table(files, path, FOLDER / "csv")
    with gzip.open(file, "rt") if file.suffix == ".gz" else open(file, encoding="utf-8-sig", newline="") as text:
        lines = text.read().splitlines()
    rows = list(csv.reader(lines)) if "," in lines[0] else [line.split() for line in lines]
    if path == SKLEARN + "diabetes_data_raw.csv.gz":
        with gzip.open(file.with_name("diabetes_target.csv.gz"), "rt") as targets:
            rows = [row + [str(float(target))] for row, target in zip(rows, targets.read().split())]
        return [f"column_{i + 1}" for i in range(len(rows[0]) - 1)] + ["target"], rows
    if path.startswith(SKLEARN):
        return [f"column_{i + 1}" for i in range(len(rows[0]))], [row for row in rows if row]
    return rows[0], rows[1:]


def is_number(cell):
    try:
        float(cell)
        return True
    except ValueError:
        return False


def scores(config, folder, names, rows, target, seed):
    """Return the scores of the config and of both peers on one split, which are kept in a file."""
    kept = folder / f"split-{seed}.json"
    if kept.exists():
        return json.loads(kept.read_text())
    order = numpy.random.default_rng(seed).permutation(len(rows))
    rows = [rows[i] for i in order]
    tested = round(TEST_SHARE * len(rows))
    write(folder / "split.csv", names, rows)
    run = folder / f"run-{seed}"
    program(
        "run", config, "--quiet", "--threads", 1, "--run-dir", run, "--set", f"seed={seed}", "--set", "data.train.file=split.csv",
        "--set", f"data.test={{ count: {tested}, order: last }}",
    )
    metrics = json.loads((run / "run.json").read_text())["result"]["metrics"]
    classes = "test.accuracy" in metrics
    ours = metrics["test.accuracy" if classes else "test.r2"]
    found = [ours, *peers(names, rows, target, tested, classes, seed)]
    kept.write_text(json.dumps(found))
    return found


def peers(names, rows, target, tested, classes, seed):
    """Return the scores of the perceptron and of logistic or linear regression."""
    place = names.index(target)
    columns = [i for i in range(len(names)) if i != place]
    numeric = [i for i in columns if all(row[i] in MISSING or is_number(row[i]) for row in rows)]
    named = [i for i in columns if i not in numeric]
    x = numpy.array([[float(row[i]) if row[i] not in MISSING else numpy.nan for i in numeric] + [row[i] for i in named] for row in rows], dtype=object)
    y = numpy.array([row[place] if classes else float(row[place]) for row in rows])
    count = len(numeric)
    numbers, words = list(range(count)), list(range(count, x.shape[1]))

    def prepared(model):
        parts = [("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers)]
        parts += [("names", OneHotEncoder(handle_unknown="ignore"), words)] if words else []
        whole = make_pipeline(ColumnTransformer(parts), model)
        return whole if classes else TransformedTargetRegressor(whole, transformer=StandardScaler())

    if classes:
        models = MLPClassifier(max_iter=1000, random_state=seed), LogisticRegression(max_iter=5000)
    else:
        models = MLPRegressor(max_iter=1000, random_state=seed), LinearRegression()
    return [prepared(model).fit(x[:-tested], y[:-tested]).score(x[-tested:], y[-tested:]) for model in models]


def write(file, names, rows):
    with open(file, "w", newline="", encoding="utf-8") as out:
        csv.writer(out, lineterminator="\n").writerows([names] + rows)


def difference(own, other):
    """Return the mean paired difference and its standard error."""
    pairs = [a - b for a, b in zip(own, other)]
    return statistics.mean(pairs), statistics.stdev(pairs) / len(pairs) ** 0.5


def main():
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    warnings.filterwarnings("ignore")  # such as an epoch limit that is reached: the scores tell
    files = fetch(ROOT / "target" / "field")
    lines = ["| table | rows | target | config of init | perceptron | difference | regression | difference |", "|---|---|---|---|---|---|---|---|"]
    means, low = ([], []), 0
    for name, path, target in TABLES:
        folder = FOLDER / name.replace(" ", "-")
        folder.mkdir(parents=True, exist_ok=True)
        names, rows = cells(files, path)
        rows = [row for row in rows if row[names.index(target)] not in MISSING]
        write(folder / "table.csv", names, rows)
        config = folder / "config.yaml"
        program("init", "--force", "--csv", folder / "table.csv", "--target", target, "-o", config)
        program("validate", "--strict", config)
        found = list(zip(*(scores(config, folder, names, rows, target, seed) for seed in range(1, SPLITS + 1))))
        differences = [difference(found[0], found[1]), difference(found[0], found[2])]
        for each, mean in zip(differences, means):
            mean.append(each[0])
            low += each[0] < -2 * each[1]
        values = len({row[names.index(target)] for row in rows})
        kind = f"{values} classes" if "softmax" in config.read_text() else "number"
        own, mlp, linear = (f"{statistics.mean(each):.4f}" for each in found)
        shown = [f"{mean:+.4f} ± {error:.4f}" for mean, error in differences]
        lines.append(f"| {name} | {len(rows)} | {kind} | {own} | {mlp} | {shown[0]} | {linear} | {shown[1]} |")
        print(lines[-1], flush=True)
    text = ABOUT.format(version=sklearn.__version__, splits=SPLITS) + "\n".join(lines) + "\n"
    text += f"\nMean difference over all tables: {statistics.mean(means[0]):+.4f} to the perceptron, {statistics.mean(means[1]):+.4f} to "
    text += f"regression. Of {2 * len(TABLES)} differences, {low} are below zero by more than two standard errors.\n"
    (ROOT / "docs" / "TABLES.md").write_text(text, encoding="utf-8")
    print(text.splitlines()[-2])


if __name__ == "__main__":
    main()
