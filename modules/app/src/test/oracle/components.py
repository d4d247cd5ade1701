#!/usr/bin/env python3
"""Compute the rates of schedules at every step of short runs, independently of Chainrule.

    python3 modules/app/src/test/oracle/components.py           writes modules/app/src/test/resources/oracle/components.json
    python3 modules/app/src/test/oracle/components.py --check   computes again and compares, writes nothing

Needs NumPy; the tests do not. Everything is computed in long double (80 bits where the processor has them) and rounded once.
A schedule is simulated from the first step to the last, with counters in place of divisions where it repeats itself.
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


def compute():
    return {"schedules": schedules()}


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
