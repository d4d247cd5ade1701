#!/usr/bin/env python3
"""Write ../resources/dev/chainrule/math/functions.txt: the functions of Strict at fixed points, to about 32 digits.

A line is: function, x, and the exact value as the sum of two doubles, nearest and rest. Computed with Python's decimal module
in 120 digits; needs the standard library only.

Run: python3 functions.py > ../resources/dev/chainrule/math/functions.txt
"""

import random
from decimal import Decimal, getcontext

getcontext().prec = 120
getcontext().Emin = -(10**9)
getcontext().Emax = 10**9
PI = Decimal("3.1415926535897932384626433832795028841971693993751058209749445923078164062862")


def log1p(x):
    """ln(1 + x), by two terms of the series where 1 + x would lose x."""
    return x - x * x / 2 if abs(x) < Decimal(10) ** -40 else (1 + x).ln()


def expm1(x):
    """e^x - 1, by two terms of the series where e^x would lose x."""
    return x + x * x / 2 if abs(x) < Decimal(10) ** -40 else x.exp() - 1


def tanh(x):
    return expm1(2 * x) / (expm1(2 * x) + 2)


def erf(x):
    """Kummer's series 2/sqrt(pi) e^(-x^2) sum 2^n x^(2n+1) / (1 3 5 ... (2n+1)), whose terms have one sign; 1 from 8 on."""
    if abs(x) > 8:
        return Decimal(1).copy_sign(x) * (1 - Decimal(10) ** -28)
    term, total, n = x, Decimal(0), 0
    while abs(term) > abs(total) * Decimal(10) ** -60:
        total += term
        n += 1
        term = term * 2 * x * x / (2 * n + 1)
    return 2 / PI.sqrt() * (-x * x).exp() * total


FUNCTIONS = {
    "exp": Decimal.exp,
    "expm1": expm1,
    "log": Decimal.ln,
    "log1p": log1p,
    "tanh": tanh,
    "sigmoid": lambda x: 1 / (1 + (-x).exp()),
    "softplus": lambda x: max(x, Decimal(0)) + log1p((-abs(x)).exp()),
    "erf": erf,
}


def points(name, draw):
    """Return x of every magnitude, then where errors are largest, then where a format ends."""
    if name in ("log", "log1p"):
        some = [draw.uniform(1, 2) * 2.0 ** draw.randint(-1070, 1022) for _ in range(40)]
        some += [draw.uniform(0.5, 2) for _ in range(60)] + [5e-324, 2.2250738585072009e-308, 1.7976931348623157e308]
        return some if name == "log" else some + [x - 1 for x in some[40:100]] + [-(2.0**-53), -1e-300, -1 + 2.0**-53]
    some = [draw.choice([-1, 1]) * draw.uniform(1, 2) * 2.0 ** draw.randint(-1070, 9) for _ in range(30)]
    some += [draw.uniform(-4, 4) for _ in range(60)] + [draw.uniform(-40, 40) for _ in range(30)]
    edges = [709.782712893384, -708.3964185322641, -745.1332191019411, -740.5, 36.8, -37.5, 19.06, 5e-324, -1e-310]
    return some + [x for x in edges if name != "expm1" or x < 709.78]


def main():
    print("# written by src/test/oracle/functions.py: function x nearest rest")
    draw = random.Random(1)
    for name, function in FUNCTIONS.items():
        for x in points(name, draw):
            if name in ("exp", "expm1") and x > 709.782712893384:
                continue
            value = function(Decimal(x))
            nearest = float(value)
            print(name, x.hex(), nearest.hex(), float(value - Decimal(nearest)).hex())


if __name__ == "__main__":
    main()
