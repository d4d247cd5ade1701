#!/usr/bin/env python3
"""Compute weighted and embedded learning from tables and the inputs that transforms make of columns, independently of Chainrule.

    python3 modules/app/src/test/oracle/columns.py           writes modules/app/src/test/resources/oracle/columns.json
    python3 modules/app/src/test/oracle/columns.py --check   computes again and compares, writes nothing

Needs NumPy; the tests do not. Numbers are computed in numpy.longdouble and rounded once.
"""

import datetime
import hashlib
import json
import re
import sys
from pathlib import Path

import numpy as np
from components import numbers
from layers import philox

REAL = np.longdouble
FILE = Path(__file__).parents[1] / "resources/oracle/columns.json"
ROWS, BATCH, EPOCHS, RATE = 14, 5, 7, REAL("0.3")

HEAD = """
seed: 1
precision: float64
data:
  train: { type: csv, file: train.csv, %s }
  batch_size: 5
  shuffle: false
"""
WEIGHTED = HEAD + """
model: [ { type: dense, units: %s, weights: 0 } ]
loss: %s
optimizer: { type: sgd, learning_rate: 0.3 }
training: { epochs: 7%s }
allow: [ mismatched_output, identical_units ]
"""


def table(names, *columns):
    return "\n".join([names, *(",".join(str(cell) for cell in row) for row in zip(*columns))]) + "\n"


def softmax(z):
    powers = np.exp(z - z.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def descend(x, y, weights, output, decay=0):
    """Minimise the sum of weight times cost, divided by the rows of a batch, from zeros.

    The result is the mean of the parameters after all updates, each weighted by decay to the power of the updates since.
    """
    w, b = np.zeros((x.shape[1], y.shape[1]), REAL), np.zeros((1, y.shape[1]), REAL)
    after = []
    for _ in range(EPOCHS):
        for at in range(0, ROWS, BATCH):
            some = slice(at, at + BATCH)
            delta = weights[some, None] * (output(x[some] @ w + b) - y[some]) / len(x[some])
            w, b = w - RATE * x[some].T @ delta, b - RATE * delta.sum(0, keepdims=True)
            after.append((w, b))
    shares = REAL(decay) ** np.arange(len(after))[::-1]
    w, b = (sum(share * each[i] for share, each in zip(shares, after)) / shares.sum() for i in range(2))
    return {"dense_1.weights": np.float64(w).tolist(), "dense_1.biases": np.float64(b).tolist()}


def weighted():
    draw = np.random.default_rng(22)
    a, b = draw.normal(0, 1, ROWS).round(3), draw.normal(1, 2, ROWS).round(3)
    weight = draw.integers(0, 9, ROWS) / 4
    kind = draw.integers(0, 3, ROWS)
    price = (2 * a - b + draw.normal(0, 1, ROWS)).round(3)
    x = np.stack([a, b], 1).astype(REAL)
    of_class = np.array([1, 2, REAL("0.5")], REAL)[kind]
    classes = table("weight,a,kind,b", weight, a, [f"c{k}" for k in kind], b)
    values = table("a,price,b,w", a, price, b, weight)
    return {
        "values": {
            "table": values,
            "config": WEIGHTED % ("target: price, weight: w", 1, "quadratic", ""),
            "tensors": descend(x, price[:, None].astype(REAL), weight.astype(REAL), lambda z: z),
        },
        "averages": {
            "table": values,
            "config": WEIGHTED % ("target: price, weight: w", 1, "quadratic", ", average: { decay: 0.9 }"),
            "tensors": descend(x, price[:, None].astype(REAL), weight.astype(REAL), lambda z: z, "0.9"),
        },
        "classes": {
            "table": classes,
            "config": WEIGHTED.replace("0 }", "0, activation: softmax }")
            % ("target: kind, weight: weight", 3, "cross_entropy", ", class_weights: { c1: 2, c2: 0.5 }"),
            "tensors": descend(x, np.eye(3, dtype=REAL)[kind], of_class * weight, softmax),
        },
    }


EMBEDDED = HEAD + """
model:
  - { type: embed, columns: [ zip, size ], width: 2, weights: { type: values, rows: %s } }
  - { type: dense, units: 1, weights: { type: values, rows: %s } }
loss: quadratic
optimizer: { type: sgd, learning_rate: 0.3 }
training: { epochs: 7 }
"""


def embedded():
    """A linear network of a number and of the features of two ordinal columns, whose tables begin with the same numbers."""
    draw = np.random.default_rng(23)
    age = draw.normal(0, 1, ROWS).round(3)
    zips, sizes = draw.integers(0, 3, ROWS), draw.integers(0, 3, ROWS)
    price = (age + zips - 2 * (sizes == 1) + draw.normal(0, 0.1, ROWS)).round(3)
    first, weights = draw.normal(0, 1, (3, 2)).round(3), draw.normal(0, 1, (5, 1)).round(3)
    tables = {"zip": first.astype(REAL), "size": first.astype(REAL)}
    w, b = weights.astype(REAL), np.zeros((1, 1), REAL)
    for _ in range(EPOCHS):
        for at in range(0, ROWS, BATCH):
            some = slice(at, at + BATCH)
            z, s = np.eye(3, dtype=REAL)[zips[some]], np.eye(3, dtype=REAL)[sizes[some]]
            x = np.concatenate([z @ tables["zip"], age[some, None], s @ tables["size"]], 1)
            delta = (x @ w + b - price[some, None]) / len(x)
            back = delta @ w.T
            w, b = w - RATE * x.T @ delta, b - RATE * delta.sum(0, keepdims=True)
            tables["zip"] = tables["zip"] - RATE * z.T @ back[:, :2]
            tables["size"] = tables["size"] - RATE * s.T @ back[:, 3:]
    named = {f"embed_1.{name}": rows for name, rows in tables.items()} | {"dense_1.weights": w, "dense_1.biases": b}
    keys = "target: price, encode: { zip: ordinal, size: { as: ordinal, order: [ small, medium, large ] } }"
    return {
        "embed": {
            "table": table(
                "zip,age,size,price",
                [f"{z}0115" for z in zips],
                age,
                [["small", "medium", "large"][s] for s in sizes],
                price,
            ),
            "config": EMBEDDED % (keys, first.tolist(), weights.tolist()),
            "tensors": {name: np.float64(rows).tolist() for name, rows in named.items()},
        }
    }


def below(seed, stream, index, bound):
    """The first draw below a bound at a place of a stream, by Lemire's method; no draw of these tables is rejected."""
    digest = hashlib.sha256(f"{seed}\n{stream}".encode()).digest()
    key = int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:8], "big")
    product = philox((0, index, 0, 0), key)[0] * bound
    assert product % (1 << 32) >= bound
    return product >> 32


def target_mean(train, new, y, stream, folds=5, smoothing=10):
    """The means of y [rows, numbers] by name: for a training row those of other folds, for others those of all."""
    fold = np.array([below(1, stream, i, folds) for i in range(len(train))])

    def mean(name, some):
        prior = y[some].sum(0) / some.sum() if some.any() else 0 * y[0]
        own = some & (train == name)
        weight = own.sum() + REAL(smoothing)
        return (y[own].sum(0) + smoothing * prior) / weight if weight else prior

    everything = np.ones(len(train), bool)
    return (
        np.stack([mean(train[i], fold != fold[i]) for i in range(len(train))]),
        np.stack([mean(name, everything) for name in new]),
    )


TABLE = """seed: 1
precision: float64
data:
  train: { type: csv, file: train.csv, target: %s, unknown: zeros%s }
  test: { type: csv, file: new.csv, target: %s, unknown: zeros%s }
  transforms: [ %s ]
model: [ { type: dense, units: %s } ]
loss: %s
optimizer: { type: sgd, learning_rate: 0.1 }
allow: [ mismatched_output ]
"""


def encoded():
    """Inputs of training and test rows, by transforms of the columns age, zip and city."""
    draw = np.random.default_rng(24)
    parts = {}
    for part, rows in (("train", 40), ("new", 12)):
        parts[part] = {
            "age": draw.normal(40, 12, rows).round(1),
            "zip": np.array([f"{n:05}" for n in draw.integers(0, 9, rows) * 1111]),
            "city": np.array(["Bonn", "Jena", "Kiel"])[draw.integers(0, 3, rows)],
            "price": draw.normal(100, 30, rows).round(2),
            "kind": np.array(["x", "y", "z"])[draw.integers(0, 3, rows)],
            "sold": np.array(["no", "yes"])[draw.integers(0, 2, rows)],
        }
    train, new = parts["train"], parts["new"]
    new["zip"][3], new["city"][4] = "99999", "Rome"
    files = {part: table(",".join(columns), *columns.values()) for part, columns in parts.items()}

    def case(target, transforms, units, loss, train_rows, new_rows, encode=", encode: { zip: ordinal }"):
        keys = f", columns: [ age, zip, city ]{encode}"
        config = TABLE % (target, keys, target, keys, transforms, units, loss)
        rows = {"train": train_rows, "test": new_rows}
        return {"config": config, "rows": {part: np.float64(x).tolist() for part, x in rows.items()}}

    def age(columns):
        return columns["age"][:, None].astype(REAL)

    def one_hot(columns):
        return (columns["city"][:, None] == ["Bonn", "Jena", "Kiel"]).astype(REAL)

    def ordinal(columns):
        known = sorted(set(train["zip"]))
        return np.array([[known.index(z) if z in known else -1] for z in columns["zip"]], REAL)

    def share(columns, name):
        return np.array([[(train[name] == value).mean(dtype=REAL)] for value in columns[name]], REAL)

    def join(*blocks):
        return np.concatenate(blocks, 1)

    price = train["price"][:, None].astype(REAL)
    kinds = (train["kind"][:, None] == ["x", "y", "z"]).astype(REAL)
    sold = (train["sold"][:, None] == ["yes"]).astype(REAL)
    of_price = target_mean(train["zip"], new["zip"], price, "transforms.0")
    of_kind = target_mean(train["city"], new["city"], kinds, "transforms.1", 3, 0)
    of_sold = target_mean(train["zip"], new["zip"], sold, "transforms.0", 5, 2.5)
    mean, spread = np.mean(of_price[0]), np.std(of_price[0])
    return {
        "tables": files,
        "cases": {
            "ordinal": case(
                "price", "", 1, "quadratic", *(join(age(c), ordinal(c), one_hot(c)) for c in (train, new))
            ),
            "frequency": case(
                "price",
                "{ type: frequency, columns: [ city, zip ] }",
                1,
                "quadratic",
                *(join(age(c), share(c, "zip"), share(c, "city")) for c in (train, new)),
            ),
            "target_mean of numbers": case(
                "price",
                "{ type: target_mean, columns: [ zip ] }",
                1,
                "quadratic",
                *(join(age(c), of_price[i], one_hot(c)) for i, c in enumerate((train, new))),
            ),
            "target_mean of classes": case(
                "kind",
                "{ type: scale, by: 1 }, { type: target_mean, columns: [ city ], folds: 3, smoothing: 0 }",
                3,
                "cross_entropy",
                *(join(age(c), ordinal(c), of_kind[i]) for i, c in enumerate((train, new))),
            ),
            "target_mean of two classes": case(
                "sold",
                "{ type: target_mean, columns: [ zip ], smoothing: 2.5 }",
                2,
                "cross_entropy",
                *(join(age(c), of_sold[i], one_hot(c)) for i, c in enumerate((train, new))),
            ),
            "target_mean standardized": case(
                "price",
                "{ type: target_mean, columns: [ zip ] }, { type: standardize, columns: [ zip_mean ] }",
                1,
                "quadratic",
                *(join(age(c), (of_price[i] - mean) / spread, one_hot(c)) for i, c in enumerate((train, new))),
            ),
        },
    }


def dates(cells, names, cyclic, pattern="%Y-%m-%d"):
    """The parts of dates; those that recur as sine and cosine of their share of a turn if they are cyclic."""
    turns = {"month": 12, "day": 31, "weekday": 7, "day_of_year": 366, "hour": 24, "minute": 60}
    first = {"hour": 0, "minute": 0}
    made = []
    for cell in cells:
        date = datetime.datetime.strptime(cell, pattern)
        parts = {
            "year": date.year,
            "month": date.month,
            "day": date.day,
            "weekday": date.isoweekday(),
            "day_of_year": date.timetuple().tm_yday,
            "days": (date.date() - datetime.date(1970, 1, 1)).days,
            "hour": date.hour,
            "minute": date.minute,
        }
        row = []
        for name in names:
            if cyclic and name in turns:
                turned = 2 * np.pi * REAL(parts[name] - first.get(name, 1)) / turns[name]
                row += [np.sin(turned), np.cos(turned)]
            else:
                row.append(parts[name])
        made.append(row)
    return np.array(made, REAL)


def bucket(text, buckets):
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % buckets


def crossed_bucket(names, buckets):
    """FNV-1a of each text, combined by the finalizer of SplitMix64."""
    h, mask = 0, (1 << 64) - 1
    for name in names:
        own = 0xCBF29CE484222325
        for letter in name:
            own = (own ^ ord(letter)) * 0x100000001B3 & mask
        z = (h * 0x9E3779B97F4A7C15 + own) & mask
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & mask
        z = (z ^ z >> 27) * 0x94D049BB133111EB & mask
        h = z ^ z >> 31
    return h % buckets


def words(text):
    return [word.replace("\u2019", "'") for word in re.findall(r"[^\W_]+(?:['\u2019][^\W\d_]+)*", text.lower())]


def bag(cells, vocabulary, split):
    return np.array([[split(cell).count(name) for name in vocabulary] for cell in cells], REAL)


def tf_idf(train, x):
    """What TfidfTransformer of scikit-learn computes by default: smoothed, and scaled to the norm 1."""
    weights = np.log((1 + len(train)) / (1 + (train > 0).sum(0).astype(REAL))) + 1
    weighted_counts = x * weights
    norm = np.sqrt((weighted_counts**2).sum(1, keepdims=True))
    return weighted_counts / np.where(norm == 0, 1, norm)


def components(train, x, count, whiten=False):
    """Principal components by NumPy's eigenvectors; the number of greatest magnitude of each is positive."""
    centred = np.float64(train - train.mean(0))
    values, vectors = np.linalg.eigh(centred.T @ centred / (len(train) - 1))
    vectors = vectors[:, ::-1][:, :count]
    greatest = np.abs(vectors).argmax(0)
    vectors = vectors * np.sign(vectors[greatest, np.arange(count)])
    projected = (x - train.mean(0)) @ vectors.astype(REAL)
    return projected / np.sqrt(values[::-1][:count].astype(REAL)) if whiten else projected


def formed():
    """Inputs that the source and transforms make of dates, sets, words, hashed and crossed names, and principal components."""
    draw = np.random.default_rng(25)
    lexicon = ["the", "Café", "isn\u2019t", "good", "GOOD", "2", "times", "bad,", "(very)", "na\u00efve"]
    parts = {}
    for part, rows in (("train", 30), ("new", 9)):
        days = [datetime.datetime(2023, 11, 28, 7, 5) + datetime.timedelta(int(n), int(n) * 977) for n in draw.integers(0, 500, rows)]
        mixed = draw.normal(0, 1, (rows, 3))
        parts[part] = {
            "a": (3 * mixed[:, 0] + 10).round(3),
            "b": (mixed[:, 0] + mixed[:, 1]).round(3),
            "c": (0.5 * mixed[:, 2] - mixed[:, 1]).round(3),
            "joined": np.array([day.strftime("%Y-%m-%d") for day in days]),
            "seen": np.array([day.strftime("%d.%m.%Y %H:%M") for day in days]),
            "city": np.array(["Bonn", "Jena", "Kiel"])[draw.integers(0, 3, rows)],
            "size": np.array(["small", "large"])[draw.integers(0, 2, rows)],
            "tags": np.array(["|".join(sorted({f"t{n}" for n in draw.integers(0, 5, 3)}, reverse=True)) for _ in range(rows)]),
            "text": np.array(['"' + " ".join(lexicon[n] for n in draw.integers(0, 10, 6)) + '"' for _ in range(rows)]),
            "y": draw.normal(0, 1, rows).round(3),
        }
    train, new = parts["train"], parts["new"]
    new["tags"][2], new["text"][3] = "t9|t1", '"an unseen word"'
    files = {part: table(",".join(columns), *columns.values()) for part, columns in parts.items()}

    def case(columns, encode, transforms, inputs):
        keys = f", columns: [ {columns} ]" + (f", encode: {{ {encode} }}" if encode else "")
        config = TABLE % ("y", keys, "y", keys, transforms, 1, "quadratic")
        return {"config": config, "rows": {"train": np.float64(inputs(train)).tolist(), "test": np.float64(inputs(new)).tolist()}}

    cities, sizes, tags = ["Bonn", "Jena", "Kiel"], ["large", "small"], [f"t{n}" for n in range(5)]
    counts = {}
    for text in train["text"]:
        for word in words(text):
            counts[word] = counts.get(word, 0) + 1
    every = sorted(counts)
    common = sorted(sorted(every, key=lambda word: -counts[word])[:5])

    def numbers_of(columns):
        return np.stack([columns[name].astype(REAL) for name in "abc"], 1)

    def one_hot(cells, names):
        return (cells[:, None] == names).astype(REAL)

    def bags(columns):
        return bag(columns["text"], every, words)

    def pairs(columns):
        number = [cities.index(c) * 2 + sizes.index(s) for c, s in zip(columns["city"], columns["size"])]
        return np.concatenate([one_hot(columns["city"], cities), one_hot(columns["size"], sizes), np.eye(6)[number]], 1)

    def hashed_pairs(columns):
        number = [crossed_bucket([s, c], 4) for c, s in zip(columns["city"], columns["size"])]
        return np.concatenate([one_hot(columns["city"], cities), one_hot(columns["size"], sizes), np.eye(4)[number]], 1)

    usual = ["year", "month", "day", "weekday"]
    all_parts = ["weekday", "hour", "minute", "days", "day_of_year"]
    written = "parts: [ weekday, hour, minute, days, day_of_year ], cyclic: true, format: 'd.M.uuuu HH:mm'"
    return {
        "tables": files,
        "cases": {
            "dates": case("joined", "joined: dates", "", lambda c: dates(c["joined"], usual, False)),
            "cyclic dates in a format": case(
                "a, seen",
                "seen: { as: dates, " + written + " }",
                "",
                lambda c: np.concatenate([c["a"][:, None], dates(c["seen"], all_parts, True, "%d.%m.%Y %H:%M")], 1),
            ),
            "hash": case(
                "city, a",
                "city: { as: hash, buckets: 7 }",
                "",
                lambda c: np.concatenate([np.eye(7)[[bucket(name, 7) for name in c["city"]]], c["a"][:, None]], 1),
            ),
            "sets": case(
                "tags", "tags: { as: sets, separator: '|' }", "", lambda c: bag(c["tags"], tags, lambda cell: cell.split("|"))
            ),
            "words": case("text", "text: words", "", bags),
            "common words": case(
                "text, a",
                "text: { as: words, most: 5 }",
                "",
                lambda c: np.concatenate([bag(c["text"], common, words), c["a"][:, None]], 1),
            ),
            "tf_idf": case(
                "a, text",
                "text: words",
                "{ type: tf_idf, columns: [ text ] }",
                lambda c: np.concatenate([c["a"][:, None], tf_idf(bags(train), bags(c))], 1),
            ),
            "cross": case("city, size", "", "{ type: cross, columns: [ city, size ] }", pairs),
            "hashed cross": case("city, size", "", "{ type: cross, columns: [ size, city ], buckets: 4 }", hashed_pairs),
            "pca": case(
                "a, b, c", "", "{ type: pca, components: 2 }", lambda c: components(numbers_of(train), numbers_of(c), 2)
            ),
            "whitened pca": case(
                "a, size, b, c",
                "",
                "{ type: pca, components: 2, columns: [ a, c ], whiten: true }",
                lambda c: np.concatenate(
                    [
                        components(numbers_of(train)[:, [0, 2]], numbers_of(c)[:, [0, 2]], 2, True),
                        one_hot(c["size"], sizes),
                        c["b"][:, None],
                    ],
                    1,
                ),
            ),
        },
    }


def compute():
    return {"weighted": weighted(), "embedded": embedded(), "encoded": encoded(), "formed": formed()}


def main():
    facts = compute()
    if sys.argv[1:] == ["--check"]:
        stored = json.loads(FILE.read_text())
        differences = [abs(a - b) / max(1, abs(a)) for a, b in zip(numbers(facts), numbers(stored), strict=True)]
        print(f"largest difference from the stored numbers: {max(differences):.1e}")
        sys.exit(0 if max(differences) <= 1e-13 else 1)
    FILE.write_text(json.dumps(facts) + "\n")
    print(f"{len(numbers(facts))} numbers and {FILE.stat().st_size} bytes of JSON in {FILE.parent}")


if __name__ == "__main__":
    main()
