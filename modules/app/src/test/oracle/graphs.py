#!/usr/bin/env python3
"""Compute values, loss, gradients and 20 updates of networks whose values are read several times or joined.

    python3 modules/app/src/test/oracle/graphs.py           writes modules/app/src/test/resources/oracle/graphs.json
    python3 modules/app/src/test/oracle/graphs.py --check   computes again and compares, writes nothing

Needs NumPy; the tests do not. Data and initial parameters are those of layers.py. Each network is a function that computes its values
one after the other, in long double (80 bits where the processor has them); each operation notes how gradients go back through it, and a
value adds up what comes back from each of its uses. Before anything is written, the gradient is compared with complex-step derivatives,
which share nothing with it but the forward pass. adam has a larger epsilon than is usual: g / (|g| + epsilon) magnifies the rounding
errors of g by 1/epsilon where g is small.
"""

import json
import sys
from pathlib import Path

import numpy as np
from layers import BATCH, BATCHES, CLASSES, LABELS, REAL, SEED, X, Y, LayerNorm, largest_difference, noise, rows, table

FILE = Path(__file__).resolve().parent.parent / "resources" / "oracle" / "graphs.json"
RATE, MOMENTUM, UPDATES = 0.1, REAL(0.9), 20
ADAM_RATE, BETA1, BETA2, EPSILON = REAL("0.01"), REAL(0.9), REAL(0.999), REAL(1e-4)


class Value:
    """A matrix and its gradient, which every use adds to."""

    def __init__(self, data):
        self.data, self.gradient = data, 0 * data


class Tape:
    """The values of one network by the names of their layers, and the way back."""

    def __init__(self, parameters, update=0):
        self.parameters, self.shapes = parameters, {}
        self.place = update // BATCHES, update % BATCHES * BATCH
        self.gradients, self.values, self.back = {}, {}, []
        self.added = 0

    def keep(self, name, data, back):
        value = Value(data)
        self.back.append(lambda: back(value.gradient))
        self.values[name] = value
        return value

    def parameter(self, name, *shape):
        self.shapes[name] = shape
        if name not in self.parameters:
            self.parameters[name] = table(*shape, 31 + 2 * len(self.parameters))
        return self.parameters[name]

    def affine(self, name, x, units, biased=True, weights="weights", owner=None):
        """Compute x·w + b with the parameters of the owner, by default those of the layer itself."""
        owner = owner or name
        w = self.parameter(f"{owner}.{weights}", x.data.shape[1], units)
        b = self.parameter(f"{owner}.biases", 1, units) if biased else 0

        def back(g):
            self.gradients[f"{owner}.{weights}"] = self.gradients.get(f"{owner}.{weights}", 0) + x.data.T @ g
            if biased:
                own = g.sum(axis=0, keepdims=True)
                self.gradients[f"{owner}.biases"] = self.gradients.get(f"{owner}.biases", 0) + own
            x.gradient = x.gradient + g @ w.T

        return self.keep(name, x.data @ w + b, back)

    def function(self, name, x, value, slope):
        a = value(x.data)

        def back(g):
            x.gradient = x.gradient + g * slope(a)

        return self.keep(name, a, back)

    def tanh(self, name, x):
        return self.function(name, x, np.tanh, lambda a: 1 - a * a)

    def sigmoid(self, name, x):
        return self.function(name, x, lambda z: 1 / (1 + np.exp(-z)), lambda a: a * (1 - a))

    def softmax(self, name, x):
        e = np.exp(x.data)
        a = e / e.sum(axis=1, keepdims=True)

        def back(g):
            x.gradient = x.gradient + np.stack([(np.diag(r) - np.outer(r, r)) @ s for r, s in zip(a, g)])

        return self.keep(name, a, back)

    def dense(self, name, x, units, activation=None, owner=None):
        z = self.affine(name, x, units, owner=owner)
        return activation(name, z) if activation else z

    def add(self, name, *xs):
        def back(g):
            for x in xs:
                x.gradient = x.gradient + g

        return self.keep(name, sum(x.data for x in xs), back)

    def mean(self, name, *xs):
        def back(g):
            for x in xs:
                x.gradient = x.gradient + g / REAL(len(xs))

        return self.keep(name, sum(x.data for x in xs) / REAL(len(xs)), back)

    def multiply(self, name, *xs):
        def back(g):
            for k, x in enumerate(xs):
                others = np.prod([other.data for j, other in enumerate(xs) if j != k], axis=0)
                x.gradient = x.gradient + g * others

        return self.keep(name, np.prod([x.data for x in xs], axis=0), back)

    def concat(self, name, *xs):
        ends = np.cumsum([x.data.shape[1] for x in xs])[:-1]

        def back(g):
            for x, part in zip(xs, np.split(g, ends, axis=1)):
                x.gradient = x.gradient + part

        return self.keep(name, np.concatenate([x.data for x in xs], axis=1), back)

    def dot(self, name, x, y):
        def back(g):
            x.gradient = x.gradient + g * y.data
            y.gradient = y.gradient + g * x.data

        return self.keep(name, (x.data * y.data).sum(axis=1, keepdims=True), back)

    def select(self, name, x, columns):
        def back(g):
            spread = np.zeros_like(x.data)
            spread[:, columns] = g
            x.gradient = x.gradient + spread

        return self.keep(name, x.data[:, columns], back)

    def activity(self, name, x, l1, l2):
        a, l1, l2 = x.data, REAL(l1), REAL(l2)
        sign = np.sign(a.real)
        self.added = self.added + (l1 * sign * a + l2 / 2 * a * a).sum() / BATCH

        def back(g):
            x.gradient = x.gradient + g + (l1 * sign + l2 * a) / BATCH

        return self.keep(name, a, back)

    def sample(self, name, mean, v, weight):
        m, e, weight = mean.data, np.exp(v.data / 2), REAL(weight)
        drawn = noise(f"{name}.noise", *self.place, m.shape[1])
        self.added = self.added + weight / 2 * (m * m + e * e - 1 - v.data).sum() / BATCH

        def back(g):
            mean.gradient = mean.gradient + g + weight * m / BATCH
            v.gradient = v.gradient + g * drawn * e / 2 + weight / 2 * (e * e - 1) / BATCH

        return self.keep(name, m + drawn * e, back)

    def layer_norm(self, name, x, features):
        """Normalise each step over its features."""
        layer, shape = LayerNorm(name, features, 1e-5), x.data.shape
        parameters = [self.parameter(own, *size) for own, size in zip(layer.names, layer.shapes)]

        def back(g):
            dx, own = layer.backward(g.reshape(-1, features))
            self.gradients.update(zip(layer.names, own))
            x.gradient = x.gradient + dx.reshape(shape)

        return self.keep(name, layer.forward(x.data.reshape(-1, features), parameters, None).reshape(shape), back)

    def permute(self, name, x, steps, features):
        """Make the steps of a sequence its features; all values are matrices of one row for each example."""

        def back(g):
            x.gradient = x.gradient + g.reshape(-1, features, steps).transpose(0, 2, 1).reshape(x.data.shape)

        return self.keep(name, x.data.reshape(-1, steps, features).transpose(0, 2, 1).reshape(x.data.shape), back)


def read_three_times(t, x):
    a = t.dense("dense_1", x, 4, t.tanh)
    b = t.dense("dense_2", a, 4, t.sigmoid)
    c = t.dense("dense_3", a, 4, t.tanh)
    return t.softmax("dense_4", t.affine("dense_4", t.add("add_1", a, b, c), CLASSES))


def residual(t, x):
    a = t.dense("dense_1", x, 5, t.tanh)
    f = t.dense("residual_1.dense_2", t.dense("residual_1.dense_1", a, 5, t.tanh), 5)
    b = t.tanh("activation_1", t.add("residual_1", f, a))
    return t.softmax("dense_2", t.affine("dense_2", b, CLASSES))


def projection(t, x):
    f = t.dense("residual_1.wide", x, 7, t.tanh)
    a = t.add("residual_1", f, t.affine("residual_1", x, 7, False, "shortcut"))
    g = t.dense("residual_2.dense_1", a, 4, t.tanh)
    s = t.sigmoid("residual_2.shortcut.dense_1", t.affine("residual_2.shortcut.dense_1", a, 4))
    return t.softmax("dense_1", t.affine("dense_1", t.add("residual_2", g, s), CLASSES))


def branches(t, x):
    deep = t.dense("parallel_1.deep.dense_2", t.dense("parallel_1.deep.dense_1", x, 4, t.tanh), 3, t.sigmoid)
    a = t.concat("parallel_1", x, deep)
    return t.softmax("dense_1", t.affine("dense_1", a, CLASSES))


def gate(t, x):
    a = t.dense("shared", x, 4, t.tanh)
    g = t.sigmoid("gate", t.affine("gate", a, 4))
    v = t.dense("value", a, 4, t.tanh)
    return t.softmax("dense_4", t.affine("dense_4", t.multiply("multiply_1", g, v, a), CLASSES))


def squares(t, x):
    a = t.dense("dense_1", x, 4, t.tanh)
    b = t.multiply("multiply_1", a, a)
    c = t.mean("mean_1", b, a, b)
    d = t.concat("concat_1", c, a, x)
    return t.softmax("dense_2", t.affine("dense_2", d, CLASSES))


def nested(t, x):
    a = t.dense("dense_1", x, 5, t.tanh)
    for time in ("1", "2"):
        block = f"repeat_1.{time}.residual_1"
        b = t.dense(f"{block}.parallel_1.b.dense_1", a, 3, t.tanh)
        b = t.dense(f"{block}.parallel_1.b.dense_2", b, 5)
        c = t.sigmoid(f"{block}.parallel_1.c.dense_1", t.affine(f"{block}.parallel_1.c.dense_1", a, 5))
        a = t.add(block, t.mean(f"{block}.parallel_1", b, c, a), a)
    return t.softmax("dense_2", t.affine("dense_2", a, CLASSES))


def normed(t, x):
    a = t.dense("dense_1", x, 6, t.tanh)
    b = t.layer_norm("parallel_1.b.layer_norm_1", a, 6)
    c = t.layer_norm("parallel_1.c.layer_norm_1", t.add("parallel_1.c.reshape_1", a), 3)
    c = t.add("parallel_1.c.flatten_1", t.permute("parallel_1.c.permute_1", c, 2, 3))
    d = t.sigmoid("parallel_1.d.dense_1", t.affine("parallel_1.d.dense_1", a, 6))
    return t.softmax("dense_2", t.affine("dense_2", t.add("parallel_1", b, c, d), CLASSES))


def repeat_in_parallel_in_residual(t, x):
    a = t.dense("dense_1", x, 5, t.tanh)
    b = a
    for time in ("1", "2", "3"):
        b = t.dense(f"residual_1.parallel_1.deep.repeat_1.{time}.dense_1", b, 5, t.tanh)
    g = t.sigmoid("residual_1.parallel_1.gate.dense_1", t.affine("residual_1.parallel_1.gate.dense_1", a, 5))
    c = t.add("residual_1", t.multiply("residual_1.parallel_1", b, g), a)
    return t.softmax("dense_2", t.affine("dense_2", c, CLASSES))


def wide_and_deep(t, x):
    a = t.dense("dense_1", x, 6, t.tanh)
    b = t.dense("dense_2", a, 4, t.tanh)
    c = t.concat("concat_1", b, x, a)
    z = t.affine("dense_3", c, CLASSES)
    w = t.dense("dense_4", x, CLASSES)
    return t.softmax("activation_1", t.add("add_1", z, w))


def shared(t, x):
    a = t.dense("dense_1", x, 4, t.tanh)
    b = t.dense("dense_2", x, 4, t.sigmoid)
    c = t.dense("trunk", a, 4, t.tanh)
    d = t.dense("same_as_1", b, 4, t.tanh, "trunk")
    e = t.dense("same_as_2", d, 4, t.tanh, "trunk")
    return t.softmax("dense_4", t.affine("dense_4", t.concat("concat_1", c, t.multiply("multiply_1", c, e)), CLASSES))


def shared_residual(t, x):
    def block(name, owner, x):
        f = t.dense(f"{name}.dense_1", x, 3, t.tanh, f"{owner}.dense_1")
        f = t.dense(f"{name}.dense_2", f, 6, None, f"{owner}.dense_2")
        return t.add(name, f, x)

    a = block("residual_1", "residual_1", x)
    b = block("same_as_1", "residual_1", a)
    c = t.dense("same_as_2", b, 3, t.tanh, "residual_1.dense_1")
    return t.softmax("dense_1", t.affine("dense_1", c, CLASSES))


def siamese(t, x):
    a = t.dense("trunk", t.select("left", x, [0, 1, 2]), 4, t.tanh)
    b = t.dense("same_as_1", t.select("right", x, [5, 3, 4]), 4, t.tanh, "trunk")
    c = t.concat("concat_1", t.dot("dot_1", a, b), t.dot("dot_2", a, a), a)
    return t.softmax("dense_2", t.affine("dense_2", c, CLASSES))


def two_inputs(t, x):
    left, right = t.select("input.left", x, [0, 1, 2]), t.select("input.right", x, [3, 4, 5])
    a = t.dense("trunk", left, 4, t.tanh)
    b = t.dense("same_as_1", right, 4, t.tanh, "trunk")
    c = t.concat("concat_1", t.multiply("multiply_1", a, b), left, x)
    return t.softmax("dense_2", t.affine("dense_2", c, CLASSES))


def inputs_in_branches(t, x):
    few, many = t.select("input.few", x, [0, 1]), t.select("input.many", x, [2, 3, 4, 5])
    a = t.dense("parallel_1.a.dense_1", few, 3, t.tanh)
    b = t.dense("parallel_1.b.dense_2", t.dense("parallel_1.b.dense_1", many, 4, t.sigmoid), 3)
    c = t.concat("concat_1", t.add("parallel_1", a, b, t.dense("parallel_1.c.dense_1", x, 3)), many, few)
    return t.softmax("dense_1", t.affine("dense_1", c, CLASSES))


def variational(t, x):
    a = t.dense("dense_2", t.dense("dense_1", x, 6, t.tanh), 6)
    mean, v = t.select("mean", a, [0, 1, 2]), t.select("log_variance", a, [3, 4, 5])
    z = t.sample("sample_1", mean, v, 0.5)
    del t.values["mean"], t.values["log_variance"]
    return t.softmax("dense_3", t.affine("dense_3", z, CLASSES))


def costly(t, x):
    a = t.activity("activity_regularizer_1", t.dense("dense_1", x, 5, t.tanh), 0.1, 0.3)
    z = t.sample("draw", t.dense("mean", a, 4), t.dense("spread", a, 4), 0.25)
    return t.softmax("dense_4", t.affine("dense_4", z, CLASSES))

def three_outputs(t, x):
    a = t.dense("dense_1", x, 5, t.tanh)
    b = t.dense("dense_2", a, 3, t.sigmoid)
    label = t.softmax("label.dense_1", t.affine("label.dense_1", b, CLASSES))
    c = t.dense("copy.dense_1", t.concat("copy.concat_1", a, b), 4, t.tanh)
    copy = t.dense("copy.dense_2", c, X.shape[1])
    return [(label, "cross_entropy", 1), (b, "binary_cross_entropy", 0.5), (copy, "quadratic", 2)]


# The costs of a batch before they are divided by its size, and their gradients. quadratic reconstructs the input.
COSTS = {
    "cross_entropy": lambda a: (-(Y * np.log(a)).sum(), -Y / a),
    "binary_cross_entropy": lambda a: (-(Y * np.log(a) + (1 - Y) * np.log(1 - a)).sum(), (1 - Y) / (1 - a) - Y / a),
    "quadratic": lambda a: (((a - X) ** 2).sum() / 2, a - X),
}

# name: the model as YAML, the same as a function, and the learning rate factors by the beginnings of parameters' names
NETWORKS = {
    "read_three_times": (
        """
  - { type: dense, units: 4, activation: tanh }
  - { type: dense, units: 4, activation: sigmoid }
  - { type: dense, units: 4, activation: tanh, from: dense_1 }
  - { type: add, from: [ dense_1, dense_2, dense_3 ] }
  - { type: dense, units: 3, activation: softmax }
""",
        read_three_times,
    ),
    "residual": (
        """
  - { type: dense, units: 5, activation: tanh }
  - { type: residual, layers: [ { type: dense, units: 5, activation: tanh }, { type: dense, units: 5 } ] }
  - { type: activation, function: tanh }
  - { type: dense, units: 3, activation: softmax }
""",
        residual,
    ),
    "projection": (
        """
  - { type: residual, layers: [ { type: dense, units: 7, activation: tanh, name: wide } ] }
  - type: residual
    layers: [ { type: dense, units: 4, activation: tanh } ]
    shortcut: [ { type: dense, units: 4, activation: sigmoid } ]
  - { type: dense, units: 3, activation: softmax }
""",
        projection,
    ),
    "branches": (
        """
  - type: parallel
    branches:
      wide: []
      deep: [ { type: dense, units: 4, activation: tanh }, { type: dense, units: 3, activation: sigmoid } ]
  - { type: dense, units: 3, activation: softmax }
""",
        branches,
    ),
    "gate": (
        """
  - { type: dense, units: 4, activation: tanh, name: shared }
  - { type: dense, units: 4, activation: sigmoid, name: gate }
  - { type: dense, units: 4, activation: tanh, from: [ shared ], name: value }
  - { type: multiply, from: [ gate, value, shared ] }
  - { type: dense, units: 3, activation: softmax }
""",
        gate,
    ),
    "squares": (
        """
  - { type: dense, units: 4, activation: tanh }
  - { type: multiply, from: [ dense_1, dense_1 ] }
  - { type: mean, from: [ multiply_1, dense_1, multiply_1 ] }
  - { type: concat, from: [ mean_1, dense_1, input ] }
  - { type: dense, units: 3, activation: softmax }
""",
        squares,
    ),
    "nested": (
        """
  - { type: dense, units: 5, activation: tanh }
  - type: repeat
    times: 2
    layers:
      - type: residual
        layers:
          - type: parallel
            join: mean
            branches:
              b: [ { type: dense, units: 3, activation: tanh }, { type: dense, units: 5 } ]
              c: [ { type: dense, units: 5, activation: sigmoid } ]
              d: []
  - { type: dense, units: 3, activation: softmax }
""",
        nested,
    ),
    "shared": (
        """
  - { type: dense, units: 4, activation: tanh }
  - { type: dense, units: 4, activation: sigmoid, from: input }
  - { type: dense, units: 4, activation: tanh, from: dense_1, name: trunk }
  - { type: same_as, layer: trunk, from: dense_2 }
  - { type: same_as, layer: same_as_1 }
  - { type: multiply, from: [ trunk, same_as_2 ] }
  - { type: concat, from: [ trunk, multiply_1 ] }
  - { type: dense, units: 3, activation: softmax }
""",
        shared,
    ),
    "shared_residual": (
        """
  - { type: residual, layers: [ { type: dense, units: 3, activation: tanh }, { type: dense, units: 6 } ] }
  - { type: same_as, layer: residual_1 }
  - { type: same_as, layer: residual_1.dense_1 }
  - { type: dense, units: 3, activation: softmax }
""",
        shared_residual,
    ),
    "rates": (
        """
  - { type: dense, units: 5, activation: tanh, learning_rate_factor: 0 }
  - type: residual
    learning_rate_factor: 0.5
    layers:
      - { type: dense, units: 5, activation: tanh, learning_rate_factor: 3 }
      - { type: dense, units: 5 }
  - { type: activation, function: tanh }
  - { type: dense, units: 3, activation: softmax }
""",
        residual,
        {"dense_1": 0, "residual_1": 0.5, "residual_1.dense_1": 3},
    ),
    "siamese": (
        """
  - { type: select, features: [ 0-2 ], name: left }
  - { type: select, features: [ 5, 3-4 ], from: input, name: right }
  - { type: dense, units: 4, activation: tanh, from: left, name: trunk }
  - { type: same_as, layer: trunk, from: right }
  - { type: dot, from: [ trunk, same_as_1 ] }
  - { type: dot, from: [ trunk, trunk ] }
  - { type: concat, from: [ dot_1, dot_2, trunk ] }
  - { type: dense, units: 3, activation: softmax }
""",
        siamese,
    ),
    "two_inputs": (
        """
  - { type: dense, units: 4, activation: tanh, name: trunk, from: input.left }
  - { type: same_as, layer: trunk, from: input.right }
  - { type: multiply, from: [ trunk, same_as_1 ] }
  - { type: concat, from: [ multiply_1, input.left, input ] }
  - { type: dense, units: 3, activation: softmax }
""",
        two_inputs,
        {},
        "{ left: 3, right: 3 }",
    ),
    "inputs_in_branches": (
        """
  - type: parallel
    join: add
    branches:
      a: [ { type: dense, units: 3, activation: tanh, from: input.few } ]
      b:
        - { type: dense, units: 4, activation: sigmoid, from: input.many }
        - { type: dense, units: 3 }
      c: [ { type: dense, units: 3 } ]
  - { type: concat, from: [ parallel_1, input.many, input.few ] }
  - { type: dense, units: 3, activation: softmax }
""",
        inputs_in_branches,
        {},
        "{ few: 2, many: 4 }",
    ),
    "normed": (
        """
  - { type: dense, units: 6, activation: tanh }
  - type: parallel
    join: add
    branches:
      b: [ layer_norm ]
      c: [ { type: reshape, to: [ 2, 3 ] }, layer_norm, { type: permute, axes: [ features, steps ] }, flatten ]
      d: [ { type: dense, units: 6, activation: sigmoid } ]
  - { type: dense, units: 3, activation: softmax }
""",
        normed,
    ),
    "repeat_in_parallel_in_residual": (
        """
  - { type: dense, units: 5, activation: tanh }
  - type: residual
    layers:
      - type: parallel
        join: multiply
        branches:
          deep: [ { type: repeat, times: 3, layers: [ { type: dense, units: 5, activation: tanh } ] } ]
          gate: [ { type: dense, units: 5, activation: sigmoid } ]
  - { type: dense, units: 3, activation: softmax }
""",
        repeat_in_parallel_in_residual,
    ),
    "variational": (
        """
  - { type: dense, units: 6, activation: tanh }
  - { type: dense, units: 6 }
  - { type: sample, weight: 0.5 }
  - { type: dense, units: 3, activation: softmax }
""",
        variational,
    ),
    "costly": (
        """
  - { type: dense, units: 5, activation: tanh }
  - { type: activity_regularizer, l1: 0.1, l2: 0.3 }
  - { type: dense, units: 4, name: mean }
  - { type: dense, units: 4, name: spread, from: activity_regularizer_1 }
  - { type: sample, from: [ mean, spread ], weight: 0.25, name: draw }
  - { type: dense, units: 3, activation: softmax }
""",
        costly,
    ),
    "three_outputs": (
        """
  - { type: dense, units: 5, activation: tanh }
  - { type: dense, units: 3, activation: sigmoid }
outputs:
  label: { layers: [ { type: dense, units: 3, activation: softmax } ], loss: cross_entropy }
  middle: { loss: binary_cross_entropy, weight: 0.5 }
  copy:
    reconstruct: true
    layers:
      - { type: concat, from: [ dense_1, dense_2 ] }
      - { type: dense, units: 4, activation: tanh }
      - { type: dense, units: 6 }
    loss: quadratic
    weight: 2
""",
        three_outputs,
    ),
    "wide_and_deep": (
        """
  - { type: dense, units: 6, activation: tanh }
  - { type: dense, units: 4, activation: tanh }
  - { type: concat, from: [ dense_2, input, dense_1 ] }
  - { type: dense, units: 3 }
  - { type: dense, units: 3, from: input }
  - { type: add, from: [ dense_3, dense_4 ] }
  - { type: activation, function: softmax }
""",
        wide_and_deep,
    ),
}


def run(function, parameters, update=0):
    """Return the tape after the forward pass, the outputs with their losses and weights, and the mean cost."""
    tape = Tape(parameters, update)
    outputs = function(tape, Value(X))
    if not isinstance(outputs, list):
        outputs = [(outputs, "cross_entropy", 1)]
    return tape, outputs, sum(weight * (COSTS[loss](a.data)[0] / BATCH) for a, loss, weight in outputs) + tape.added


def gradients(function, parameters, update=0):
    tape, outputs, _ = run(function, parameters, update)
    for a, loss, weight in reversed(outputs):
        a.gradient = a.gradient + weight * (COSTS[loss](a.data)[1] / BATCH)
    for back in reversed(tape.back):
        back()
    return tape.gradients


def check_by_complex_step(function):
    """Compare three directional derivatives with Im C(w + ihv) / h, which has no cancellation."""
    tape, _, _ = run(function, {})
    parameters, h = tape.parameters, REAL(1e-30)
    analytic = gradients(function, parameters)
    for salt in (3, 5, 7):
        direction = {name: table(*shape, salt) for name, shape in tape.shapes.items()}
        moved = {name: p + 1j * h * direction[name] for name, p in parameters.items()}
        expected = np.imag(run(function, moved)[2]) / h
        got = sum((analytic[name] * v).sum() for name, v in direction.items())
        assert abs(got - expected) < 1e-16 * max(1, abs(expected)), (got, expected)


def sgd(state, t, g):
    state["v"] = MOMENTUM * state.get("v", 0) + g
    return REAL(RATE) * state["v"]


def adam(state, t, g):
    state["m"] = BETA1 * state.get("m", 0) + (1 - BETA1) * g
    state["v"] = BETA2 * state.get("v", 0) + (1 - BETA2) * g * g
    return ADAM_RATE * state["m"] / (1 - BETA1**t) / (np.sqrt(state["v"] / (1 - BETA2**t)) + EPSILON)


OPTIMIZERS = {
    "{ type: sgd, learning_rate: 0.1, momentum: 0.9 }": sgd,
    "{ type: adam, learning_rate: 0.01, epsilon: 1e-4 }": adam,
}


def after_updates(function, rule, factors):
    """Update as often as the tests do; a factor multiplies the steps of all parameters whose names begin with its own."""
    parameters = dict(run(function, {})[0].parameters)
    states = {name: {} for name in parameters}
    rates = {name: np.prod([REAL(f) for start, f in factors.items() if name.startswith(start)]) for name in parameters}
    for update in range(UPDATES):
        steps = gradients(function, parameters, update)
        parameters = {
            name: p - rates[name] * rule(states[name], update + 1, steps[name]) for name, p in parameters.items()
        }
    return parameters


def by_rows(matrices):
    return {name: rows(matrix) for name, matrix in matrices.items()}


def network(model, function, factors=None, inputs="null"):
    check_by_complex_step(function)
    tape, _, cost = run(function, {})
    return {
        "model": model.lstrip("\n"),
        "inputs": inputs,
        "initial": by_rows(tape.parameters),
        "loss": float(cost),
        "values": by_rows({name: value.data for name, value in tape.values.items()}),
        "gradients": by_rows(gradients(function, tape.parameters)),
        "after_updates": {text: by_rows(after_updates(function, rule, factors or {})) for text, rule in OPTIMIZERS.items()},
    }


def main():
    facts = {
        "seed": SEED,
        "updates": UPDATES,
        "batches_of_an_epoch": BATCHES,
        "rows": rows(X),
        "labels": [f"c{label}" for label in LABELS],
        "networks": {name: network(*each) for name, each in NETWORKS.items()},
    }
    if sys.argv[1:] == ["--check"]:
        difference = largest_difference(facts, json.loads(FILE.read_text()))
        print(f"largest difference from the stored numbers: {difference:.1e}")
        sys.exit(0 if difference <= 1e-13 else 1)
    FILE.write_text(json.dumps(facts) + "\n")
    print(f"{len(NETWORKS)} networks and {FILE.stat().st_size} bytes of JSON in {FILE.parent}")


if __name__ == "__main__":
    main()
