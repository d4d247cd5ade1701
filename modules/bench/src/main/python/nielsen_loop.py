"""Train 784-30-10 in NumPy, one example at a time.

The method is that of M. Nielsen, "Neural Networks and Deep Learning", chapter 1: column vectors in float64, the gradients of a
batch added up example by example, plain gradient descent with a learning rate of 3. The code is ours.

    nielsen_loop.py DATA COUNT

DATA holds COUNT rows of 784 little-endian float32, then COUNT bytes. The first line of the answer is a name. Every line on standard input trains one epoch from fresh
parameters; the answer is a line of seconds, mean cost and accuracy on the training examples after it.
"""

import sys
import time

import numpy as np

WIDTHS = [784, 30, 10]
BATCH = 10
RATE = 3.0


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def gradients(weights, biases, x, y):
    """Return the gradients of one example's cost, by layers: forward, then BP1 to BP4 of the book's chapter 2."""
    activations = [x]
    for w, b in zip(weights, biases):
        activations.append(sigmoid(np.dot(w, activations[-1]) + b))
    of_weights = [None] * len(weights)
    of_biases = [None] * len(biases)
    delta = (activations[-1] - y) * activations[-1] * (1.0 - activations[-1])
    for layer in range(len(weights) - 1, -1, -1):
        of_biases[layer] = delta
        of_weights[layer] = np.dot(delta, activations[layer].T)
        if layer > 0:
            delta = np.dot(weights[layer].T, delta) * activations[layer] * (1.0 - activations[layer])
    return of_weights, of_biases


def epoch(examples, random):
    weights = [random.standard_normal((out, into)) for into, out in zip(WIDTHS[:-1], WIDTHS[1:])]
    biases = [random.standard_normal((out, 1)) for out in WIDTHS[1:]]
    order = random.permutation(len(examples))
    started = time.perf_counter()
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        sums_w = [np.zeros(w.shape) for w in weights]
        sums_b = [np.zeros(b.shape) for b in biases]
        for index in batch:
            x, y = examples[index]
            of_weights, of_biases = gradients(weights, biases, x, y)
            sums_w = [s + g for s, g in zip(sums_w, of_weights)]
            sums_b = [s + g for s, g in zip(sums_b, of_biases)]
        weights = [w - RATE / len(batch) * s for w, s in zip(weights, sums_w)]
        biases = [b - RATE / len(batch) * s for b, s in zip(biases, sums_b)]
    return time.perf_counter() - started, weights, biases


def name():
    """Return what computes: NumPy's speed here depends on the library under it."""
    try:
        with open("/proc/self/maps", encoding="utf-8") as maps:
            blas = "OpenBLAS" if "openblas" in maps.read() else "its default BLAS"
    except OSError:
        blas = "an unknown BLAS"
    return f"NumPy {np.__version__} on {blas}, example by example"


def main():
    if len(sys.argv) != 3:
        print("usage: nielsen_loop.py EXAMPLES COUNT", file=sys.stderr)
        sys.exit(2)
    count = int(sys.argv[2])
    with open(sys.argv[1], "rb") as file:
        pixels = np.frombuffer(file.read(count * WIDTHS[0] * 4), dtype="<f4").astype(np.float64)
        labels = np.frombuffer(file.read(count), dtype=np.uint8)
    columns = pixels.reshape(count, WIDTHS[0], 1)
    targets = np.eye(WIDTHS[-1])[labels].reshape(count, WIDTHS[-1], 1)
    examples = list(zip(columns, targets))
    random = np.random.default_rng(1)
    print(name(), flush=True)
    for _ in sys.stdin:
        seconds, weights, biases = epoch(examples, random)
        a = columns[:, :, 0].T
        for w, b in zip(weights, biases):
            a = sigmoid(np.dot(w, a) + b)
        cost = 0.5 * np.mean(np.sum((a.T - targets[:, :, 0]) ** 2, axis=1))
        accuracy = np.mean(np.argmax(a, axis=0) == labels)
        print(seconds, cost, accuracy, flush=True)


if __name__ == "__main__":
    main()
