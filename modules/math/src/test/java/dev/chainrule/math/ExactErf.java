package dev.chainrule.math;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Compute erf x to some 28 digits by Kummer's series 2/√π·e^(−x²)·Σ 2ⁿ·x²ⁿ⁺¹ / (1·3·5⋯(2n + 1)), whose terms all have one sign
 * (DLMF 7.6.2). e^(−x²) is the reciprocal of its own series at x².
 */
final class ExactErf {
    private static final MathContext DIGITS = new MathContext(34);
    private static final BigDecimal RELATIVE = new BigDecimal("1e-30");
    private static final BigDecimal ROOT_OF_PI =
            new BigDecimal("3.14159265358979323846264338327950288419716939937510582097494").sqrt(DIGITS);

    private ExactErf() {}

    /** Return erf x for x above 0 and at most 8. */
    static BigDecimal of(double x) {
        BigDecimal exact = new BigDecimal(x);
        BigDecimal square = exact.multiply(exact, DIGITS);
        BigDecimal kummer = sum(exact, square.add(square), 1, 2);
        BigDecimal exponential = sum(BigDecimal.ONE, square, 0, 1);
        return new BigDecimal(2).multiply(kummer).divide(ROOT_OF_PI, DIGITS).divide(exponential, DIGITS);
    }

    /** Return first·(1 + x/d₁ + x²/(d₁·d₂) + …), dₙ = start + step·n. */
    private static BigDecimal sum(BigDecimal first, BigDecimal x, int start, int step) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal term = first;
        for (int n = 1; term.compareTo(sum.multiply(RELATIVE)) > 0; n++) {
            sum = sum.add(term, DIGITS);
            term = term.multiply(x, DIGITS).divide(new BigDecimal(start + step * n), DIGITS);
        }
        return sum;
    }
}
