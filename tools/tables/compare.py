#!/usr/bin/env python3
"""Train what init writes for tables that nobody here made, beside scikit-learn on the same rows, and write docs/TABLES.md.

    make tables

Needs Debian's python3-sklearn, apt-get, dpkg and npm. Runs that are finished are not repeated: remove target/tables to start over.
"""

import argparse
import csv
import datetime
import gzip
import json
import re
import shutil
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

from commands import Commands  # noqa: E402
from tables import SKLEARN, VEGA, WEKA, fetch, table  # noqa: E402

SPLITS = 10
TEST_SHARE = 0.2
MISSING = ("", "?", "NA", "NaN", "null")

# Name, file, column to be learned; the rules of init were chosen on the first list, and not looked at on the second.
CHOSEN_ON = [
    ("iris", SKLEARN + "iris.csv", "column_5"),
    ("wine", SKLEARN + "wine_data.csv", "column_14"),
    ("breast cancer", SKLEARN + "breast_cancer.csv", "column_31"),
    ("digits", SKLEARN + "digits.csv.gz", "column_65"),
    ("diabetes progression", SKLEARN + "diabetes_data_raw.csv.gz", "target"),
    ("Boston", SKLEARN + "boston_house_prices.csv", "MEDV"),
    ("cpu", WEKA + "cpu.arff", "class"),
    ("glass", WEKA + "glass.arff", "Type"),
    ("ionosphere", WEKA + "ionosphere.arff", "class"),
    ("breast cancer, Ljubljana", WEKA + "breast-cancer.arff", "Class"),
    ("diabetes, Pima", WEKA + "diabetes.arff", "class"),
    ("weather", VEGA + "weather.csv", "weather"),
    ("weather, Seattle", VEGA + "seattle-weather.csv", "weather"),
    ("soybean", WEKA + "soybean.arff", "class"),
    ("credit", WEKA + "credit-g.arff", "class"),
    ("segment", WEKA + "segment-challenge.arff", "class"),
    ("movies", VEGA + "movies.json", "IMDB Rating"),
]
UNSEEN = [
    ("penguins", VEGA + "penguins.json", "Species"),
    ("penguins, mass", VEGA + "penguins.json", "Body Mass (g)"),
    ("cars, origin", VEGA + "cars.json", "Origin"),
    ("cars, mileage", VEGA + "cars.json", "Miles_per_Gallon"),
    ("countries", VEGA + "countries.json", "life_expect"),
    ("labor", WEKA + "labor.arff", "class"),
    ("cpu with vendor", WEKA + "cpu.with.vendor.arff", "class"),
    ("vote", WEKA + "vote.arff", "Class"),
]

ABOUT = """# Tables beside scikit-learn

The config that `init` writes for a table, unedited, beside two models of scikit-learn {version} with their default settings and
enough iterations: the multi-layer perceptron (MLPClassifier, MLPRegressor, at most 1,000 epochs) and logistic regression (at
most 5,000 iterations), for numbers linear regression. They read the columns that `init` uses, prepared as usual: numbers standardized,
gaps filled with the median, names as one input for each, a numeric target standardized. `make tables` fetches the tables from the
packages scikit-learn and Weka of Debian and vega-datasets of npm, converts ARFF and JSON to CSV, trains and writes this page. It is of
{date}, chainrule {version_of_ours}.

For each of {splits} splits, a fifth of the rows is the test set, the same for all: the last rows in the order of
`numpy.random.default_rng(split).permutation(rows)`, split being 1 to {splits}. All train on the other rows; of more than 1,000 rows
the config keeps an eighth of these for validation, as `init` writes it. The score is the accuracy; of numbers, R². A difference is the mean
over the splits of (score of the config − score of the other), with the standard error of that mean; below −2 standard errors it is
marked. The rules by which `init` chooses were tried on the tables of the first part, none of them on those of the second.

"""


HEAD = [
    "| table | rows | target | config of init | perceptron | difference | regression | difference |",
    "|---|---|---|---|---|---|---|---|",
]


def cells(files, path):
    """Return the names and rows of a table; those of a file without a header are numbered as Chainrule numbers them."""
    file = table(files, path, FOLDER / "csv")
    with gzip.open(file, "rt") if file.suffix == ".gz" else open(file, encoding="utf-8-sig", newline="") as text:
        lines = text.read().splitlines()
    rows = list(csv.reader(lines)) if "," in lines[0] else [line.split() for line in lines]
    if path == SKLEARN + "boston_house_prices.csv":
        return rows[1], rows[2:]
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


def must(program, *args):
    """Run a command; a failure ends this program with its message."""
    code, said = program(*args)
    if code:
        raise SystemExit(" ".join(map(str, args)) + "\n" + said)


def used(config):
    """Return the columns that a config of init reads."""
    found = re.findall(r"^      - (.+?)   # ", config.read_text(), re.M)
    return [(json.loads(name) if name.startswith('"') else name).replace("$${", "${") for name in found]


def scores(program, config, folder, names, rows, target, seed):
    """Return the scores of the config and of both peers on one split, which are kept in a file."""
    kept = folder / f"split-{seed}.json"
    if kept.exists():
        return json.loads(kept.read_text())
    order = numpy.random.default_rng(seed).permutation(len(rows))
    rows = [rows[i] for i in order]
    tested = round(TEST_SHARE * len(rows))
    write(folder / "split.csv", names, rows)
    run = folder / f"run-{seed}"
    shutil.rmtree(run, ignore_errors=True)
    must(
        program, "run", config, "--quiet", "--threads", 1, "--run-dir", run, "--set", f"seed={seed}", "--set", "data.train.file=split.csv",
        "--set", f"data.test={{ count: {tested}, order: last }}",
    )
    metrics = json.loads((run / "run.json").read_text())["result"]["metrics"]
    classes = "test.accuracy" in metrics
    ours = metrics["test.accuracy" if classes else "test.r2"]
    found = [ours, *peers(names, used(config), rows, target, tested, classes, seed)]
    kept.write_text(json.dumps(found))
    return found


def peers(names, inputs, rows, target, tested, classes, seed):
    """Return the scores of the perceptron and of logistic or linear regression."""
    place = names.index(target)
    columns = [names.index(name) for name in inputs]
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
    FOLDER.mkdir(parents=True, exist_ok=True)
    files = fetch(ROOT / "target" / "field")
    jar = ROOT / "pipeline.jar"
    version = subprocess.run(["java", "-jar", jar, "--version"], capture_output=True, text=True, check=True).stdout
    program = Commands(jar, FOLDER)
    text = ABOUT.format(
        version=sklearn.__version__, splits=SPLITS, date=datetime.date.today(), version_of_ours=version.strip().split(" ", 1)[1]
    )
    differences = []
    for title, tables in (("Tables on which the rules were tried", CHOSEN_ON), ("Tables that they were not tried on", UNSEEN)):
        lines, found = compared(program, files, tables)
        differences += found
        text += f"## {title}\n\n" + "\n".join([*HEAD, *lines]) + "\n\n" + summary(found) + "\n\n"
    text += "## All tables\n\n" + summary(differences) + "\n"
    (ROOT / "docs" / "TABLES.md").write_text(text, encoding="utf-8")
    print(text.splitlines()[-1])


def compared(program, files, tables):
    """Return the row of each table, and its two differences, to the perceptron and to the regression."""
    lines, differences = [], []
    for name, path, target in tables:
        folder = FOLDER / re.sub(r"[^a-z]+", "-", name.lower())
        folder.mkdir(parents=True, exist_ok=True)
        names, rows = cells(files, path)
        rows = [row for row in rows if row[names.index(target)] not in MISSING]
        write(folder / "table.csv", names, rows)
        config = folder / "config.yaml"
        must(program, "init", "--force", "--csv", folder / "table.csv", "--target", target, "-o", config)
        must(program, "validate", "--strict", config)
        found = list(zip(*(scores(program, config, folder, names, rows, target, seed) for seed in range(1, SPLITS + 1))))
        differences.append([difference(found[0], other) for other in found[1:]])
        values = len({row[names.index(target)] for row in rows})
        kind = f"{values} classes" if "softmax" in config.read_text() else "number"
        own, mlp, linear = (f"{statistics.mean(each):.4f}" for each in found)
        first, second = (f"{mean:+.4f} ± {error:.4f}" + (" (low)" if is_low(mean, error) else "") for mean, error in differences[-1])
        lines.append(f"| {name} | {len(rows)} | {kind} | {own} | {mlp} | {first} | {linear} | {second} |")
        print(lines[-1], flush=True)
    return lines, differences


def is_low(mean, error):
    return mean < -2 * error


def summary(differences):
    """Return the means over tables, and how many differences are low."""
    mlp, linear = (statistics.mean(pair[i][0] for pair in differences) for i in range(2))
    low = sum(is_low(*each) for pair in differences for each in pair)
    return (
        f"Mean difference over {len(differences)} tables: {mlp:+.4f} to the perceptron, {linear:+.4f} to regression. "
        f"Of {2 * len(differences)} differences, {low} {'is' if low == 1 else 'are'} below zero by more than two standard errors."
    )


if __name__ == "__main__":
    main()
