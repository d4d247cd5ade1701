#!/usr/bin/env python3
"""Compute networks that learn from tables with weights, independently of Chainrule.

    python3 modules/app/src/test/oracle/columns.py           writes modules/app/src/test/resources/oracle/columns.json
    python3 modules/app/src/test/oracle/columns.py --check   computes again and compares, writes nothing

Needs NumPy; the tests do not. Numbers are computed in numpy.longdouble and rounded once.
"""

import json
import sys
from pathlib import Path

import numpy as np
from components import numbers

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


def descend(x, y, weights, output):
    """Minimise the sum of weight times cost, divided by the rows of a batch, from zeros."""
    w, b = np.zeros((x.shape[1], y.shape[1]), REAL), np.zeros((1, y.shape[1]), REAL)
    for _ in range(EPOCHS):
        for at in range(0, ROWS, BATCH):
            some = slice(at, at + BATCH)
            delta = weights[some, None] * (output(x[some] @ w + b) - y[some]) / len(x[some])
            w, b = w - RATE * x[some].T @ delta, b - RATE * delta.sum(0, keepdims=True)
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
        "classes": {
            "table": classes,
            "config": WEIGHTED.replace("0 }", "0, activation: softmax }")
            % ("target: kind, weight: weight", 3, "cross_entropy", ", class_weights: { c1: 2, c2: 0.5 }"),
            "tensors": descend(x, np.eye(3, dtype=REAL)[kind], of_class * weight, softmax),
        },
    }


def compute():
    return {"weighted": weighted()}


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
