#!/usr/bin/env python3
"""Compute the polynomials of erf in FloatConstants.java and DoubleConstants.java. Needs the standard library only.

  near 0   C(z) = erf(x) / x - 1       z = x^2, |x| < 1            erf(x) = x + x C(x^2)
  beyond   Q(s) = -ln(1 - erf(1 + s))  0 <= s <= MOST - 1          erf(x) = 1 - e^-Q(x - 1)

C interpolates at the Chebyshev nodes, as in coefficients.py. Q is the best polynomial of its degree for the error that counts,
that of e^-Q: E. Remez' exchange ("Sur le calcul effectif des polynomes d'approximation de Tchebychef", 1934) on a grid that is
denser where e^-Q is large. erf itself is Kummer's series 2/sqrt(pi) e^(-x^2) sum 2^n x^(2n+1) / (1 3 5 ... (2n+1)) (DLMF
7.6.2), whose terms are all positive.

Run: python3 error_function.py
"""

import math
from decimal import Decimal, getcontext

import coefficients

getcontext().prec = 70

PI = Decimal("3.1415926535897932384626433832795028841971693993751058209749445923078164")
FORMATS = {
    # name: (bits of the significand, degree of C, degree of Q, from where erf rounds to 1)
    "float": (24, 6, 6, Decimal("3.92")),
    "double": (53, 12, 17, Decimal("5.93")),
}


def erf(x):
    """Return erf(x) for x > 0."""
    term, total, n = x, Decimal(0), 0
    while term > total * Decimal(10) ** -68:
        total += term
        n += 1
        term = term * 2 * x * x / (2 * n + 1)
    return 2 / PI.sqrt() * (-x * x).exp() * total


def near(z):
    """Return erf(x) / x - 1, which is 2/sqrt(pi) - 1 at 0."""
    x = max(z, Decimal(10) ** -40).sqrt()
    return erf(x) / x - 1


def solve(rows, right):
    """Return the solution of linear equations, by elimination with the largest pivot."""
    n = len(right)
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        right[i], right[pivot] = right[pivot], right[i]
        for r in range(i + 1, n):
            factor = rows[r][i] / rows[i][i]
            rows[r] = [x - factor * y for x, y in zip(rows[r], rows[i])]
            right[r] -= factor * right[i]
    result = [Decimal(0)] * n
    for i in range(n - 1, -1, -1):
        result[i] = (right[i] - sum(rows[i][c] * result[c] for c in range(i + 1, n))) / rows[i][i]
    return result


def value(polynomial, x):
    total = Decimal(0)
    for c in reversed(polynomial):
        total = total * x + Decimal(c)
    return total


def extremes(errors, count):
    """Return where the error is extreme, signs alternating, the smallest ones left out until so many remain."""
    places = []
    for k, error in enumerate(errors):
        if places and (error > 0) == (errors[places[-1]] > 0):
            if abs(error) > abs(errors[places[-1]]):
                places[-1] = k
        else:
            places.append(k)
    while len(places) > count + 1:
        least = min(range(len(places) - 1), key=lambda i: max(abs(errors[places[i]]), abs(errors[places[i + 1]])))
        del places[least : least + 2]
    if len(places) == count + 1:
        places.pop(0 if abs(errors[places[0]]) < abs(errors[places[-1]]) else -1)
    return places


def best(grid, wanted, weights, degree):
    """Return the coefficients, lowest first, that make the largest weighted error on the grid the least."""
    count = degree + 2
    places = [round((len(grid) - 1) * (1 - math.cos(math.pi * i / (count - 1))) / 2) for i in range(count)]
    while True:
        rows = [
            [Decimal(1)] + [grid[k] ** j for j in range(1, degree + 1)] + [(-1) ** i / weights[k]]
            for i, k in enumerate(places)
        ]
        *polynomial, even = solve(rows, [wanted[k] for k in places])
        errors = [(value(polynomial, x) - v) * w for x, v, w in zip(grid, wanted, weights)]
        if max(map(abs, errors)) <= abs(even) * Decimal("1.01"):
            return polynomial
        places = extremes(errors, count)


def main():
    for name, (bits, near_degree, tail_degree, most) in FORMATS.items():
        print(name)
        c = coefficients.interpolate(near, Decimal(0), Decimal(1), near_degree)
        c = [coefficients.rounded(x, bits) for x in c]
        error = coefficients.worst(c, near, Decimal(0), Decimal(1), lambda z: 1 / (1 + near(z)))
        print(f"  near 0, highest first; relative error of erf below 2^{error:.1f}")
        for x in reversed(c):
            print("   ", coefficients.literal(x, name))
        # six digits of the places are enough, and the same with any libm
        places = [Decimal(round(5e5 * (1 - math.cos(math.pi * i / 300)))).scaleb(-6) for i in range(301)]
        grid = [(most - 1) * place * place for place in places]
        complements = [1 - erf(1 + s) for s in grid]
        q = best(grid, [-x.ln() for x in complements], complements, tail_degree)
        q = [coefficients.rounded(x, bits) for x in q]
        error = coefficients.worst(q, lambda s: -(1 - erf(1 + s)).ln(), Decimal(0), most - 1, lambda s: 1 - erf(1 + s))
        print(f"  beyond 1, highest first; absolute error of erf below 2^{error:.1f}")
        for x in reversed(q):
            print("   ", coefficients.literal(x, name))


if __name__ == "__main__":
    main()
