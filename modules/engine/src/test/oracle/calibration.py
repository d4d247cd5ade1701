#!/usr/bin/env python3
"""Compute temperatures, calibrated probabilities and thresholds of drawn probabilities, independently of Chainrule.

    python3 modules/engine/src/test/oracle/calibration.py           writes modules/engine/src/test/resources/oracle/calibration.json
    python3 modules/engine/src/test/oracle/calibration.py --check   computes again and compares, writes nothing

Needs NumPy; the tests do not. The temperature comes from halving an interval of temperatures, not of their inverses, in extended precision; the best threshold from counting, for every middle of two neighbouring scores, the correct examples with a mask.
"""

import json
import sys
from pathlib import Path

import numpy as np

FILE = Path(__file__).resolve().parent.parent / "resources" / "oracle" / "calibration.json"


def temperature(logs, classes):
    l = logs.astype(np.longdouble)
    low, high = np.longdouble(1) / 100, np.longdouble(100)
    for _ in range(100):
        t = (low + high) / 2
        e = np.exp((l - l.max(axis=1, keepdims=True)) / t)
        p = e / e.sum(axis=1, keepdims=True)
        too_certain = np.mean((p * l).sum(axis=1)) > np.mean(l[np.arange(len(classes)), classes])
        low, high = (t, high) if too_certain else (low, t)
    return t


def calibrated(logs, t):
    e = np.exp(logs.astype(np.longdouble) / t)
    return e / e.sum(axis=1, keepdims=True)


def threshold(scores, classes):
    distinct = sorted(set(scores))
    best = (np.sum((scores > 0.5) == (classes == 1)), 0.0, 0.5)
    for low, high in zip(distinct, distinct[1:]):
        middle = low + (high - low) / 2
        right = np.sum((scores > middle) == (classes == 1))
        candidate = (right, -abs(middle - 0.5), -middle)
        if candidate > (best[0], best[1], -best[2]):
            best = (right, -abs(middle - 0.5), middle)
    return best[2]


def case(rng, examples, outputs, certainty):
    classes = rng.integers(0, max(2, outputs), examples)
    z = rng.normal(size=(examples, max(2, outputs)))
    z[np.arange(examples), classes] += 1.2
    e = np.exp(certainty * z)
    p = e / e.sum(axis=1, keepdims=True)
    if outputs == 1:
        a = p[:, 1:]
        logs = np.log(np.hstack([1 - a, a]))
    else:
        a, logs = p, np.log(p)
    t = temperature(logs, classes)
    found = {
        "outputs": a.tolist(),
        "classes": classes.tolist(),
        "temperature": float(t),
        "calibrated": calibrated(logs, t)[:, -a.shape[1] :].astype(float).tolist(),
    }
    if outputs <= 2:
        found["threshold"] = threshold(a[:, -1], classes)
    return found


def main():
    rng = np.random.default_rng(22)
    cases = {
        "three classes, too certain": case(rng, 40, 3, 4.0),
        "four classes, too uncertain": case(rng, 40, 4, 0.3),
        "two classes": case(rng, 30, 2, 2.5),
        "a single output": case(rng, 30, 1, 3.0),
    }
    text = json.dumps(cases) + "\n"
    if "--check" in sys.argv:
        old = json.loads(FILE.read_text())
        for name, new in cases.items():
            for key, value in new.items():
                np.testing.assert_allclose(value, old[name][key], rtol=1e-13, atol=1e-15, err_msg=name)
        print(f"{len(cases)} cases equal")
    else:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(text)


if __name__ == "__main__":
    main()
