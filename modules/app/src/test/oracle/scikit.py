#!/usr/bin/env python3
"""Compute the inputs that transforms make of columns with scikit-learn itself.

    python3 modules/app/src/test/oracle/scikit.py           writes modules/app/src/test/resources/oracle/scikit.json
    python3 modules/app/src/test/oracle/scikit.py --check   computes again and compares, writes nothing

Needs Debian's python3-sklearn; the tests do not. Version 1.2 has no TargetEncoder: columns.py computes target_mean.
"""

import json
import sys
from pathlib import Path

import numpy as np
from columns import TABLE, table
from components import numbers
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    KBinsDiscretizer,
    MinMaxScaler,
    MultiLabelBinarizer,
    OneHotEncoder,
    OrdinalEncoder,
    RobustScaler,
    StandardScaler,
)

FILE = Path(__file__).parents[1] / "resources/oracle/scikit.json"
NAMES = ["a", "b", "c", "gaps", "city", "tags", "text", "y"]
NUMBERS, GAPS, CITY, TAGS, TEXT = [0, 1, 2], [3], [4], 5, 6
WORDS = r"[^\W_]+(?:'[^\W\d_]+)*"


def rows(draw, count):
    """Numbers of three scales that depend on each other, gaps, names, sets, and texts of the words of a lexicon."""
    lexicon = ["the", "Café", "isn't", "good", "GOOD", "2", "times", "bad,", "(very)", "naïve"]
    mixed = draw.normal(0, 1, (count, 3))
    return {
        "a": (3 * mixed[:, 0] + 10).round(3),
        "b": np.exp(mixed[:, 0] + mixed[:, 1]).round(3),
        "c": (0.5 * mixed[:, 2] - mixed[:, 1]).round(3),
        "gaps": np.array(["" if n < 0 else f"{n:.2f}" for n in draw.normal(1, 1, count)], object),
        "city": np.array(["Bonn", "Jena", "Kiel"], object)[draw.integers(0, 3, count)],
        "tags": np.array(["|".join(sorted({f"t{n}" for n in draw.integers(0, 5, 3)})) for _ in range(count)], object),
        "text": np.array([" ".join(lexicon[n] for n in draw.integers(0, 10, 6)) for _ in range(count)], object),
        "y": draw.normal(0, 1, count).round(3),
    }


def binarizer(train):
    """MultiLabelBinarizer is made for targets: it takes no part in pipelines."""
    fitted = MultiLabelBinarizer().fit([cell.split("|") for cell in train])
    return FunctionTransformer(lambda x: fitted.transform([cell.split("|") for cell in x]))


def positive(train):
    """The signs that make the entry of greatest magnitude of each component positive, which scikit-learn 1.2 does not promise."""
    fitted = PCA(2).fit(train)
    greatest = np.abs(fitted.components_).argmax(1)
    return np.sign(fitted.components_[np.arange(2), greatest])


def compute():
    draw = np.random.default_rng(31)
    parts = {"train": rows(draw, 45), "new": rows(draw, 14)}
    parts["new"]["city"][3] = "Rome"
    files = {}
    arrays = {}
    for part, columns in parts.items():
        files[part] = table(",".join(NAMES), *(columns[n] if n != "text" else [f'"{c}"' for c in columns[n]] for n in NAMES))
        arrays[part] = np.stack([columns[name].astype(object) for name in NAMES], 1)
        arrays[part][:, 3] = [float(cell) if cell else np.nan for cell in columns["gaps"]]
    train = arrays["train"]
    signs = positive(train[:, NUMBERS].astype(float))

    def pca(whiten):
        return make_pipeline(PCA(2, whiten=whiten), FunctionTransformer(lambda x: x * signs))

    def bins(count, strategy):
        return KBinsDiscretizer(count, encode="onehot-dense", strategy=strategy, subsample=None)

    def words(most=None):
        return CountVectorizer(lowercase=True, token_pattern=WORDS, max_features=most)

    words_of_ours = "text: words"
    filled = "missing: keep, columns: [ gaps ]"
    number = "columns: [ a, b, c ]"
    described = {
        "standardize": (number, "standardize", [(StandardScaler(), NUMBERS)]),
        "min_max": (number, "{ type: min_max, from: -1, to: 3 }", [(MinMaxScaler((-1, 3)), NUMBERS)]),
        "robust": (number, "robust", [(RobustScaler(), NUMBERS)]),
        "bins by quantiles": (number, "{ type: bins, count: 4 }", [(bins(4, "quantile"), NUMBERS)]),
        "bins by widths": (number, "{ type: bins, count: 3, by: widths }", [(bins(3, "uniform"), NUMBERS)]),
        "pca": (number, "{ type: pca, components: 2 }", [(pca(False), NUMBERS)]),
        "pca whitened": (number, "{ type: pca, components: 2, whiten: true }", [(pca(True), NUMBERS)]),
        "fill with mean": (filled, "{ type: fill, with: mean }", [(SimpleImputer(), GAPS)]),
        "fill with median": (
            filled,
            "{ type: fill, with: median, indicator: true }",
            [(SimpleImputer(strategy="median", add_indicator=True), GAPS)],
        ),
        "fill with most_common": (filled, "{ type: fill, with: most_common }", [(SimpleImputer(strategy="most_frequent"), GAPS)]),
        "names": ("columns: [ city ]", "", [(OneHotEncoder(handle_unknown="ignore", sparse_output=False), CITY)]),
        "ordinal names": (
            "columns: [ city, a ], encode: { city: ordinal }",
            "",
            [(OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1), CITY), ("passthrough", [0])],
        ),
        "sets": ("columns: [ tags ], encode: { tags: { as: sets, separator: '|' } }", "", [(binarizer(train[:, TAGS]), TAGS)]),
        "words": (f"columns: [ text ], encode: {{ {words_of_ours} }}", "", [(words(), TEXT)]),
        "tf_idf": (
            f"columns: [ text ], encode: {{ {words_of_ours} }}",
            "{ type: tf_idf, columns: [ text ] }",
            [(make_pipeline(words(), TfidfTransformer()), TEXT)],
        ),
    }
    cases = {}
    for name, (keys, transforms, peers) in described.items():
        config = TABLE % ("y", ", " + keys, "y", ", " + keys, transforms, 1, "quadratic")
        fitted = ColumnTransformer([(str(i), model, columns) for i, (model, columns) in enumerate(peers)], sparse_threshold=0)
        fitted.fit(train)
        made = {test: np.asarray(fitted.transform(arrays[part]), float).tolist() for part, test in (("train", "train"), ("new", "test"))}
        cases[name] = {"config": config, "rows": made}
    return {"tables": files, "cases": cases}


def main():
    facts = compute()
    if sys.argv[1:] == ["--check"]:
        stored = json.loads(FILE.read_text())
        differences = [abs(a - b) / max(1, abs(a)) for a, b in zip(numbers(facts), numbers(stored), strict=True)]
        print(f"largest difference from the stored numbers: {max(differences):.1e}")
        sys.exit(0 if max(differences) <= 1e-13 else 1)
    FILE.write_text(json.dumps(facts) + "\n")
    print(f"{len(facts['cases'])} cases, {len(numbers(facts))} numbers and {FILE.stat().st_size} bytes of JSON in {FILE.parent}")


if __name__ == "__main__":
    main()
