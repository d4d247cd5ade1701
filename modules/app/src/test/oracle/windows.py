#!/usr/bin/env python3
"""Compute outputs, loss, gradients and 20 updates of small networks whose layers slide windows over images and sequences.

    python3 modules/app/src/test/oracle/windows.py           writes modules/app/src/test/resources/oracle/windows.json
    python3 modules/app/src/test/oracle/windows.py --check   computes again and compares, writes nothing

Needs NumPy; the tests do not. Everything but inputs and layers is that of layers.py. A convolution is computed in another way than the
program does: for each place in the window, the padded input is shifted and multiplied by the weights of that place.
"""

from pathlib import Path

import layers
import numpy as np
from layers import BATCH, CLASSES, REAL, Dense, PerStep, Reshape, Softmax, sigmoid, table, tanh

FILE = Path(__file__).resolve().parent.parent / "resources" / "oracle" / "windows.json"
layers.X = table(BATCH, 63, 29, 252)  # from -2 to 2


def both(number):
    return number if isinstance(number, tuple) else (number, number)


class Window:
    """A window over [batch, height, width, channels], which moves over the input within zeros."""

    def __init__(self, size, stride=1, padding=0, dilation=1):
        self.size, self.stride, self.dilation = both(size), both(stride), both(dilation)
        self.padding = both(padding)

    def zeros(self, axis, length):
        extent = (self.size[axis] - 1) * self.dilation[axis] + 1
        if self.padding[axis] != "same":
            return self.padding[axis], self.padding[axis]
        total = max(0, (-(-length // self.stride[axis]) - 1) * self.stride[axis] + extent - length)
        return total // 2, total - total // 2

    def pad(self, x, value=0):
        around = [(0, 0), self.zeros(0, x.shape[1]), self.zeros(1, x.shape[2]), (0, 0)]
        padded = np.pad(x, around, constant_values=value)
        inside = tuple(slice(before, before + n) for (before, _), n in zip(around, x.shape))
        return padded, inside

    def places(self, padded):
        """Yield each place in the window, with the slices of the padded input that it covers at all positions."""
        for a in range(self.size[0]):
            for b in range(self.size[1]):
                slices = [slice(None)]
                for axis, place in ((0, a), (1, b)):
                    begin, step = place * self.dilation[axis], self.stride[axis]
                    extent = (self.size[axis] - 1) * self.dilation[axis] + 1
                    count = (padded.shape[axis + 1] - extent) // step + 1
                    slices.append(slice(begin, begin + (count - 1) * step + 1, step))
                yield (a, b), tuple(slices)


class Conv:
    def __init__(self, name, channels, filters, window, groups=1, biased=True):
        self.window, self.groups, self.filters = window, groups, filters
        self.share = channels // groups
        rows = window.size[0] * window.size[1] * self.share
        self.names = [f"{name}.weights"] + [f"{name}.biases"] * biased
        self.shapes = [(rows, filters)] + [(1, filters)] * biased

    def parts(self):
        for g in range(self.groups):
            width = self.filters // self.groups
            yield slice(g * self.share, (g + 1) * self.share), slice(g * width, (g + 1) * width)

    def forward(self, x, w, place):
        self.w = w[0].reshape(*self.window.size, self.share, self.filters)
        self.padded, self.inside = self.window.pad(x)
        z = 0
        for (a, b), at in self.window.places(self.padded):
            shifted = self.padded[at]
            z = z + np.concatenate([shifted[..., c] @ self.w[a, b][:, f] for c, f in self.parts()], axis=-1)
        return z + w[1][0] if len(w) > 1 else z

    def backward(self, g):
        dw, dpadded = np.zeros_like(self.w), np.zeros_like(self.padded)
        for (a, b), at in self.window.places(self.padded):
            for c, f in self.parts():
                shifted = self.padded[at][..., c]
                dw[a, b][:, f] = np.tensordot(shifted, g[..., f], axes=((0, 1, 2), (0, 1, 2)))
                dpadded[at][..., c] += g[..., f] @ self.w[a, b][:, f].T
        own = [dw.reshape(self.shapes[0])] + [g.sum(axis=(0, 1, 2)).reshape(1, -1)] * (len(self.names) - 1)
        return dpadded[self.inside], own


class TransposedConv:
    """For each place in the window, the input times the weights of that place is added to the output, shifted."""

    def __init__(self, name, channels, filters, window):
        self.window, self.filters = window, filters
        columns = window.size[0] * window.size[1] * filters
        self.names = [f"{name}.weights", f"{name}.biases"]
        self.shapes = [(channels, columns), (1, filters)]

    def lay_out(self, x):
        """Set where the positions of each axis begin in the padded output, and the part of it that is kept."""
        lengths, kept = [], []
        for axis in (0, 1):
            n, step = x.shape[axis + 1], self.window.stride[axis]
            extent = (self.window.size[axis] - 1) * self.window.dilation[axis] + 1
            whole, padding = (n - 1) * step + extent, self.window.padding[axis]
            before = max(0, extent - step) // 2 if padding == "same" else padding
            length = n * step if padding == "same" else whole - 2 * padding
            lengths.append(max(whole, before + length))
            kept.append(slice(before, before + length))
        self.counts, self.lengths, self.kept = x.shape[1:3], lengths, (slice(None), *kept)

    def places(self):
        for a in range(self.window.size[0]):
            for b in range(self.window.size[1]):
                begins = a * self.window.dilation[0], b * self.window.dilation[1]
                steps = zip(begins, self.counts, self.window.stride)
                yield (a, b), (slice(None), *(slice(o, o + (n - 1) * s + 1, s) for o, n, s in steps))

    def forward(self, x, w, place):
        self.x, self.w = x, w[0].reshape(-1, *self.window.size, self.filters)
        self.lay_out(x)
        padded = np.zeros((len(x), *self.lengths, self.filters), dtype=(x[0, 0, 0, 0] * w[0][0, 0]).dtype)
        for (a, b), at in self.places():
            padded[at] += x @ self.w[:, a, b]
        return padded[self.kept] + w[1][0]

    def backward(self, g):
        padded, dw, dx = np.zeros((len(g), *self.lengths, self.filters), dtype=REAL), np.zeros_like(self.w), 0
        padded[self.kept] = g
        for (a, b), at in self.places():
            dw[:, a, b] = np.tensordot(self.x, padded[at], axes=((0, 1, 2), (0, 1, 2)))
            dx = dx + padded[at] @ self.w[:, a, b].T
        return dx, [dw.reshape(self.shapes[0]), g.sum(axis=(0, 1, 2)).reshape(1, -1)]


class Upsample:
    names, shapes = [], []

    def __init__(self, *size):
        self.size = size

    def forward(self, x, w, place):
        return x.repeat(self.size[0], axis=1).repeat(self.size[1], axis=2)

    def backward(self, g):
        n, h, w, c = g.shape
        return g.reshape(n, h // self.size[0], self.size[0], w // self.size[1], self.size[1], c).sum(axis=(2, 4)), []


class Edges:
    """Zeros around the input, or, with negative numbers, places left out."""

    names, shapes = [], []

    def __init__(self, top, bottom, left, right):
        self.sides = (0, 0), (top, bottom), (left, right), (0, 0)

    @staticmethod
    def change(x, sides):
        inside = tuple(slice(max(0, -a), n - max(0, -b)) for (a, b), n in zip(sides, x.shape))
        return np.pad(x[inside], [(max(0, a), max(0, b)) for a, b in sides])

    def forward(self, x, w, place):
        return self.change(x, self.sides)

    def backward(self, g):
        return self.change(g, [(-a, -b) for a, b in self.sides]), []


def depthwise(name, channels, filters, window):
    """Return the first step of a separable convolution."""
    layer = Conv(name, channels, filters, window, channels, biased=False)
    layer.names = [f"{name}.depthwise_weights"]
    return layer


class MaxPool:
    """The number of the first greatest place in the window; before it, minus infinity is put around the input."""

    names, shapes = [], []

    def __init__(self, window):
        self.window = window

    def forward(self, x, w, place):
        self.padded, self.inside = self.window.pad(x, -np.inf)
        stacked = np.stack([self.padded[at] for _, at in self.window.places(self.padded)])
        ordered = np.sort(stacked.real, axis=0)
        assert len(ordered) == 1 or np.min(ordered[-1] - ordered[-2]) > 1e-6, "a tie"
        self.first = np.argmax(stacked.real, axis=0)
        return np.take_along_axis(stacked, self.first[None], axis=0)[0]

    def backward(self, g):
        dpadded = np.zeros_like(self.padded)
        for number, (_, at) in enumerate(self.window.places(self.padded)):
            dpadded[at] += np.where(self.first == number, g, 0)
        return dpadded[self.inside], []


class MeanPool:
    """The sum over the window within zeros, divided by the same sum over an input of ones."""

    names, shapes = [], []

    def __init__(self, window):
        self.window = window

    def forward(self, x, w, place):
        self.padded, self.inside = self.window.pad(x)
        ones, _ = self.window.pad(np.ones_like(x))
        self.count = sum(ones[at] for _, at in self.window.places(ones))
        return sum(self.padded[at] for _, at in self.window.places(self.padded)) / self.count

    def backward(self, g):
        dpadded = np.zeros_like(self.padded)
        for _, at in self.window.places(self.padded):
            dpadded[at] += g / self.count
        return dpadded[self.inside], []


class BatchNorm:
    """Ioffe and Szegedy 2015 over all axes but the last; backward by centring what comes back, as the statistics move along."""

    def __init__(self, name, features, epsilon):
        self.names, self.shapes = [f"{name}.gamma", f"{name}.beta"], [(1, features), (1, features)]
        self.epsilon = epsilon

    def forward(self, x, w, place):
        self.axes = tuple(range(x.ndim - 1))
        centred = x - x.mean(axis=self.axes)
        self.deviation = np.sqrt((centred * centred).mean(axis=self.axes) + self.epsilon)
        self.hat, self.gamma = centred / self.deviation, w[0][0]
        return self.gamma * self.hat + w[1][0]

    def backward(self, g):
        dhat = g * self.gamma
        moved = dhat.mean(axis=self.axes) + self.hat * (dhat * self.hat).mean(axis=self.axes)
        own = [(g * self.hat).sum(axis=self.axes).reshape(1, -1), g.sum(axis=self.axes).reshape(1, -1)]
        return (dhat - moved) / self.deviation, own


class GroupNorm:
    """Wu and He 2018: a group of channels of one example is normalised over all pixels."""

    def __init__(self, name, features, groups, epsilon):
        self.names, self.shapes = [f"{name}.gamma", f"{name}.beta"], [(1, features), (1, features)]
        self.groups, self.epsilon = groups, epsilon

    def split(self, x):
        return x.reshape(len(x), -1, self.groups, x.shape[-1] // self.groups)

    def forward(self, x, w, place):
        centred = self.split(x) - self.split(x).mean(axis=(1, 3), keepdims=True)
        self.deviation = np.sqrt((centred * centred).mean(axis=(1, 3), keepdims=True) + self.epsilon)
        self.hat, self.gamma = centred / self.deviation, w[0][0]
        return self.gamma * self.hat.reshape(x.shape) + w[1][0]

    def backward(self, g):
        dhat = self.split(g * self.gamma)
        mean = lambda v: v.mean(axis=(1, 3), keepdims=True)
        dx = (dhat - mean(dhat) - self.hat * mean(dhat * self.hat)) / self.deviation
        axes = tuple(range(g.ndim - 1))
        own = [(g * self.hat.reshape(g.shape)).sum(axis=axes).reshape(1, -1), g.sum(axis=axes).reshape(1, -1)]
        return dx.reshape(g.shape), own


class Steps:
    """Another layer on sequences [batch, steps, features], as images of height 1."""

    def __init__(self, layer):
        self.layer, self.names, self.shapes = layer, layer.names, layer.shapes

    def forward(self, x, w, place):
        return self.layer.forward(x[:, None], w, place)[:, 0]

    def backward(self, g):
        dx, own = self.layer.backward(g[:, None])
        return dx[:, 0], own


# name: the model as YAML, the layers
NETWORKS = {
    "conv": (
        """
  - { type: reshape, to: [7, 9, 1] }
  - { type: conv, filters: 4, size: 3, activation: tanh }
  - { type: conv, filters: 3, size: [2, 3], stride: [2, 1], padding: 1, activation: sigmoid }
  - { type: dense, units: 3, activation: softmax }
""",
        [
            Reshape(7, 9, 1),
            Conv("conv_1", 1, 4, Window(3)),
            tanh(),
            Conv("conv_2", 4, 3, Window((2, 3), (2, 1), 1)),
            sigmoid(),
            Reshape(63),
            Dense("dense_1", 63, CLASSES),
            Softmax(),
        ],
    ),
    "conv_same": (
        """
  - { type: reshape, to: [7, 3, 3] }
  - { type: conv, filters: 5, size: [3, 4], stride: [3, 1], padding: same, activation: tanh }
  - { type: conv, filters: 4, size: 3, dilation: [1, 2], padding: same, activation: softmax }
  - { type: conv, filters: 2, size: 2, stride: 2, padding: same, use_bias: false }
  - { type: dense, units: 3, activation: softmax }
""",
        [
            Reshape(7, 3, 3),
            Conv("conv_1", 3, 5, Window((3, 4), (3, 1), "same")),
            tanh(),
            Conv("conv_2", 5, 4, Window(3, 1, "same", (1, 2))),
            Reshape(9, 4),
            PerStep(Softmax()),
            Reshape(3, 3, 4),
            Conv("conv_3", 4, 2, Window(2, 2, "same"), biased=False),
            Reshape(8),
            Dense("dense_1", 8, CLASSES),
            Softmax(),
        ],
    ),
    "conv_groups": (
        """
  - { type: reshape, to: [7, 3, 3] }
  - { type: conv, filters: 6, size: [3, 1], groups: 3, activation: tanh }
  - { type: conv, filters: 4, size: 2, stride: [1, 2], padding: 1, groups: 2, activation: tanh }
  - { type: conv, filters: 8, size: 1, groups: 4 }
  - { type: dense, units: 3, activation: softmax }
""",
        [
            Reshape(7, 3, 3),
            Conv("conv_1", 3, 6, Window((3, 1)), groups=3),
            tanh(),
            Conv("conv_2", 6, 4, Window(2, (1, 2), 1), groups=2),
            tanh(),
            Conv("conv_3", 4, 8, Window(1), groups=4),
            Reshape(96),
            Dense("dense_1", 96, CLASSES),
            Softmax(),
        ],
    ),
    "conv_of_sequences": (
        """
  - { type: reshape, to: [21, 3] }
  - { type: conv, filters: 4, size: 4, stride: 3, padding: 2, activation: softmax }
  - { type: conv, filters: 6, size: 2, dilation: 2, padding: same, groups: 2, activation: tanh }
  - { type: conv, filters: 2, size: 5 }
  - { type: dense, units: 2 }
  - flatten
  - { type: dense, units: 3, activation: softmax }
""",
        [
            Reshape(21, 3),
            Steps(Conv("conv_1", 3, 4, Window((1, 4), (1, 3), (0, 2)))),
            PerStep(Softmax()),
            Steps(Conv("conv_2", 4, 6, Window((1, 2), 1, "same", (1, 2)), groups=2)),
            tanh(),
            Steps(Conv("conv_3", 6, 2, Window((1, 5)))),
            PerStep(Dense("dense_1", 2, 2)),
            Reshape(8),
            Dense("dense_2", 8, CLASSES),
            Softmax(),
        ],
    ),
    "max_pool": (
        """
  - { type: reshape, to: [7, 9, 1] }
  - { type: conv, filters: 4, size: 3, activation: tanh }
  - { type: max_pool, size: 2 }
  - { type: conv, filters: 3, size: 2, padding: 1, activation: tanh }
  - { type: max_pool, size: 3, stride: 2, padding: same }
  - { type: dense, units: 3, activation: softmax }
""",
        [
            Reshape(7, 9, 1),
            Conv("conv_1", 1, 4, Window(3)),
            tanh(),
            MaxPool(Window(2, 2)),
            Conv("conv_2", 4, 3, Window(2, 1, 1)),
            tanh(),
            MaxPool(Window(3, 2, "same")),
            Reshape(12),
            Dense("dense_1", 12, CLASSES),
            Softmax(),
        ],
    ),
    "mean_pool": (
        """
  - { type: reshape, to: [7, 3, 3] }
  - { type: conv, filters: 4, size: 3, padding: same, activation: tanh }
  - { type: mean_pool, size: [3, 2], stride: [2, 1], padding: 1 }
  - { type: conv, filters: 5, size: 2, activation: sigmoid }
  - global_mean_pool
  - { type: dense, units: 3, activation: softmax }
""",
        [
            Reshape(7, 3, 3),
            Conv("conv_1", 3, 4, Window(3, 1, "same")),
            tanh(),
            MeanPool(Window((3, 2), (2, 1), 1)),
            Conv("conv_2", 4, 5, Window(2)),
            sigmoid(),
            MeanPool(Window(3)),
            Reshape(5),
            Dense("dense_1", 5, CLASSES),
            Softmax(),
        ],
    ),
    "batch_norm": (
        """
  - { type: reshape, to: [7, 3, 3] }
  - { type: conv, filters: 4, size: 3, padding: same, use_bias: false }
  - { type: batch_norm, epsilon: 0.25 }
  - { type: activation, function: tanh }
  - { type: reshape, to: [21, 4] }
  - batch_norm
  - { type: conv, filters: 2, size: 5, stride: 4, activation: tanh }
  - { type: dense, units: 2 }
  - flatten
  - { type: dense, units: 3, activation: softmax }
""",
        [
            Reshape(7, 3, 3),
            Conv("conv_1", 3, 4, Window(3, 1, "same"), biased=False),
            BatchNorm("batch_norm_1", 4, 0.25),
            tanh(),
            Reshape(21, 4),
            BatchNorm("batch_norm_2", 4, 1e-5),
            Steps(Conv("conv_2", 4, 2, Window((1, 5), (1, 4)))),
            tanh(),
            PerStep(Dense("dense_1", 2, 2)),
            Reshape(10),
            Dense("dense_2", 10, CLASSES),
            Softmax(),
        ],
    ),
    "separable_conv": (
        """
  - { type: reshape, to: [7, 3, 3] }
  - { type: depthwise_conv, size: 3, multiplier: 2, padding: same, activation: tanh }
  - { type: separable_conv, filters: 4, size: 2, multiplier: 2, stride: [2, 1], padding: same, activation: tanh }
  - { type: dense, units: 3, activation: softmax }
""",
        [
            Reshape(7, 3, 3),
            Conv("depthwise_conv_1", 3, 6, Window(3, 1, "same"), groups=3),
            tanh(),
            depthwise("separable_conv_1", 6, 12, Window(2, (2, 1), "same")),
            Conv("separable_conv_1", 12, 4, Window(1)),
            tanh(),
            Reshape(48),
            Dense("dense_1", 48, CLASSES),
            Softmax(),
        ],
    ),
    "transposed_conv": (
        """
  - { type: reshape, to: [3, 3, 7] }
  - { type: transposed_conv, filters: 4, size: 3, stride: 2, activation: tanh }
  - { type: crop, before: [1, 0], after: [0, 2] }
  - { type: transposed_conv, filters: 2, size: [2, 3], stride: [1, 2], padding: same, activation: tanh }
  - { type: pad, before: 1, after: [0, 1] }
  - { type: mean_pool, size: 3 }
  - { type: upsample, size: [1, 2] }
  - { type: conv, filters: 3, size: 2 }
  - { type: dense, units: 3, activation: softmax }
""",
        [
            Reshape(3, 3, 7),
            TransposedConv("transposed_conv_1", 7, 4, Window(3, 2)),
            tanh(),
            Edges(-1, 0, 0, -2),
            TransposedConv("transposed_conv_2", 4, 2, Window((2, 3), (1, 2), "same")),
            tanh(),
            Edges(1, 0, 1, 1),
            MeanPool(Window(3, 3)),
            Upsample(1, 2),
            Conv("conv_1", 2, 3, Window(2)),
            Reshape(21),
            Dense("dense_1", 21, CLASSES),
            Softmax(),
        ],
    ),
    "transposed_conv_of_sequences": (
        """
  - { type: reshape, to: [9, 7] }
  - { type: transposed_conv, filters: 3, size: 4, stride: 3, padding: 1, dilation: 2, activation: tanh }
  - { type: upsample, size: 2 }
  - { type: crop, before: 1, after: 2 }
  - { type: transposed_conv, filters: 2, size: 1, stride: 2, padding: same, activation: sigmoid }
  - { type: pad, after: 1 }
  - { type: mean_pool, size: 20 }
  - { type: dense, units: 2 }
  - flatten
  - { type: dense, units: 3, activation: softmax }
""",
        [
            Reshape(9, 7),
            Steps(TransposedConv("transposed_conv_1", 7, 3, Window((1, 4), (1, 3), (0, 1), (1, 2)))),
            tanh(),
            Steps(Upsample(1, 2)),
            Steps(Edges(0, 0, -1, -2)),
            Steps(TransposedConv("transposed_conv_2", 3, 2, Window(1, (1, 2), (0, "same")))),
            sigmoid(),
            Steps(Edges(0, 0, 0, 1)),
            Steps(MeanPool(Window((1, 20), (1, 20)))),
            PerStep(Dense("dense_1", 2, 2)),
            Reshape(10),
            Dense("dense_2", 10, CLASSES),
            Softmax(),
        ],
    ),
    "group_norm": (
        """
  - { type: reshape, to: [7, 3, 3] }
  - { type: conv, filters: 6, size: 3, activation: tanh }
  - { type: group_norm, groups: 2, epsilon: 0.25 }
  - { type: reshape, to: [5, 6] }
  - { type: group_norm, groups: 3 }
  - { type: dense, units: 4, activation: tanh }
  - flatten
  - { type: group_norm, groups: 5 }
  - { type: dense, units: 3, activation: softmax }
""",
        [
            Reshape(7, 3, 3),
            Conv("conv_1", 3, 6, Window(3)),
            tanh(),
            GroupNorm("group_norm_1", 6, 2, 0.25),
            Reshape(5, 6),
            GroupNorm("group_norm_2", 6, 3, 1e-5),
            PerStep(Dense("dense_1", 6, 4)),
            tanh(),
            Reshape(20),
            GroupNorm("group_norm_3", 20, 5, 1e-5),
            Dense("dense_2", 20, CLASSES),
            Softmax(),
        ],
    ),
    "pools_of_sequences": (
        """
  - { type: reshape, to: [21, 3] }
  - { type: conv, filters: 4, size: 3, activation: tanh }
  - { type: max_pool, size: 3, stride: 2 }
  - { type: mean_pool, size: 4, stride: 3, padding: same }
  - global_max_pool
  - { type: dense, units: 3, activation: softmax }
""",
        [
            Reshape(21, 3),
            Steps(Conv("conv_1", 3, 4, Window((1, 3)))),
            tanh(),
            Steps(MaxPool(Window((1, 3), (1, 2)))),
            Steps(MeanPool(Window((1, 4), (1, 3), (0, "same")))),
            Steps(MaxPool(Window((1, 3)))),
            Reshape(4),
            Dense("dense_1", 4, CLASSES),
            Softmax(),
        ],
    ),
}


if __name__ == "__main__":
    layers.main(FILE, NETWORKS)
