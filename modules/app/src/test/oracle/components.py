#!/usr/bin/env python3
"""Compute the rates of schedules at every step of short runs, costs and gradients of losses, 200 updates of optimizers, and
fitted transforms, independently of Chainrule.

    python3 modules/app/src/test/oracle/components.py           writes modules/app/src/test/resources/oracle/components.json
    python3 modules/app/src/test/oracle/components.py --check   computes again and compares, writes nothing

Needs NumPy; the tests do not. Everything is computed in long double (80 bits where the processor has them) and rounded once.
A schedule is simulated from the first step to the last, with counters instead of divisions where it repeats itself. Gradients
of smooth costs are complex-step derivatives, Im C(a + ih) / h, which have no cancellation and share no formula with the program;
those of costs with kinks are written out. Costs are linear in smoothed labels there, here the labels themselves are smoothed.
"""

import json
import sys
from pathlib import Path

import numpy as np

REAL = np.longdouble
FILE = Path(__file__).resolve().parent.parent / "resources" / "oracle" / "components.json"
PI = REAL("3.14159265358979323846264338327950288")


def mix(x, y, share):
    """The number between x and y, a share of the way to y."""
    return (1 - share) * REAL(x) + share * REAL(y)


def linear(n, start, end=0, over=None):
    over = over or n
    return [mix(start, end, min(REAL(t) / over, 1)) for t in range(n)]


def polynomial(n, start, end=0, power=2, over=None):
    over = over or n
    return [mix(end, start, max(1 - REAL(t) / over, 0) ** REAL(power)) for t in range(n)]


def cosine(n, start, end=0, over=None):
    over = over or n
    return [mix(start, end, np.sin(PI / 2 * min(REAL(t) / over, 1)) ** 2) for t in range(n)]


def cosine_restarts(n, start, first, end=0, growth=1, factor=1):
    rates, length, peak = [], first, REAL(start)
    while len(rates) < n:
        rates += cosine(length, max(peak, end), end)
        length, peak = length * growth, peak * REAL(factor)
    return rates[:n]


def step(n, start, factor, every):
    rates = [REAL(start)]
    while len(rates) < n:
        rates.append(rates[-1] * (REAL(factor) if len(rates) % every == 0 else 1))
    return rates


def exponential(n, start, factor, every):
    a_step = np.exp(np.log(REAL(factor)) / every)
    rates = [REAL(start)]
    while len(rates) < n:
        rates.append(rates[-1] * a_step)
    return rates


def inverse_time(n, start, every, decay=1):
    return [start / (1 + REAL(decay) * (REAL(t) / every)) for t in range(n)]


def one_cycle(n, peak, rise=0.3, start=0.04, end=4e-6, over=None):
    over = over or n
    top, rates = REAL(rise) * over, []
    for t in range(n):
        up = np.sin(PI / 2 * min(t / top, 1)) ** 2
        down = np.sin(PI / 2 * min(max((t - top) / (over - top), 0), 1)) ** 2
        rates.append(mix(mix(start, 1, up), end, down) * REAL(peak))
    return rates


def piecewise(parts, at):
    bounds = [0, *at, len(parts[0])]
    return [rate for part, a, b in zip(parts, bounds, bounds[1:]) for rate in part[a:b]]


def plateau(n, per_epoch, values, start, patience=5, factor=0.1, end=0, min_delta=0, sign=1):
    """Keras's ReduceLROnPlateau with mode min (sign 1) or max, at the end of each epoch."""
    rate, best, wait, rates = REAL(start), np.inf, 0, []
    for value in values[: n // per_epoch]:
        rates += [max(rate, REAL(end))] * per_epoch
        if np.less(sign * value, best - min_delta):
            best, wait = sign * value, 0
        else:
            wait += 1
            if wait >= patience:
                rate, wait = rate * REAL(factor), 0
    return rates


def warmup(then, over, start=0):
    return [mix(start, then[over], REAL(t) / over) if t < over else then[t] for t in range(len(then))]


LOSSES = [0.9, 0.7, 0.69, 0.71, 0.705, 0.5, 0.5, 0.6, 0.55, 0.52, 0.51, 0.4]


def schedules():
    n, per_epoch = 60, 5  # 12 epochs
    rates = {
        "0.1": [REAL(0.1)] * n,
        "{type: constant, value: 0.25}": [REAL(0.25)] * n,
        "{type: linear, from: 0.1}": linear(n, 0.1),
        "{type: linear, from: 0.001, to: 0.3, over: 7 epochs}": linear(n, 0.001, 0.3, 35),
        "{type: polynomial, from: 0.1}": polynomial(n, 0.1),
        "{type: polynomial, from: 0.1, to: 0.003, power: 0.9, over: 41 steps}": polynomial(n, 0.1, 0.003, 0.9, 41),
        "{type: cosine, from: 0.1}": cosine(n, 0.1),
        "{type: cosine, from: 0.1, to: 0.01, over: 3 epochs}": cosine(n, 0.1, 0.01, 15),
        "{type: cosine_restarts, from: 0.1, first: 7 steps}": cosine_restarts(n, 0.1, 7),
        "{type: cosine_restarts, from: 0.3, first: 1 epoch, to: 0.02, growth: 2, factor: 0.3}": cosine_restarts(
            n, 0.3, 5, 0.02, 2, 0.3
        ),
        "{type: step, from: 0.1, factor: 0.7, every: 2 epochs}": step(n, 0.1, 0.7, 10),
        "{type: exponential, from: 0.1, factor: 0.95, every: 1 step}": exponential(n, 0.1, 0.95, 1),
        "{type: exponential, from: 0.1, factor: 0.3, every: 1 epoch}": exponential(n, 0.1, 0.3, 5),
        "{type: inverse_time, from: 0.1, every: 1 epoch}": inverse_time(n, 0.1, 5),
        "{type: inverse_time, from: 0.1, every: 3 steps, decay: 0.7}": inverse_time(n, 0.1, 3, 0.7),
        "{type: one_cycle, peak: 0.4}": one_cycle(n, 0.4),
        "{type: one_cycle, peak: 0.4, rise: 0.55, from: 0.1, to: 0.01, over: 37 steps}": one_cycle(
            n, 0.4, 0.55, 0.1, 0.01, 37
        ),
        "{type: piecewise, rates: [0.1, {type: linear, from: 0.2}, 0.003], at: [3 epochs, 9 epochs]}": piecewise(
            [[REAL(0.1)] * n, linear(n, 0.2), [REAL(0.003)] * n], [15, 45]
        ),
        "{type: plateau, from: 0.1, patience: 2}": plateau(n, per_epoch, LOSSES, 0.1, 2),
        "{type: plateau, from: 0.1, patience: 1, factor: 0.5, to: 0.02, min_delta: 0.05}": plateau(
            n, per_epoch, LOSSES, 0.1, 1, 0.5, 0.02, 0.05
        ),
        "{type: plateau, from: 0.1, metric: validation.r2, mode: max, patience: 3}": plateau(
            n, per_epoch, LOSSES, 0.1, 3, sign=-1
        ),
        "{type: warmup, over: 2 epochs, then: {type: cosine, from: 0.1}}": warmup(cosine(n, 0.1), 10),
        "{type: warmup, over: 7 steps, from: 0.01, then: {type: exponential, from: 0.1, factor: 0.9, every: 1 step}}": warmup(
            exponential(n, 0.1, 0.9, 1), 7, 0.01
        ),
    }
    return {
        "steps_per_epoch": per_epoch,
        "epochs": n // per_epoch,
        "recorded": LOSSES,
        "rates": {yaml: [float(rate) for rate in each] for yaml, each in rates.items()},
    }


def softmax(z):
    e = np.exp(z - np.max(z.real, axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softplus(z):
    return np.log(1 + np.exp(z))


def cross_entropy(a, y, smoothing=0):
    return -(((1 - REAL(smoothing)) * y + REAL(smoothing) / y.shape[1]) * np.log(a)).sum(axis=1)


def binary_cross_entropy(a, y, smoothing=0):
    y = y + REAL(smoothing) * (REAL(0.5) - y)
    return -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum(axis=1)


def focal(a, y, gamma=2):
    p = np.stack([a, 1 - a])
    return -(np.stack([y, 1 - y]) * (1 - p) ** REAL(gamma) * np.log(p)).sum(axis=(0, 2))


def kl_divergence(a, y):
    return (y * np.log(np.where(y == 0, 1, y) / a)).sum(axis=1)


def log_cosh(a, y):
    return np.log((np.exp(a - y) + np.exp(y - a)) / 2).sum(axis=1)


def cosine_distance(a, y):
    return 1 - (a * y).sum(axis=1) / np.sqrt((a * a).sum(axis=1) * (y * y).sum(axis=1))


def by_complex_step(cost, at):
    """The derivatives of the mean of the costs by each output; an example's cost depends on its own outputs alone."""
    h, g = REAL(1e-200), np.zeros(at.shape, REAL)
    for j in range(at.shape[1]):
        shifted = at.astype(np.clongdouble)
        shifted[:, j] += 1j * h
        g[:, j] = np.imag(cost(shifted)) / h / len(at)
    return g


def kinked(cost, slope):
    """A loss whose slope is written out: slope(d) of the difference d = a - y, or of the margin 1 - s·a."""
    return lambda a, y: cost(a, y).sum(axis=1), lambda a, y: slope(a, y) / len(a)


def pinball(q):
    q = REAL(q)
    return kinked(
        lambda a, y: np.maximum(q * (y - a), (q - 1) * (y - a)), lambda a, y: (1 - q) * (a > y) - q * (a < y)
    )


def huber(delta):
    return kinked(
        lambda a, y: np.where(abs(a - y) > delta, delta * abs(a - y) - REAL(delta) ** 2 / 2, (a - y) ** 2 / 2),
        lambda a, y: np.sign(a - y) * np.minimum(abs(a - y), delta),
    )


def hinge(power):
    def missing(a, y):
        return np.where((2 * y - 1) * a < 1, 1 - (2 * y - 1) * a, 0)

    return kinked(
        lambda a, y: missing(a, y) ** power,
        lambda a, y: -power * (2 * y - 1) * (missing(a, y) > 0) * missing(a, y) ** (power - 1),
    )


def losses():
    draw, rows, columns = np.random.default_rng(20240303), 9, 4
    z = draw.normal(scale=2, size=(rows, columns))
    numbers = np.where(draw.random((rows, columns)) < 0.2, z, draw.normal(size=(rows, columns)))
    labels = draw.integers(0, columns, (rows, 1)).astype(float)
    one_hot = np.eye(columns)[labels[:, 0].astype(int)]
    counts = draw.poisson(1.5, (rows, columns)).astype(float)
    fractions = np.float64(sigmoid(draw.normal(size=(rows, columns))))
    probabilities = np.float64(softmax(draw.normal(size=(rows, columns))))
    probabilities[0] = [0, 1, 0, 0]
    both = {"numbers": numbers, "classes": labels, "fractions": fractions, "counts": counts, "probabilities": probabilities}
    # YAML of the loss: its targets, the activation before it, and its cost or its cost and gradient
    table = [
        ("quadratic", "numbers", None, lambda a, y: ((a - y) ** 2).sum(axis=1) / 2),
        ("mae", "numbers", None, kinked(lambda a, y: abs(a - y), lambda a, y: np.sign(a - y))),
        ("huber", "numbers", None, huber(1)),
        ("{type: huber, delta: 0.25}", "numbers", None, huber(0.25)),
        ("log_cosh", "numbers", None, log_cosh),
        ("quantile", "numbers", None, pinball(0.5)),
        ("{type: quantile, level: 0.9}", "numbers", None, pinball(0.9)),
        ("cosine", "numbers", None, cosine_distance),
        ("hinge", "classes", None, hinge(1)),
        ("squared_hinge", "classes", None, hinge(2)),
        ("poisson", "counts", "softplus", lambda a, y: (a - y * np.log(a)).sum(axis=1)),
        ("kl_divergence", "probabilities", "softmax", kl_divergence),
        ("cross_entropy", "classes", "softmax", cross_entropy),
        ("{type: cross_entropy, label_smoothing: 0.1}", "classes", "softmax", lambda a, y: cross_entropy(a, y, 0.1)),
        ("binary_cross_entropy", "classes", "sigmoid", binary_cross_entropy),
        ("{type: binary_cross_entropy, label_smoothing: 0.3}", "fractions", "sigmoid", lambda a, y: binary_cross_entropy(a, y, 0.3)),
        ("focal", "classes", "sigmoid", focal),
        ("{type: focal, gamma: 0.7}", "fractions", "sigmoid", lambda a, y: focal(a, y, 0.7)),
    ]
    cases = {}
    for yaml, kind, activation, loss in table:
        apply = {None: lambda x: x, "softmax": softmax, "sigmoid": sigmoid, "softplus": softplus}[activation]
        a = np.float64(apply(z.astype(REAL)))
        y = (one_hot if kind == "classes" else both[kind]).astype(REAL)
        cost, gradient = loss if isinstance(loss, tuple) else (loss, lambda at, to, c=loss: by_complex_step(lambda x: c(x, to), at))
        cases[yaml] = {
            "form": "classes" if kind == "classes" else "numbers",
            "activation": activation or "identity",
            "z": z.tolist(),
            "a": a.tolist(),
            "y": both[kind].tolist(),
            "costs": np.float64(cost(a.astype(REAL), y)).tolist(),
            "gradient": np.float64(gradient(a.astype(REAL), y)).tolist(),
            "delta": np.float64(
                by_complex_step(lambda x, c=cost, f=apply, to=y: c(f(x), to), z.astype(REAL)) if activation else gradient(z.astype(REAL), y)
            ).tolist(),
        }
    return cases


def adam_family(kind, b1=0.9, b2=0.999, eps=1e-8, decay=0):
    """Updates with bias-corrected means, as their papers write them; a parameter is a vector."""
    b1, b2, eps, decay = map(REAL, (b1, b2, eps, decay))

    def run(w, gradients, rates):
        m, v, u = 0 * w, 0 * w, 0 * w
        for t, (g, rate) in enumerate(zip(gradients, rates), 1):
            m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g**2
            u = np.maximum(b2 * u, abs(g)) if kind == "adamax" else np.maximum(u, v)
            mean, root = m / (1 - b1**t), np.sqrt((u if kind == "amsgrad" else v) / (1 - b2**t)) + eps
            if kind in ("adam", "amsgrad"):
                w = w - rate * mean / root
            elif kind == "adamw":
                w = w - rate * (mean / root + decay * w)
            elif kind == "nadam":
                w = w - rate * (b1 * m / (1 - b1 ** (t + 1)) + (1 - b1) * g / (1 - b1**t)) / root
            elif kind == "adamax":
                w = w - rate * mean / (u + eps)
            elif kind == "radam":
                limit = 2 / (1 - b2) - 1
                length = limit - 2 * t * b2**t / (1 - b2**t)
                trusted = np.sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length)) if length > 5 else 0
                w = w - rate * (trusted * mean / root if length > 5 else mean)
            elif kind == "lamb":
                r = mean / root + decay * w
                sizes = np.sqrt((w * w).sum()), np.sqrt((r * r).sum())
                w = w - rate * (sizes[0] / sizes[1] if sizes[0] * sizes[1] else 1) * r
            yield w

    return run


def sgd(momentum=0, nesterov=False):
    def run(w, gradients, rates):
        v = 0 * w
        for g, rate in zip(gradients, rates):
            v = REAL(momentum) * v + g
            w = w - rate * (g + REAL(momentum) * v if nesterov else v)
            yield w

    return run


def scaled(kind, decay=0.9, eps=1e-8):
    decay, eps = REAL(decay), REAL(eps)

    def run(w, gradients, rates):
        s, d = 0 * w, 0 * w
        for g, rate in zip(gradients, rates):
            s = s + g * g if kind == "adagrad" else decay * s + (1 - decay) * g * g
            x = np.sqrt((d + eps) / (s + eps)) * g if kind == "adadelta" else g / (np.sqrt(s) + eps)
            d = decay * d + (1 - decay) * x * x
            w = w - rate * x
            yield w

    return run


def lion(b1=0.9, b2=0.99, decay=0):
    def run(w, gradients, rates):
        m = 0 * w
        for g, rate in zip(gradients, rates):
            w = w - rate * (np.sign(REAL(b1) * m + (1 - REAL(b1)) * g) + REAL(decay) * w)
            m = REAL(b2) * m + (1 - REAL(b2)) * g
            yield w

    return run


def optimizers():
    draw, updates, per_epoch = np.random.default_rng(20240305), 200, 50
    shapes = {"dense_1.weights": (3, 4), "dense_1.biases": (1, 4)}
    initial = {"dense_1.weights": draw.integers(-99, 100, (3, 4)) / 64, "dense_1.biases": np.zeros((1, 4))}
    gradients = {name: draw.integers(-999, 1000, (updates, *shape)) / 1024 for name, shape in shapes.items()}
    table = {
        "sgd, ": sgd(),
        "sgd, momentum: 0.9, ": sgd(0.9),
        "sgd, momentum: 0.8, nesterov: true, ": sgd(0.8, True),
        "rmsprop, ": scaled("rmsprop"),
        "rmsprop, decay: 0.99, epsilon: 1e-3, ": scaled("rmsprop", 0.99, 1e-3),
        "adagrad, ": scaled("adagrad", eps=1e-10),
        "adadelta, ": scaled("adadelta", 0.95, 1e-6),
        "adadelta, decay: 0.8, epsilon: 1e-3, ": scaled("adadelta", 0.8, 1e-3),
        "lion, ": lion(),
        "lion, beta1: 0.8, beta2: 0.95, weight_decay: 0.1, ": lion(0.8, 0.95, 0.1),
        "adam, ": adam_family("adam"),
        "adam, beta1: 0.7, beta2: 0.9, epsilon: 1e-3, ": adam_family("adam", 0.7, 0.9, 1e-3),
        "adamw, ": adam_family("adamw", decay=0.01),
        "adamw, weight_decay: 0.5, ": adam_family("adamw", decay=0.5),
        "nadam, ": adam_family("nadam"),
        "nadam, beta1: 0.7, ": adam_family("nadam", 0.7),
        "adamax, ": adam_family("adamax"),
        "amsgrad, ": adam_family("amsgrad"),
        "amsgrad, beta2: 0.8, ": adam_family("amsgrad", b2=0.8),
        "radam, ": adam_family("radam"),
        "radam, beta2: 0.9, ": adam_family("radam", b2=0.9),
        "lamb, ": adam_family("lamb", eps=1e-6, decay=0.01),
        "lamb, weight_decay: 0, beta1: 0.5, ": adam_family("lamb", 0.5, eps=1e-6),
    }
    rates = linear(updates, 0.05, 0.01)
    after = {}
    for start, run in table.items():
        yaml = "{type: " + start + "learning_rate: {type: linear, from: 0.05, to: 0.01}}"
        after[yaml] = {}
        for name in shapes:
            for update, w in enumerate(run(initial[name].astype(REAL), gradients[name].astype(REAL), rates), 1):
                if update in (1, 2, 7, 50, updates):
                    after[yaml].setdefault(str(update), {})[name] = np.float64(w).tolist()
    return {
        "steps_per_epoch": per_epoch,
        "initial": {name: w.tolist() for name, w in initial.items()},
        "gradients": {name: g.tolist() for name, g in gradients.items()},
        "after": after,
    }


def quantiles(x, shares):
    """Numbers below and above which the shares of the examples lie, with weights for the two neighbours."""
    ordered = np.sort(x)
    place = (len(x) - 1) * np.asarray(shares, REAL)
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, len(x) - 1)
    return ordered[below] * (1 + below - place) + ordered[above] * (place - below)


def min_max(start=0, end=1):
    return lambda x, new: start + (new - x.min()) * (REAL(end) - start) / (x.max() - x.min())


def robust(x, new):
    low, middle, high = quantiles(x, [0.25, 0.5, 0.75])
    return (new - middle) / (high - low)


def clip(start, end):
    return lambda x, new: np.clip(new, *quantiles(x, [REAL(start), REAL(end)]))


def yeo_johnson(x, power):
    with np.errstate(all="ignore"):
        up = np.log(x + 1) if power == 0 else ((x + 1) ** power - 1) / power
        down = -np.log(1 - x) if power == 2 else -((1 - x) ** (2 - power) - 1) / (2 - power)
    return np.where(x >= 0, up, down)


def likeliest(x):
    """The power of the greatest likelihood, where its derivative is 0, found by bisection of central differences."""

    def likelihood(power):
        y = yeo_johnson(x, power)
        return -len(x) / REAL(2) * np.log(np.var(y)) + (power - 1) * np.sum(np.sign(x) * np.log(1 + np.abs(x)))

    def rises(power, h=REAL(1e-6)):
        return likelihood(power + h) > likelihood(power - h)

    low, high = REAL(-10), REAL(10)
    while high - low > 1e-12:
        middle = (low + high) / 2
        low, high = (middle, high) if rises(middle) else (low, middle)
    return low


def bins(count, by_width=False):
    def split(x, new):
        shares = np.arange(1, count, dtype=REAL) / count
        bounds = x.min() + shares * (x.max() - x.min()) if by_width else quantiles(x, shares)
        number = (new[:, None] >= bounds[None, :]).sum(1)
        return (number[:, None] == np.arange(count)[None, :]).astype(REAL)

    return split


def standardize(x, new):
    return (new - np.mean(x)) / np.sqrt(np.mean((x - np.mean(x)) ** 2))


def transforms():
    """Columns of a normal, a skewed, a heavy-tailed, a negatively skewed and a narrow distribution far from 0."""
    draw = np.random.default_rng(22)
    columns = {
        "normal": draw.normal(3, 2, 101),
        "skewed": np.exp(draw.normal(1, 1, 101)),
        "heavy": draw.standard_t(2, 101),
        "left": -np.exp(draw.normal(0, 0.5, 101)),
        "ties": draw.integers(0, 4, 101).astype(float),
    }
    examples = np.stack(list(columns.values()), 1)
    new = np.concatenate([examples[::9], examples[:3] * 1.5])
    table = {
        "standardize": standardize,
        "min_max": min_max(),
        "{type: min_max, from: -1, to: 3}": min_max(-1, 3),
        "robust": robust,
        "clip": clip("0.01", "0.99"),
        "{type: clip, from: 0.1, to: 0.75}": clip("0.1", "0.75"),
        "{type: bins, count: 4}": bins(4),
        "{type: bins, count: 3, by: widths}": bins(3, True),
        "{type: scale, by: 3, offset: -1}": lambda x, new: 3 * new - 1,
    }
    made = {}
    for yaml, transform in table.items():
        parts = [transform(examples[:, j].astype(REAL), new[:, j].astype(REAL)) for j in range(examples.shape[1])]
        made[yaml] = np.float64(np.concatenate([part.reshape(len(new), -1) for part in parts], 1)).tolist()
    powers = [likeliest(examples[:, j].astype(REAL)) for j in range(examples.shape[1])]
    raised = [yeo_johnson(new[:, j].astype(REAL), REAL(float(power))) for j, power in enumerate(powers)]
    return {
        "examples": examples.tolist(),
        "new": new.tolist(),
        "made": made,
        "powers": np.float64(powers).tolist(),
        "raised": np.float64(np.stack(raised, 1)).tolist(),
    }


def compute():
    return {"schedules": schedules(), "losses": losses(), "optimizers": optimizers(), "transforms": transforms()}


def numbers(value):
    if isinstance(value, dict):
        return [n for each in value.values() for n in numbers(each)]
    if isinstance(value, list):
        return [n for each in value for n in numbers(each)]
    return [value] if isinstance(value, (int, float)) else []


def main():
    computed = json.loads(json.dumps(compute()))
    if sys.argv[1:] == ["--check"]:
        pairs = list(zip(numbers(computed), numbers(json.loads(FILE.read_text())), strict=True))
        difference = max(abs(a - b) / max(1, abs(b)) for a, b in pairs)
        print(f"largest difference from what is stored: {difference:.1e}")
        sys.exit(0 if difference <= 1e-14 else 1)
    FILE.write_text(
        "{\n"
        + ",\n".join(
            f"{json.dumps(kind)}: {{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in each.items()) + "\n}"
            for kind, each in computed.items()
        )
        + "\n}\n"
    )
    print(f"{len(numbers(computed))} numbers in {FILE}")


if __name__ == "__main__":
    main()
