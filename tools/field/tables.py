"""The tables: where each lies in the packages, and its column to be learned. Unpacked, and turned to CSV where the project reads nothing else.

The packages come by their ordinary clients, apt-get and npm, from wherever these are set up to look.
"""

import csv
import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

SKLEARN = "usr/lib/python3/dist-packages/sklearn/datasets/data/"
WEKA = "usr/share/doc/weka/examples/"
VEGA = "package/data/"
DEBIAN_PACKAGES = ["python3-sklearn", "weka"]
NPM_PACKAGE = "vega-datasets"

# File, column to be learned; a column for each table that is learned in more than one way. Smallest first.
TABLES = [
    (WEKA + "weather.nominal.arff", "play"),
    (WEKA + "weather.numeric.arff", "play"),
    (VEGA + "burtin.json", "Gram_Staining"),
    (SKLEARN + "linnerud_exercise.csv", "Jumps"),
    (WEKA + "contact-lenses.arff", "contact-lenses"),
    (VEGA + "crimea.json", "disease"),
    (VEGA + "anscombe.json", "Y"),
    (VEGA + "ohlc.json", "signal"),
    (VEGA + "wheat.json", "wheat"),
    (VEGA + "iowa-electricity.csv", "net_generation"),
    (VEGA + "population_engineers_hurricanes.csv", "hurricanes"),
    (VEGA + "driving.json", "gas"),
    (WEKA + "labor.arff", "class"),
    (VEGA + "la-riots.csv", "type"),
    (VEGA + "barley.json", "yield"),
    (VEGA + "us-employment.csv", "nonfarm"),
    (VEGA + "sp500.csv", "price"),
    (VEGA + "global-temp.csv", "temp"),
    (SKLEARN + "iris.csv", "column_5"),
    (WEKA + "iris.2D.arff", "class"),
    (SKLEARN + "wine_data.csv", "column_14"),
    (VEGA + "gapminder-health-income.csv", "health"),
    (WEKA + "cpu.arff", "class"),
    (WEKA + "cpu.with.vendor.arff", "class"),
    (WEKA + "glass.arff", "Type"),
    (VEGA + "budgets.json", "value"),
    (WEKA + "breast-cancer.arff", "Class"),
    (VEGA + "penguins.json", "Species"),
    (VEGA + "penguins.json", "Body Mass (g)"),
    (WEKA + "ionosphere.arff", "class"),
    (VEGA + "cars.json", "Origin"),
    (VEGA + "cars.json", "Miles_per_Gallon"),
    (WEKA + "vote.arff", "Class"),
    (SKLEARN + "diabetes_data_raw.csv.gz", "column_3"),
    (VEGA + "normal-2d.json", "v"),
    (SKLEARN + "boston_house_prices.csv", "MEDV"),
    (VEGA + "income.json", "pct"),
    (VEGA + "stocks.csv", "price"),
    (SKLEARN + "breast_cancer.csv", "column_31"),
    (VEGA + "population.json", "people"),
    (VEGA + "countries.json", "life_expect"),
    (VEGA + "gapminder.json", "life_expect"),
    (WEKA + "soybean.arff", "class"),
    (VEGA + "co2-concentration.csv", "CO2"),
    (WEKA + "diabetes.arff", "class"),
    (VEGA + "disasters.csv", "Deaths"),
    (WEKA + "unbalanced.arff", "Outcome"),
    (WEKA + "credit-g.arff", "class"),
    (VEGA + "seattle-weather.csv", "weather"),
    (WEKA + "segment-challenge.arff", "class"),
    (VEGA + "unemployment-across-industries.json", "rate"),
    (SKLEARN + "digits.csv.gz", "column_65"),
    (VEGA + "flights-2k.json", "delay"),
    (VEGA + "weather.csv", "weather"),
    (VEGA + "movies.json", "IMDB Rating"),
    (VEGA + "airports.csv", "longitude"),
    (VEGA + "windvectors.csv", "speed"),
    (VEGA + "sp500-2000.csv", "close"),
    (VEGA + "football.json", "home_score"),
]


def fetch(folder):
    """Download and unpack the packages, unless they are there."""
    files = folder / "files"
    if files.exists():
        return files
    packages = folder / "packages"
    packages.mkdir(parents=True, exist_ok=True)
    subprocess.run(["apt-get", "download", "-qq", *DEBIAN_PACKAGES], cwd=packages, check=True)
    subprocess.run(["npm", "pack", "--silent", NPM_PACKAGE], cwd=packages, check=True, stdout=subprocess.DEVNULL)
    unpacked = folder / "unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    unpacked.mkdir()
    for package in sorted(packages.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", package, unpacked], check=True)
    for package in packages.glob("*.tgz"):
        subprocess.run(["tar", "xzf", package, "-C", unpacked], check=True)
    unpacked.rename(files)
    return files


def table(files, path, folder):
    """Return a file that the project reads: the one of the package, or that as CSV."""
    source = files / path
    if source.suffix in (".arff", ".json") or path in (SKLEARN + "iris.csv", SKLEARN + "wine_data.csv", SKLEARN + "breast_cancer.csv"):
        folder.mkdir(parents=True, exist_ok=True)
        made = folder / (source.stem + ".csv")
        if source.suffix == ".arff":
            write(made, *arff(source))
        elif source.suffix == ".json":
            write(made, *objects(source))
        else:
            # The first line counts rows and columns, and names classes.
            made.write_text(source.read_text().split("\n", 1)[1])
        return made
    return source


def write(file, names, rows):
    with open(file, "w", newline="", encoding="utf-8") as out:
        csv.writer(out, lineterminator="\n").writerows([names] + rows)


def arff(file):
    """Return the names and rows of a dense ARFF file."""
    names, rows, data = [], [], False
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        line = line.strip()
        attribute = re.match(r"(?i)@attribute\s+('[^']*'|\"[^\"]*\"|\S+)", line)
        if attribute:
            names.append(attribute[1].strip("'\""))
        elif line.lower().startswith("@data"):
            data = True
        elif data and line and not line.startswith("%"):
            rows.append([cell.strip() for cell in next(csv.reader([line], quotechar="'", escapechar="\\", skipinitialspace=True))])
    return names, rows


def objects(file):
    """Return the names and rows of a JSON list of flat objects."""
    items = json.loads(file.read_text(encoding="utf-8"))
    names = list(dict.fromkeys(name for item in items for name, value in item.items() if not isinstance(value, (dict, list))))
    return names, [["" if item.get(name) is None else item.get(name) for name in names] for item in items]
