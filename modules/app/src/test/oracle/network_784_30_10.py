#!/usr/bin/env python3
"""Compute loss, gradients and two updates of the network 784-30-10, independently of Chainrule.

    python3 modules/app/src/test/oracle/network_784_30_10.py           writes modules/app/src/test/resources/oracle/
    python3 modules/app/src/test/oracle/network_784_30_10.py --check   computes again and compares, writes nothing

Needs NumPy; the tests do not. Weights, inputs and labels come from closed integer formulas that OracleTests computes too, so that
no data file is needed. Everything is written out by the chain rule, nothing fused: dC/da first, then the activation's derivative
(softmax by its whole Jacobian). It is computed in long double (80 bits where the processor has them), so that the rounding
errors of this script vanish beside those of float64, and rounded to float64 at the end. Before anything is written, the gradient
is compared with complex-step derivatives, which share nothing with it but the forward pass.
"""

import json
import sys
from pathlib import Path

import numpy as np

REAL = np.longdouble
IN, HIDDEN, OUT, BATCH = 784, 30, 10, 10
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "oracle"
SAMPLE = 97  # of the long lists every 97th entry is kept, and the projections of all
PROJECTIONS = 4
RATE = 0.1
# Larger than is usual: g / (|g| + epsilon) magnifies the rounding errors of g by 1/epsilon where g is small.
EPSILON = 1e-4


def mix(i, j, salt):
    """Return a whole number from 0 to 1008 that looks drawn."""
    return ((i + 1) * 7919 + (j + 1) * 104729 + (i + 1) * (j + 1) * salt) % 1009


def table(rows, columns, salt, divisor, shift=504):
    """Return (mix - shift) / divisor, each rounded once to float64."""
    i, j = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
    return ((mix(i, j, salt) - shift) / np.float64(divisor)).astype(REAL)


def first_parameters():
    return [table(IN, HIDDEN, 31, 10080), table(1, HIDDEN, 37, 1008), table(HIDDEN, OUT, 41, 1008), table(1, OUT, 43, 1008)]


X = table(BATCH, IN, 29, 1009, shift=0)  # in [0, 1), as pixels are
LABELS = [(7 * i + 3) % OUT for i in range(BATCH)]
Y = np.eye(OUT, dtype=REAL)[LABELS]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


# Each activation with its backward pass: g = dC/da to dC/dz.
ACTIVATIONS = {
    "sigmoid": (sigmoid, lambda a, g: g * a * (1 - a)),
    "tanh": (np.tanh, lambda a, g: g * (1 - a * a)),
    "relu": (lambda z: z * (np.real(z) > 0), lambda a, g: g * (np.real(a) > 0)),
    "softmax": (
        softmax,
        lambda a, g: np.stack([(np.diag(r) - np.outer(r, r)) @ s for r, s in zip(a, g)]),
    ),
}

# Each loss: the mean cost, and dC/da.
LOSSES = {
    "quadratic": (
        lambda a: ((a - Y) ** 2).sum() / 2 / BATCH,
        lambda a: (a - Y) / BATCH,
    ),
    "cross_entropy": (
        lambda a: -(Y * np.log(a)).sum() / BATCH,
        lambda a: -Y / a / BATCH,
    ),
    "binary_cross_entropy": (
        lambda a: -(Y * np.log(a) + (1 - Y) * np.log(1 - a)).sum() / BATCH,
        lambda a: ((1 - Y) / (1 - a) - Y / a) / BATCH,
    ),
}

# name: hidden activation, output activation, loss, lambda of l2 on both weights
VARIANTS = {
    "sigmoid_quadratic": ("sigmoid", "sigmoid", "quadratic", 0),
    "tanh_softmax": ("tanh", "softmax", "cross_entropy", 0),
    "relu_binary_l2": ("relu", "sigmoid", "binary_cross_entropy", 0.5),
}


def forward(variant, parameters):
    """Return the mean cost without l2, the objective with it, and both layers' activations."""
    hidden, output, loss, l2 = VARIANTS[variant]
    w1, b1, w2, b2 = parameters
    a1 = ACTIVATIONS[hidden][0](X @ w1 + b1)
    a2 = ACTIVATIONS[output][0](a1 @ w2 + b2)
    cost = LOSSES[loss][0](a2)
    return cost, cost + l2 / REAL(2 * BATCH) * ((w1**2).sum() + (w2**2).sum()), a1, a2


def gradients(variant, parameters):
    hidden, output, loss, l2 = VARIANTS[variant]
    w1, _, w2, _ = parameters
    _, _, a1, a2 = forward(variant, parameters)
    delta2 = ACTIVATIONS[output][1](a2, LOSSES[loss][1](a2))
    delta1 = ACTIVATIONS[hidden][1](a1, delta2 @ w2.T)
    decay = l2 / REAL(BATCH)
    return [
        X.T @ delta1 + decay * w1,
        delta1.sum(axis=0, keepdims=True),
        a1.T @ delta2 + decay * w2,
        delta2.sum(axis=0, keepdims=True),
    ]


def check_by_complex_step(variant):
    """Compare three directional derivatives with Im C(w + ihv) / h, which has no cancellation."""
    parameters = first_parameters()
    analytic = gradients(variant, parameters)
    h = REAL(1e-30)
    for salt in (3, 5, 7):
        direction = [table(*p.shape, salt, 504) for p in parameters]
        moved = [p + 1j * h * v for p, v in zip(parameters, direction)]
        expected = np.imag(forward(variant, moved)[1]) / h
        got = sum((g * v).sum() for g, v in zip(analytic, direction))
        assert abs(got - expected) < 1e-15 * max(1, abs(expected)), (variant, got, expected)


def sgd(momentum, nesterov):
    def updates(state, t, g):
        state["v"] = momentum * state.get("v", 0) + g
        return RATE * (g + momentum * state["v"] if nesterov else state["v"])

    return updates


def rmsprop(state, t, g, decay=0.9):
    state["s"] = decay * state.get("s", 0) + (1 - REAL(decay)) * g * g
    return RATE * g / (np.sqrt(state["s"]) + EPSILON)


def adam(state, t, g, beta1=0.9, beta2=0.999):
    state["m"] = beta1 * state.get("m", 0) + (1 - REAL(beta1)) * g
    state["v"] = beta2 * state.get("v", 0) + (1 - REAL(beta2)) * g * g
    mean = state["m"] / (1 - REAL(beta1) ** t)
    mean_square = state["v"] / (1 - REAL(beta2) ** t)
    return RATE * mean / (np.sqrt(mean_square) + EPSILON)


OPTIMIZERS = {
    "sgd": sgd(0, False),
    "momentum": sgd(0.9, False),
    "nesterov": sgd(0.9, True),
    "rmsprop": rmsprop,
    "adam": adam,
}


def after_two_updates(variant, optimizer):
    parameters = first_parameters()
    states = [{} for _ in parameters]
    for t in (1, 2):
        steps = gradients(variant, parameters)
        parameters = [p - OPTIMIZERS[optimizer](s, t, g) for p, s, g in zip(parameters, states, steps)]
    return parameters


def flat(tensors):
    return np.concatenate([tensor.ravel() for tensor in tensors])


def digest(tensors):
    """Return every 97th entry of all, in the order w1, b1, w2, b2, and sums of all weighted by fixed numbers in [-1, 1]."""
    values = flat(tensors)
    weights = [table(1, values.size, 47 + k, 504)[0] for k in range(PROJECTIONS)]
    return {
        "every_97th": [float(v) for v in values[::SAMPLE]],
        "projections": [float((w * values).sum()) for w in weights],
    }


def compute():
    facts = {}
    for variant in VARIANTS:
        check_by_complex_step(variant)
        cost, objective, _, _ = forward(variant, first_parameters())
        facts[variant] = {
            "loss": float(cost),
            "objective": float(objective),
            "gradient": digest(gradients(variant, first_parameters())),
            "after_two_updates": {o: digest(after_two_updates(variant, o)) for o in OPTIMIZERS},
        }
    return facts, flat(gradients("sigmoid_quadratic", first_parameters())).astype("<f8")


def largest_difference(a, b):
    if isinstance(a, dict):
        assert list(a) == list(b), (list(a), list(b))
        return max(largest_difference(a[k], b[k]) for k in a)
    return float(np.max(np.abs(np.array(a) - np.array(b))))


def main():
    facts, gradient = compute()
    json_file, gradient_file = FOLDER / "network_784_30_10.json", FOLDER / "sigmoid_quadratic_gradient.bin"
    if sys.argv[1:] == ["--check"]:
        difference = max(
            largest_difference(facts, json.loads(json_file.read_text())),
            largest_difference(gradient, np.fromfile(gradient_file, "<f8")),
        )
        print(f"largest difference from what is stored: {difference:.1e}")
        sys.exit(0 if difference <= 1e-13 else 1)
    FOLDER.mkdir(parents=True, exist_ok=True)
    json_file.write_text(json.dumps(facts, indent=1) + "\n")
    gradient.tofile(gradient_file)
    print(f"{gradient.size} gradients and {json_file.stat().st_size} bytes of JSON in {FOLDER}")


if __name__ == "__main__":
    main()
