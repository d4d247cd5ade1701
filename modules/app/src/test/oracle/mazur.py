#!/usr/bin/env python3
"""Compute M. Mazur, "A Step by Step Backpropagation Example", number by number, for the constants of MazurTests.

    python3 modules/app/src/test/oracle/mazur.py

Standard library only. The names are the article's: w1 … w8, h1, h2, o1, o2; biases do not learn.
"""

from math import exp

ETA = 0.5
I1, I2, T1, T2 = 0.05, 0.10, 0.01, 0.99
B1, B2 = 0.35, 0.60
FIRST = (0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55)


def sigmoid(net):
    return 1 / (1 + exp(-net))


def outputs(w):
    w1, w2, w3, w4, w5, w6, w7, w8 = w
    h1 = sigmoid(w1 * I1 + w2 * I2 + B1)
    h2 = sigmoid(w3 * I1 + w4 * I2 + B1)
    o1 = sigmoid(w5 * h1 + w6 * h2 + B2)
    o2 = sigmoid(w7 * h1 + w8 * h2 + B2)
    return h1, h2, o1, o2


def cost(w):
    _, _, o1, o2 = outputs(w)
    return (T1 - o1) ** 2 / 2 + (T2 - o2) ** 2 / 2


def update(w):
    w1, w2, w3, w4, w5, w6, w7, w8 = w
    h1, h2, o1, o2 = outputs(w)
    d1 = (o1 - T1) * o1 * (1 - o1)
    d2 = (o2 - T2) * o2 * (1 - o2)
    e1 = (d1 * w5 + d2 * w7) * h1 * (1 - h1)
    e2 = (d1 * w6 + d2 * w8) * h2 * (1 - h2)
    gradient = (e1 * I1, e1 * I2, e2 * I1, e2 * I2, d1 * h1, d1 * h2, d2 * h1, d2 * h2)
    return tuple(v - ETA * g for v, g in zip(w, gradient))


def main():
    w = FIRST
    for updates in range(10_001):
        if updates in (0, 1, 10_000):
            print(updates, "updates: cost", cost(w), "outputs", *outputs(w)[2:])
        if updates == 1:
            print("  hidden weights, rows are inputs", [[w[0], w[2]], [w[1], w[3]]])
            print("  output weights, rows are inputs", [[w[4], w[6]], [w[5], w[7]]])
        w = update(w)


if __name__ == "__main__":
    main()
