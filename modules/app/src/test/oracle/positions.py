#!/usr/bin/env python3
"""Compute values, loss, gradients and 20 updates of networks whose targets are a class for each of three steps.

    python3 modules/app/src/test/oracle/positions.py           writes modules/app/src/test/resources/oracle/positions.json
    python3 modules/app/src/test/oracle/positions.py --check   computes again and compares, writes nothing

Needs NumPy; the tests do not. Everything but the targets and the costs is that of graphs.py: a cost is the mean over the steps of an
example, so that its gradient is divided by examples and steps.
"""

import json
import sys

import graphs
import numpy as np
from layers import BATCH, BATCHES, CLASSES, REAL, SEED, X, largest_difference, rows

FILE = graphs.FILE.with_name("positions.json")
STEPS = 3
LABELS = [[(2 * i + j * j + 1) % CLASSES for j in range(STEPS)] for i in range(BATCH)]
Y = np.eye(CLASSES, dtype=REAL)[LABELS].reshape(BATCH * STEPS, CLASSES)

graphs.COSTS.update(
    {
        "cross_entropy": lambda a: (-(Y * np.log(a)).sum() / STEPS, -Y / a / STEPS),
        "binary_cross_entropy": lambda a: (
            -(Y * np.log(a) + (1 - Y) * np.log(1 - a)).sum() / STEPS,
            ((1 - Y) / (1 - a) - Y / a) / STEPS,
        ),
        "quadratic": lambda a: (((a - Y) ** 2).sum() / 2 / STEPS, (a - Y) / STEPS),
        "copy": lambda a: (((a - X) ** 2).sum() / 2, a - X),
    }
)


def split(t, name, x, count):
    """Give each of some rows of an example a row of its own, or the other way round, as the layer of a name does."""

    def back(g):
        x.gradient = x.gradient + g.reshape(x.data.shape)

    return t.keep(name, x.data.reshape(count, -1), back)


def steps(t, x):
    """Compute three steps of two features each."""
    return t.dense("dense_1", split(t, "reshape_1", x, BATCH * STEPS), 4, t.tanh)


def softmax_of_steps(t, x):
    return t.softmax("dense_2", t.affine("dense_2", steps(t, x), CLASSES))


def softmax_of_all(t, x):
    z = t.affine("dense_2", t.dense("dense_1", x, 5, t.tanh), STEPS * CLASSES)
    return t.softmax("activation_1", split(t, "reshape_1", z, BATCH * STEPS))


def sigmoid_quadratic(t, x):
    return [(t.sigmoid("dense_2", t.affine("dense_2", steps(t, x), CLASSES)), "quadratic", 1)]


def binary(t, x):
    return [(t.sigmoid("label.dense_1", t.affine("label.dense_1", steps(t, x), CLASSES)), "binary_cross_entropy", 1)]


def three_outputs(t, x):
    a = steps(t, x)
    b = t.softmax("dense_2", t.affine("dense_2", a, CLASSES))
    c = split(t, "copy.flatten_1", b, BATCH)
    copy = t.affine("copy.dense_1", c, X.shape[1])
    return [(b, "cross_entropy", 1), (b, "binary_cross_entropy", 0.5), (copy, "copy", 2)]


STEPS_LAYERS = """
  - { type: reshape, to: [ 3, 2 ] }
  - { type: dense, units: 4, activation: tanh }
"""
# name: the model as YAML, the same as a function, and the transforms of the data
NETWORKS = {
    "softmax_of_steps": (STEPS_LAYERS + "  - { type: dense, units: 3, activation: softmax }\n", softmax_of_steps, ""),
    "softmax_of_all": (
        """
  - { type: dense, units: 5, activation: tanh }
  - { type: dense, units: 9 }
  - { type: reshape, to: [ 3, 3 ] }
  - { type: activation, function: softmax }
""",
        softmax_of_all,
        "",
    ),
    "sigmoid_quadratic": (
        STEPS_LAYERS + "  - { type: dense, units: 3, activation: sigmoid }\noutputs: { label: { loss: quadratic } }\n",
        sigmoid_quadratic,
        "one_hot",
    ),
    "binary": (
        STEPS_LAYERS
        + """outputs:
  label: { layers: [ { type: dense, units: 3, activation: sigmoid } ], loss: binary_cross_entropy }
""",
        binary,
        "",
    ),
    "three_outputs": (
        STEPS_LAYERS
        + """  - { type: dense, units: 3, activation: softmax }
outputs:
  label: { loss: cross_entropy }
  each: { loss: binary_cross_entropy, weight: 0.5 }
  copy:
    reconstruct: true
    layers: [ { type: flatten }, { type: dense, units: 6 } ]
    loss: quadratic
    weight: 2
""",
        three_outputs,
        "",
    ),
}


def main():
    facts = {
        "seed": SEED,
        "updates": graphs.UPDATES,
        "batches_of_an_epoch": BATCHES,
        "rows": rows(X),
        "labels": ["[" + ", ".join(f"c{label}" for label in labels) + "]" for labels in LABELS],
        "networks": {
            name: {**graphs.network(model, function), "transforms": transforms}
            for name, (model, function, transforms) in NETWORKS.items()
        },
    }
    if sys.argv[1:] == ["--check"]:
        difference = largest_difference(facts, json.loads(FILE.read_text()))
        print(f"largest difference from the stored numbers: {difference:.1e}")
        sys.exit(0 if difference <= 1e-13 else 1)
    FILE.write_text(json.dumps(facts) + "\n")
    print(f"{len(NETWORKS)} networks and {FILE.stat().st_size} bytes of JSON in {FILE.parent}")


if __name__ == "__main__":
    main()
