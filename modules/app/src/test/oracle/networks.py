#!/usr/bin/env python3
"""Compute outputs, loss, gradients and 20 updates of small networks like LeNet, ResNet, an autoencoder and U-Net.

    python3 modules/app/src/test/oracle/networks.py           writes modules/app/src/test/resources/oracle/networks.json
    python3 modules/app/src/test/oracle/networks.py --check   computes again and compares, writes nothing

Needs NumPy; the tests do not. Layers and method are those of layers.py and windows.py, on images of 8 by 8 pixels. No number comes
closer than 1e-6 to a kink of relu, and the two greatest of a window differ by more, in any of the updates; only zeros of relu may tie,
through which no gradient flows.
"""

import json
import sys

import layers
import numpy as np
from layers import BATCH, CLASSES, LABELS, OPTIMIZER, REAL, Dense, PerStep, Piecewise, Reshape, Softmax, choose, rows, table, tanh
from windows import BatchNorm, Conv, MaxPool, MeanPool, TransposedConv, Window

FILE = layers.FILE.with_name("networks.json")
SIDE = 8
X = table(BATCH, SIDE * SIDE, 29, 252)  # from -2 to 2
PIXELS = [[(3 * i + j * j // 5 + j) % CLASSES for j in range(SIDE * SIDE)] for i in range(BATCH)]


def relu():
    return Piecewise(lambda z: choose(z, [0], 0, z), lambda z: choose(z, [0], 0, 1), 0)


class MaxPoolOfRelu(MaxPool):
    """A maximum of numbers of which those at 0 may tie."""

    def forward(self, x, w, place):
        self.padded, self.inside = self.window.pad(x, -np.inf)
        stacked = np.stack([self.padded[at] for _, at in self.window.places(self.padded)])
        ordered = np.sort(stacked.real, axis=0)
        assert np.min(np.where(ordered[-1] == 0, 1, ordered[-1] - ordered[-2])) > 1e-6, "a tie"
        self.first = np.argmax(stacked.real, axis=0)
        return np.take_along_axis(stacked, self.first[None], axis=0)[0]


class Chain:
    """Layers one after the other."""

    def __init__(self, *inner):
        self.inner = inner
        self.names = [name for layer in inner for name in layer.names]
        self.shapes = [shape for layer in inner for shape in layer.shapes]

    def forward(self, x, w, place):
        rest = list(w)
        for layer in self.inner:
            x = layer.forward(x, rest[: len(layer.names)], place)
            rest = rest[len(layer.names) :]
        return x

    def backward(self, g):
        everything = []
        for layer in reversed(self.inner):
            g, own = layer.backward(g)
            everything = own + everything
        return g, everything


class Residual(Chain):
    """The sum of a chain and of a shortcut, which is a chain, too."""

    def __init__(self, chain, shortcut):
        super().__init__(*chain.inner, *shortcut.inner)
        self.chain, self.shortcut = chain, shortcut

    def forward(self, x, w, place):
        count = len(self.chain.names)
        return self.chain.forward(x, w[:count], place) + self.shortcut.forward(x, w[count:], place)

    def backward(self, g):
        (dx, own), (dy, more) = self.chain.backward(g), self.shortcut.backward(g)
        return dx + dy, own + more


class Beside(Chain):
    """The channels of the input, and beside them those of a chain."""

    def forward(self, x, w, place):
        self.channels = x.shape[-1]
        return np.concatenate([x, super().forward(x, w, place)], axis=-1)

    def backward(self, g):
        dx, own = super().backward(g[..., self.channels :])
        return g[..., : self.channels] + dx, own


def same(name, channels, filters, size=3, stride=1, biased=True):
    return Conv(name, channels, filters, Window(size, stride, "same"), biased=biased)


def cross_entropy(a, labels):
    y = np.eye(CLASSES, dtype=REAL)[labels].reshape(a.shape)
    count = a.size // a.shape[-1]
    return -(y * np.log(a)).sum() / count, -y / a / count


def copy(a):
    return ((a - X) ** 2).sum() / 2 / BATCH, (a - X) / BATCH


IMAGES = "  - { type: reshape, to: [8, 8, 1] }\n"
# name: the model as YAML, the name of its last layer, the cost and its gradient, the labels, the layers
NETWORKS = {
    "lenet": (
        """  - { type: conv, filters: 3, size: 3, padding: same, activation: relu }
  - { type: max_pool, size: 2 }
  - { type: conv, filters: 4, size: 3, activation: relu }
  - { type: max_pool, size: 2 }
  - { type: dense, units: 6, activation: relu }
  - { type: dense, units: 5, activation: tanh }
  - { type: dense, units: 3, activation: softmax }
""",
        "dense_3",
        lambda a: cross_entropy(a, LABELS),
        LABELS,
        Chain(
            Reshape(SIDE, SIDE, 1),
            same("conv_1", 1, 3),
            relu(),
            MaxPoolOfRelu(Window(2, 2)),
            Conv("conv_2", 3, 4, Window(3)),
            relu(),
            MaxPoolOfRelu(Window(2, 2)),
            Reshape(4),
            Dense("dense_1", 4, 6),
            relu(),
            Dense("dense_2", 6, 5),
            tanh(),
            Dense("dense_3", 5, CLASSES),
            Softmax(),
        ),
    ),
    "resnet": (
        """  - { type: conv, filters: 4, size: 3, padding: same, use_bias: false }
  - batch_norm
  - { type: activation, function: relu }
  - type: residual
    layers:
      - { type: conv, filters: 4, size: 3, padding: same, use_bias: false }
      - batch_norm
      - { type: activation, function: relu }
      - { type: conv, filters: 4, size: 3, padding: same, use_bias: false }
      - batch_norm
  - { type: activation, function: relu }
  - type: residual
    layers:
      - { type: conv, filters: 6, size: 3, stride: 2, padding: same, use_bias: false }
      - batch_norm
      - { type: activation, function: relu }
      - { type: conv, filters: 6, size: 3, padding: same, use_bias: false }
      - batch_norm
    shortcut:
      - { type: conv, filters: 6, size: 1, stride: 2, use_bias: false }
      - batch_norm
  - { type: activation, function: relu }
  - global_mean_pool
  - { type: dense, units: 3, activation: softmax }
""",
        "dense_1",
        lambda a: cross_entropy(a, LABELS),
        LABELS,
        Chain(
            Reshape(SIDE, SIDE, 1),
            same("conv_1", 1, 4, biased=False),
            BatchNorm("batch_norm_1", 4, 1e-5),
            relu(),
            Residual(
                Chain(
                    same("residual_1.conv_1", 4, 4, biased=False),
                    BatchNorm("residual_1.batch_norm_1", 4, 1e-5),
                    relu(),
                    same("residual_1.conv_2", 4, 4, biased=False),
                    BatchNorm("residual_1.batch_norm_2", 4, 1e-5),
                ),
                Chain(),
            ),
            relu(),
            Residual(
                Chain(
                    same("residual_2.conv_1", 4, 6, stride=2, biased=False),
                    BatchNorm("residual_2.batch_norm_1", 6, 1e-5),
                    relu(),
                    same("residual_2.conv_2", 6, 6, biased=False),
                    BatchNorm("residual_2.batch_norm_2", 6, 1e-5),
                ),
                Chain(
                    Conv("residual_2.shortcut.conv_1", 4, 6, Window(1, 2), biased=False),
                    BatchNorm("residual_2.shortcut.batch_norm_1", 6, 1e-5),
                ),
            ),
            relu(),
            MeanPool(Window(4)),
            Reshape(6),
            Dense("dense_1", 6, CLASSES),
            Softmax(),
        ),
    ),
    "autoencoder": (
        """  - { type: conv, filters: 4, size: 3, stride: 2, padding: same, activation: relu }
  - { type: conv, filters: 3, size: 3, stride: 2, padding: same, activation: tanh }
  - { type: transposed_conv, filters: 4, size: 2, stride: 2, activation: relu }
  - { type: transposed_conv, filters: 1, size: 2, stride: 2 }
  - flatten
outputs: { copy: { reconstruct: true, loss: quadratic } }
""",
        "flatten_1",
        copy,
        LABELS,
        Chain(
            Reshape(SIDE, SIDE, 1),
            same("conv_1", 1, 4, stride=2),
            relu(),
            same("conv_2", 4, 3, stride=2),
            tanh(),
            TransposedConv("transposed_conv_1", 3, 4, Window(2, 2)),
            relu(),
            TransposedConv("transposed_conv_2", 4, 1, Window(2, 2)),
            Reshape(SIDE * SIDE),
        ),
    ),
    "unet": (
        """  - { type: conv, filters: 3, size: 3, padding: same, activation: relu, name: fine }
  - { type: max_pool, size: 2 }
  - { type: conv, filters: 4, size: 3, padding: same, activation: relu, name: middle }
  - { type: max_pool, size: 2 }
  - { type: conv, filters: 5, size: 3, padding: same, activation: relu, name: coarse }
  - { type: transposed_conv, filters: 4, size: 2, stride: 2 }
  - { type: concat, from: [ middle, transposed_conv_1 ] }
  - { type: conv, filters: 4, size: 3, padding: same, activation: relu, name: joined }
  - { type: transposed_conv, filters: 3, size: 2, stride: 2 }
  - { type: concat, from: [ fine, transposed_conv_2 ] }
  - { type: conv, filters: 3, size: 1, name: classes }
  - { type: reshape, to: [64, 3] }
  - { type: activation, function: softmax }
""",
        "activation_1",
        lambda a: cross_entropy(a, PIXELS),
        PIXELS,
        Chain(
            Reshape(SIDE, SIDE, 1),
            same("fine", 1, 3),
            relu(),
            Beside(
                MaxPoolOfRelu(Window(2, 2)),
                same("middle", 3, 4),
                relu(),
                Beside(
                    MaxPoolOfRelu(Window(2, 2)),
                    same("coarse", 4, 5),
                    relu(),
                    TransposedConv("transposed_conv_1", 5, 4, Window(2, 2)),
                ),
                same("joined", 8, 4),
                relu(),
                TransposedConv("transposed_conv_2", 4, 3, Window(2, 2)),
            ),
            Conv("classes", 6, 3, Window(1)),
            Reshape(SIDE * SIDE, CLASSES),
            PerStep(Softmax()),
        ),
    ),
}


def initial(chain):
    return [table(*shape, 32 + 2 * p) for p, shape in enumerate(chain.shapes)]


def gradients(chain, cost, parameters):
    return chain.backward(cost(chain.forward(X, parameters, None))[1])[1]


def check_by_complex_step(chain, cost):
    """Compare three directional derivatives with Im C(w + ihv) / h, which has no cancellation."""
    parameters, h = initial(chain), REAL(1e-30)
    analytic = gradients(chain, cost, parameters)
    for salt in (3, 5, 7):
        direction = [table(*p.shape, salt) for p in parameters]
        moved = [p + 1j * h * v for p, v in zip(parameters, direction)]
        expected = np.imag(cost(chain.forward(X, moved, None))[0]) / h
        got = sum((g * v).sum() for g, v in zip(analytic, direction))
        assert abs(got - expected) < 1e-16 * max(1, abs(expected)), (got, expected)


def after_updates(chain, cost):
    parameters = initial(chain)
    velocities = [0 * p for p in parameters]
    for _ in range(layers.UPDATES):
        steps = gradients(chain, cost, parameters)
        velocities = [layers.MOMENTUM * v + g for v, g in zip(velocities, steps)]
        parameters = [p - REAL(layers.RATE) * v for p, v in zip(parameters, velocities)]
    return parameters


def network(model, last, cost, labels, chain):
    check_by_complex_step(chain, cost)
    named = lambda tensors: dict(zip(chain.names, map(rows, tensors)))
    outputs = chain.forward(X, initial(chain), None)
    everything = gradients(chain, cost, initial(chain))
    assert all(np.any(g) for g in everything), "a parameter without a gradient"
    return {
        "model": IMAGES + model,
        "labels": ["[" + ", ".join(f"c{c}" for c in l) + "]" if isinstance(l, list) else f"c{l}" for l in labels],
        "initial": named(initial(chain)),
        "loss": float(cost(outputs)[0]),
        "values": {last: rows(outputs.reshape(BATCH, -1))},
        "gradients": named(everything),
        "after_updates": {OPTIMIZER: named(after_updates(chain, cost))},
    }


def main():
    facts = {
        "seed": layers.SEED,
        "updates": layers.UPDATES,
        "batches_of_an_epoch": layers.BATCHES,
        "rows": rows(X),
        "networks": {name: network(*each) for name, each in NETWORKS.items()},
    }
    if sys.argv[1:] == ["--check"]:
        difference = layers.largest_difference(facts, json.loads(FILE.read_text()))
        print(f"largest difference from the stored numbers: {difference:.1e}")
        sys.exit(0 if difference <= 1e-13 else 1)
    FILE.write_text(json.dumps(facts) + "\n")
    print(f"{len(NETWORKS)} networks and {FILE.stat().st_size} bytes of JSON in {FILE.parent}")


if __name__ == "__main__":
    main()
