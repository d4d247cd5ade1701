#!/usr/bin/env python3
"""Compute the constants of FloatConstants.java and DoubleConstants.java. Needs the standard library only.

Both polynomials interpolate their function at the Chebyshev nodes of the interval, in exact and 60-digit arithmetic, which
is within a factor of about two of the best polynomial of the degree. Coefficients are then rounded to the format and the
error of the rounded polynomial is measured on a grid, as a part of the function that is finally computed:

  exponential  P(r) = (e^r - 1 - r) / r^2             on |r| <= ln 2 / 2,               e^r = 1 + r + r^2 P(r)
  logarithm    T(z) = (2 artanh(s) / s - 2) / z       z = s^2, |s| <= (sqrt 2 - 1)/(sqrt 2 + 1)
                                                      ln(1 + f) = 2 s + s z T(z), s = f / (2 + f)

Run: python3 coefficients.py
"""

import math
import struct
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60

FORMATS = {
    # name: (bits of the significand, bits of an exponent n in n * ln 2, degree of P, degree of T)
    "float": (24, 8, 5, 3),
    "double": (53, 11, 10, 7),
}


def exponential(r):
    """Return (e^r - 1 - r) / r^2 by its series."""
    term, total, k = Decimal(1) / 2, Decimal(0), 2
    while abs(term) > Decimal(10) ** -58:
        total += term
        k += 1
        term = term * r / k
    return total


def logarithm(z):
    """Return (2 artanh(s) / s - 2) / z = 2/3 + 2 z/5 + 2 z^2/7 + ... for z = s^2."""
    power, total, k = Decimal(1), Decimal(0), 3
    while power > Decimal(10) ** -58:
        total += 2 * power / k
        k += 2
        power *= z
    return total


def interpolate(function, low, high, degree):
    """Return the monomial coefficients, lowest first, of the interpolant at the Chebyshev nodes."""
    count = degree + 1
    # six digits are near enough to the best place, and the same with any libm
    places = [Decimal(round(1e6 * math.cos(math.pi * (2 * i + 1) / (2 * count)))).scaleb(-6) for i in range(count)]
    nodes = [(low + high) / 2 + (high - low) / 2 * place for place in places]
    differences = [function(x) for x in nodes]
    for level in range(1, count):
        for i in range(count - 1, level - 1, -1):
            differences[i] = (differences[i] - differences[i - 1]) / (nodes[i] - nodes[i - level])
    coefficients = [Decimal(0)] * count
    for i in range(count - 1, -1, -1):
        shifted = [Decimal(0)] + coefficients[:-1]
        coefficients = [s - nodes[i] * c for s, c in zip(shifted, coefficients)]
        coefficients[0] += differences[i]
    return coefficients


def rounded(value, bits):
    """Round to a significand of so many bits, ties to even."""
    exact = Fraction(value)
    if exact == 0:
        return exact
    exponent = math.floor(math.log2(abs(exact))) + 1
    unit = Fraction(2) ** (exponent - bits)
    return round(exact / unit) * unit


def literal(value, name):
    """Write a value that the format holds exactly as a Java literal."""
    assert Fraction(float(value)) == value
    text = float(value).hex()
    mantissa, exponent = text.split("p")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    if mantissa.endswith("x1"):
        mantissa += ".0"
    return f"{mantissa}p{int(exponent)}" + ("f" if name == "float" else "")


def worst(coefficients, function, low, high, weight):
    """Return log2 of the largest weighted error on a grid."""
    largest = Decimal(0)
    for i in range(2001):
        x = low + (high - low) * i / 2000
        value = Decimal(0)
        for c in reversed(coefficients):
            value = value * x + Decimal(c.numerator) / Decimal(c.denominator)
        largest = max(largest, abs(value - function(x)) * weight(x))
    return float(largest.ln() / Decimal(2).ln())


def sqrt_bits(name):
    """Return the bits of sqrt(1/2), rounded: where the logarithm's significand begins."""
    if name == "float":
        return "0x%08x" % struct.unpack("<I", struct.pack("<f", math.sqrt(0.5)))
    return "0x%016xL" % struct.unpack("<Q", struct.pack("<d", math.sqrt(0.5)))


def main():
    ln2 = Decimal(2).ln()
    half = ln2 / 2
    root = Decimal(2).sqrt()
    z_most = ((root - 1) / (root + 1)) ** 2
    for name, (bits, exponent_bits, exp_degree, log_degree) in FORMATS.items():
        high = Fraction(math.floor(Fraction(ln2) * 2 ** (bits - exponent_bits)), 2 ** (bits - exponent_bits))
        low = rounded(Fraction(ln2) - high, bits)
        print(name)
        print("  LOG2_E   ", literal(rounded(1 / ln2, bits), name))
        print("  LN2_HIGH ", literal(high, name))
        print("  LN2_LOW  ", literal(low, name))
        print("  SQRT_HALF", sqrt_bits(name))
        p = [rounded(c, bits) for c in interpolate(exponential, -half, half, exp_degree)]
        error = worst(p, exponential, -half, half, lambda r: r * r / r.exp())
        print(f"  exponential, highest first; relative error of e^r below 2^{error:.1f}")
        for c in reversed(p):
            print("   ", literal(c, name))
        t = [rounded(c, bits) for c in interpolate(logarithm, Decimal(0), z_most, log_degree)]
        error = worst(t, logarithm, Decimal(0), z_most, lambda z: z / 2)
        print(f"  logarithm, highest first; relative error of ln(1 + f) below 2^{error:.1f}")
        for c in reversed(t):
            print("   ", literal(c, name))


if __name__ == "__main__":
    main()
