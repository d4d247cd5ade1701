#!/usr/bin/env python3
"""Train a softmax regression and walk through Rosenbrock's valley by L-BFGS, independently of Chainrule.

    python3 modules/app/src/test/oracle/lbfgs.py           writes modules/app/src/test/resources/oracle/lbfgs.json
    python3 modules/app/src/test/oracle/lbfgs.py --check   computes again and compares, writes nothing

Needs NumPy; the tests do not. The method is that of J. Nocedal and S. Wright, "Numerical Optimization", second edition, 2006: algorithms
7.4 and 7.5 with the scaling 7.20, and the line search 3.5 with 3.6 and the interpolation 3.59, on one flat float64 vector. The choices that
the book leaves open are those of the Javadoc of Lbfgs and LineSearch.
"""

import json
import sys
from pathlib import Path

import numpy as np

FILE = Path(__file__).resolve().parent.parent / "resources" / "oracle" / "lbfgs.json"
C1, C2 = 1e-4, 0.9


def cubic(a, b):
    """The minimum of the cubic through two triples (length, cost, slope): equation 3.59."""
    with np.errstate(all="ignore"):
        d1 = a[2] + b[2] - 3 * (a[1] - b[1]) / (a[0] - b[0])
        d2 = np.sign(b[0] - a[0]) * np.sqrt(np.float64(d1 * d1 - a[2] * b[2]))
        return b[0] - (b[0] - a[0]) * (b[2] + d2 - d1) / (b[2] - a[2] + 2 * d2)


def search(phi, start, first, most):
    """Algorithm 3.5; phi(length) is a triple. The accepted triple, or that of the lowest cost."""
    count = 0

    def too_high(p):
        return not (np.isfinite(p[1]) and np.isfinite(p[2])) or p[1] > start[1] + C1 * p[0] * start[2]

    def flat(p):
        return abs(p[2]) <= -C2 * start[2]

    def zoom(low, high):
        nonlocal count
        while count < most:
            ends = sorted([low[0], high[0]])
            inner = cubic(low, high)
            if np.isfinite(inner):
                gap = 0.1 * (ends[1] - ends[0])
                inner = np.clip(inner, ends[0] + gap, ends[1] - gap)
            else:
                inner = ends[0] + (ends[1] - ends[0]) / 2
            if inner in ends:
                break
            count += 1
            p = phi(inner)
            if too_high(p) or p[1] >= low[1]:
                high = p
            elif flat(p):
                return p
            else:
                high = low if p[2] * (high[0] - low[0]) >= 0 else high
                low = p
        return low

    before, length = start, first
    while count < most:
        count += 1
        p = phi(length)
        if too_high(p) or (count > 1 and p[1] >= before[1]):
            return zoom(before, p)
        if flat(p):
            return p
        if p[2] >= 0:
            return zoom(p, before)
        step = p[0] - before[0]
        outer = cubic(before, p)
        length = np.clip(outer, p[0] + step, p[0] + 9 * step) if np.isfinite(outer) else p[0] + 9 * step
        before = p
    return before


def two_loops(g, pairs):
    q, alphas = g.copy(), []
    for s, y in reversed(pairs):
        alphas.append(s @ q / (s @ y))
        q -= alphas[-1] * y
    if pairs:
        s, y = pairs[-1]
        q *= s @ y / (y @ y)
    for (s, y), alpha in zip(pairs, reversed(alphas)):
        q += (alpha - y @ q / (s @ y)) * s
    return q


def lbfgs(cost, w, steps, history=10, most=20):
    """The costs and gradient norms before each step, and the points after it."""
    pairs, costs, norms, points = [], [], [], []
    for _ in range(steps):
        f, g = cost(w)
        costs.append(f)
        norms.append(np.sqrt(g @ g))
        d = -two_loops(g, pairs)
        if not g @ d < 0 and pairs:
            pairs, d = [], -g
        slope = g @ d
        if slope < 0:

            def phi(length):
                value, gradient = cost(w + length * d)
                return length, value, gradient @ d

            found = search(phi, (0.0, f, slope), 1.0 if pairs else min(1, 1 / np.sqrt(-slope)), most)[0]
        else:
            found = 0
        if found == 0:
            pairs = []
        else:
            s, y = found * d, cost(w + found * d)[1] - g
            w = w + found * d
            if s @ y > 2.0**-52 * (y @ y):
                pairs = (pairs + [(s, y)])[-history:]
        points.append(w.copy())
    return costs, norms, points


X = np.array([[np.sin(3.7 * i + j * j) * (1 + j) for j in range(3)] for i in range(24)]).round(3)
CLASSES = [(i * i + i // 5) % 4 for i in range(24)]
STRENGTH = 0.05


def softmax_regression(w):
    """Mean cross entropy of x·w + b, with ½·strength·‖w‖²; w [3, 4] before b [4]."""
    z = X @ w[:12].reshape(3, 4) + w[12:]
    z = z - z.max(1, keepdims=True)
    a = np.exp(z) / np.exp(z).sum(1, keepdims=True)
    truth = np.eye(4)[CLASSES]
    delta = (a - truth) / len(X)
    value = np.mean(np.log(np.exp(z).sum(1)) - (z * truth).sum(1)) + STRENGTH / 2 * (w[:12] @ w[:12])
    return value, np.concatenate([(X.T @ delta).ravel() + STRENGTH * w[:12], delta.sum(0)])


def rosenbrock(w):
    x, y = w
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2, np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])


def compute():
    _, norms, points = lbfgs(softmax_regression, np.zeros(16), 200)
    losses = [
        softmax_regression(w)[0] - STRENGTH / 2 * (w[:12] @ w[:12]) for w in [np.zeros(16), *points[:-1]]
    ]
    costs, _, walk = lbfgs(rosenbrock, np.array([-1.2, 1.0]), 60, history=5)
    return {
        "inputs": X.tolist(),
        "classes": CLASSES,
        "strength": STRENGTH,
        "losses": np.float64(losses).tolist(),
        "norms": np.float64(norms).tolist(),
        "learned": points[24].tolist(),
        "valley": [each.tolist() for each in walk],
        "depths": np.float64(costs).tolist(),
    }


def numbers(value):
    if isinstance(value, dict):
        return [n for each in value.values() for n in numbers(each)]
    if isinstance(value, list):
        return [n for each in value for n in numbers(each)]
    return [value]


def main():
    computed = json.loads(json.dumps(compute()))
    if sys.argv[1:] == ["--check"]:
        pairs = list(zip(numbers(computed), numbers(json.loads(FILE.read_text())), strict=True))
        difference = max(abs(a - b) / max(1, abs(b)) for a, b in pairs)
        print(f"largest difference from what is stored: {difference:.1e}")
        sys.exit(0 if difference <= 1e-12 else 1)
    FILE.write_text("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in computed.items()) + "\n}\n")
    print(f"{len(numbers(computed))} numbers in {FILE}")


if __name__ == "__main__":
    main()
