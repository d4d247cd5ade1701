#!/usr/bin/env python3
"""Compute metrics of drawn outputs and targets, independently of Chainrule.

    python3 modules/app/src/test/oracle/metrics.py           writes modules/app/src/test/resources/oracle/metrics.json
    python3 modules/app/src/test/oracle/metrics.py --check   computes again and compares, writes nothing

Needs NumPy; the tests do not. Outputs lie on a grid, so that many are equal, and some classes have no example or are never predicted.
Classes are compared example by example with masks, no table of counts is made; R² takes the mean first and then the squares about it.
0/0 is 0, as zero_division=0 of scikit-learn; the labels are all classes, whether they occur or not. The area under the ROC curve
compares every example of the class with every other one; where there is no such pair it has no value and is left out. Average precision goes
through every distinct score, kappa and matthews come from the whole confusion table, and calibration from a mask for each bin.
"""

import json
import sys
from pathlib import Path

import numpy as np

FILE = Path(__file__).resolve().parent.parent / "resources" / "oracle" / "metrics.json"


def predicted(a):
    """The first of the largest outputs; of a single output, whether it is above one half."""
    return (a[:, 0] > 0.5).astype(int) if a.shape[1] == 1 else np.argmax(a, axis=1)


def ratio(part, whole):
    return part / whole if whole else 0.0


def precision(true, guess, c):
    return ratio(np.sum(true[guess == c] == c), np.sum(guess == c))


def recall(true, guess, c):
    return ratio(np.sum(guess[true == c] == c), np.sum(true == c))


def f1(true, guess, c):
    p, r = precision(true, guess, c), recall(true, guess, c)
    return ratio(2 * p * r, p + r)


def area(scores, is_member):
    """The share of pairs of a member and another example in which the member's score is higher; equal ones count half."""
    higher, lower = scores[is_member][:, None], scores[~is_member][None, :]
    return np.mean((higher > lower) + 0.5 * (higher == lower)) if higher.size and lower.size else None


def average_precision(scores, is_member):
    if is_member.all() or not is_member.any():
        return None
    recall_before, total = 0.0, 0.0
    for threshold in sorted(set(scores), reverse=True):
        above = scores >= threshold
        recall_now = np.sum(above & is_member) / np.sum(is_member)
        total += (recall_now - recall_before) * np.sum(above & is_member) / np.sum(above)
        recall_before = recall_now
    return total


def of_probabilities(names, a, true, guess):
    classes = len(names)
    p = a if a.shape[1] > 1 else np.hstack([1 - a, a])
    one_hot, guessed = np.eye(classes)[true], np.eye(classes)[guess]
    table = one_hot.T @ guessed
    wrong = 1 - np.eye(classes)
    by_chance = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()

    def covariance(x, y):
        return np.sum((x - x.mean(axis=0)) * (y - y.mean(axis=0)))

    def calibration(bins):
        confidence, total = p[np.arange(len(p)), guess], 0.0
        for k in range(bins):
            low = -np.inf if k == 0 else k / bins
            inside = (confidence > low) & (confidence <= (np.inf if k == bins - 1 else (k + 1) / bins))
            if inside.any():
                total += inside.mean() * abs((true == guess)[inside].mean() - confidence[inside].mean())
        return total

    squares = np.mean(np.sum((p - one_hot) ** 2, axis=1))
    spread = covariance(one_hot, one_hot) * covariance(guessed, guessed)
    return {
        "log_loss": -np.mean(np.log(np.clip(p[np.arange(len(p)), true], np.finfo(float).eps, 1))),
        "brier": squares / 2 if classes == 2 else squares,
        "kappa": 1 - np.sum(wrong * table) / np.sum(wrong * by_chance) if np.sum(wrong * by_chance) else 0.0,
        "matthews": covariance(one_hot, guessed) / np.sqrt(spread) if spread else 0.0,
        "calibration_error": calibration(10),
        "{type: calibration_error, bins: 4}": calibration(4),
    }


def of_classes(names, a, y, steps):
    true, guess, all_classes = y[:, 0].astype(int), predicted(a), range(len(names))
    values = {"accuracy": np.mean(true == guess), "exact": np.mean(np.all((true == guess).reshape(-1, steps), axis=1))}
    for score in (precision, recall, f1):
        each = np.array([score(true, guess, c) for c in all_classes])
        kind = score.__name__
        for c in all_classes:
            values[f"{{type: {kind}, of: '{names[c]}'}}"] = each[c]
        values[f"{{type: {kind}, average: macro}}"] = np.mean(each)
        values[f"{{type: {kind}, average: micro}}"] = np.mean(true == guess)
        values[f"{{type: {kind}, average: weighted}}"] = np.average(each, weights=[np.sum(true == c) for c in all_classes])
        values[kind] = each[names.index("1")] if sorted(names) == ["0", "1"] else np.mean(each)
    for c in all_classes:
        scores = a[:, c] if a.shape[1] > 1 else [1 - a[:, 0], a[:, 0]][c]
        values[f"{{type: auc, of: '{names[c]}'}}"] = area(scores, true == c)
        values[f"{{type: average_precision, of: '{names[c]}'}}"] = average_precision(scores, true == c)
    if len(names) == 2:
        values["auc"] = values[f"{{type: auc, of: '{names[1]}'}}"]
        values["average_precision"] = values[f"{{type: average_precision, of: '{names[1]}'}}"]
    values.update(of_probabilities(names, a, true, guess))
    for threshold in (0.2, 0.75) if len(names) == 2 else ():
        moved = (a[:, -1] > threshold).astype(int)
        for score in (precision, recall, f1):
            for c in all_classes:
                values[f"{{type: {score.__name__}, of: '{names[c]}', threshold: {threshold}}}"] = score(true, moved, c)
    values["balanced_accuracy"] = np.mean([recall(true, guess, c) for c in set(true)])
    for k in range(1, len(names)):
        if a.shape[1] > 1:
            best = np.argsort(-a, axis=1, kind="stable")[:, :k]
            values[f"{{type: top_k, k: {k}}}"] = np.mean([t in row for t, row in zip(true, best)])
    return values


def of_numbers(names, a, y):
    values = {
        "mse": np.mean((a - y) ** 2),
        "mae": np.mean(np.abs(a - y)),
        "rmse": np.sqrt(np.mean((a - y) ** 2)),
        "mape": np.mean(np.abs(a - y) / np.maximum(np.abs(y), np.finfo(float).eps)),
        "quantile_loss": np.mean(np.abs(a - y)) / 2,
        "{type: quantile_loss, level: 0.9}": np.mean(np.maximum(0.9 * (y - a), -(1 - 0.9) * (y - a))),
    }
    explained = []
    for j in range(len(names)):
        part, whole = np.var(y[:, j] - a[:, j]), np.var(y[:, j])
        explained.append(1 - part / whole if whole else float(part == 0))
    values["explained_variance"] = np.mean(explained)
    each = []
    for j in range(len(names)):
        residual, about = np.sum((y[:, j] - a[:, j]) ** 2), np.sum((y[:, j] - np.mean(y[:, j])) ** 2)
        each.append(1 - residual / about if about else float(residual == 0))
    values["r2"] = np.mean(each)
    if a.shape[1] == 1:
        values["auc"] = area(a[:, 0], y[:, 0] == 1)
        values["average_precision"] = average_precision(a[:, 0], y[:, 0] == 1)
    for threshold in (0.25, 0.5):
        right = (y == 1) & (a > threshold) | (y == 0) & ~(a > threshold)
        values[f"{{type: binary_accuracy, threshold: {threshold}}}"] = np.mean(right)
    return values


def case(form, names, a, y, steps=1):
    values = of_classes(names, a, y, steps) if form == "classes" else of_numbers(names, a, y)
    return {
        "form": form,
        "steps": steps,
        "names": names,
        "outputs": a.tolist(),
        "targets": y.tolist(),
        "values": {metric: float(value) for metric, value in values.items() if value is not None},
    }


def compute():
    draw = np.random.default_rng(20240229)

    def grid(rows, columns, steps):
        return draw.integers(0, steps + 1, (rows, columns)) / steps

    def classes(rows, allowed):
        return draw.choice(allowed, (rows, 1)).astype(float)

    four = ["a", "b", "c", "d"]
    unpredicted = grid(40, 4, 4)
    unpredicted[:, 2] = -1
    numbers = draw.normal(size=(33, 2))

    def mostly_right(steps):
        y = classes(30 * steps, [0, 1, 2, 3])
        return grid(30 * steps, 4, 4) + 0.6 * (y == np.arange(4)), y

    return {
        "ties": case("classes", four, grid(60, 4, 3), classes(60, [0, 1, 2, 3])),
        "class without examples": case("classes", four, grid(40, 4, 4), classes(40, [0, 1, 2])),
        "class never predicted": case("classes", four, unpredicted, classes(40, [0, 1, 2, 3])),
        "class neither": case("classes", four, unpredicted, classes(40, [0, 1, 3])),
        "one class only": case("classes", four, grid(12, 4, 4), classes(12, [2])),
        "two classes, two outputs": case("classes", ["0", "1"], grid(50, 2, 5), classes(50, [0, 0, 0, 1])),
        "two classes, one output": case("classes", ["0", "1"], grid(50, 1, 8), classes(50, [0, 0, 1])),
        "two names": case("classes", ["fraud", "honest"], grid(50, 2, 5), classes(50, [1, 1, 1, 0])),
        "none found": case("classes", ["0", "1"], np.full((30, 1), 0.5), classes(30, [0, 0, 1])),
        "one example": case("classes", four, grid(1, 4, 4), classes(1, [3])),
        "numbers": case("numbers", ["u", "v"], numbers + draw.normal(size=(33, 2)) / 3, numbers),
        "numbers far from 0": case("numbers", ["u"], 1e6 + draw.normal(size=(50, 1)), 1e6 + draw.normal(size=(50, 1))),
        "equal numbers": case("numbers", ["u", "v", "w"], np.tile([3.0, 4.5, 5.0], (9, 1)), np.tile([3.0, 4.0, 5.0], (9, 1))),
        "labels": case("numbers", ["news", "sport", "art"], grid(40, 3, 8), grid(40, 3, 1)),
        "one label": case("numbers", ["spam"], grid(40, 1, 8), grid(40, 1, 1)),
        "sequences of 3 steps": case("classes", four, *mostly_right(3), steps=3),
    }


def main():
    cases = json.loads(json.dumps(compute()))
    if sys.argv[1:] == ["--check"]:
        stored = json.loads(FILE.read_text())
        assert {k: {**v, "values": 0} for k, v in cases.items()} == {k: {**v, "values": 0} for k, v in stored.items()}
        difference = max(abs(v - stored[k]["values"][m]) for k, c in cases.items() for m, v in c["values"].items())
        print(f"largest difference from what is stored: {difference:.1e}")
        sys.exit(0 if difference <= 1e-14 else 1)
    FILE.write_text("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in cases.items()) + "\n}\n")
    print(f"{sum(len(c['values']) for c in cases.values())} values of {len(cases)} cases in {FILE}")


if __name__ == "__main__":
    main()
