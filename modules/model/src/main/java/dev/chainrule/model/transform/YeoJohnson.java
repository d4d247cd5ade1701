package dev.chainrule.model.transform;

import dev.chainrule.math.Strict;

/**
 * The family of power functions of Yeo and Johnson (2000, Biometrika 87), which take every number:
 *
 * <pre>
 * f(x) = ((x + 1)^λ − 1)/λ               for x ≥ 0,  or ln(x + 1) if λ = 0
 * f(x) = −((1 − x)^(2 − λ) − 1)/(2 − λ)  for x &lt; 0,  or −ln(1 − x) if λ = 2
 * </pre>
 *
 * <p>With t = ln(1 + |x|) both are (e^(μt) − 1)/μ, which is computed without cancellation.
 */
final class YeoJohnson {
    /** The range of λ that is searched: beyond it a power of numbers in the thousands exceeds float64. */
    private static final double WIDEST = 10;
    /** The distance of the values of λ that are tried first. */
    private static final double STEP = 0.5;
    /** The width of the last bracket. The likelihood is flat near its maximum: closer values have equal likelihoods in float64. */
    private static final double CLOSE = 1e-9;

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private YeoJohnson() {}

    static double of(double x, double lambda) {
        return x >= 0 ? power(Strict.log1p(x), lambda) : -power(Strict.log1p(-x), 2 - lambda);
    }

    /** Undo {@link #of} for a number that it gives. */
    static double inverse(double y, double lambda) {
        return y >= 0 ? Strict.expm1(root(y, lambda)) : -Strict.expm1(root(-y, 2 - lambda));
    }

    private static double power(double t, double mu) {
        return mu == 0 ? t : Strict.expm1(mu * t) / mu;
    }

    private static double root(double y, double mu) {
        return mu == 0 ? y : Strict.log1p(mu * y) / mu;
    }

    /**
     * Return the λ from −10 to 10 of the greatest likelihood, were f(x) distributed normally; 1 if all numbers are equal, and NaN if
     * their powers are beyond float64.
     *
     * @param ascending the numbers x, ascending
     * @param count of the numbers
     */
    static double fit(double[] ascending, int count) {
        if (ascending[0] == ascending[count - 1]) {
            return 1;
        }
        double[] logs = new double[count];
        double jacobian = 0;
        for (int i = 0; i < count; i++) {
            logs[i] = Math.copySign(Strict.log1p(Math.abs(ascending[i])), ascending[i]);
            jacobian += logs[i];
        }
        double best = Double.NaN;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double lambda = -WIDEST; lambda <= WIDEST; lambda += STEP) {
            double likelihood = likelihood(logs, jacobian, lambda);
            if (likelihood > greatest) {
                greatest = likelihood;
                best = lambda;
            }
        }
        return narrowed(logs, jacobian, Math.max(best - STEP, -WIDEST), Math.min(best + STEP, WIDEST));
    }

    /** Return the place of the maximum between two numbers, by golden section (Kiefer 1953). */
    private static double narrowed(double[] logs, double jacobian, double from, double to) {
        double low = from;
        double high = to;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double atLeft = likelihood(logs, jacobian, left);
        double atRight = likelihood(logs, jacobian, right);
        while (high - low > CLOSE) {
            if (atLeft >= atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = likelihood(logs, jacobian, left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = likelihood(logs, jacobian, right);
            }
        }
        return (low + high) / 2;
    }

    /** Return the logarithm of the likelihood, except for a constant: −n/2·ln var f(x) + (λ − 1)·Σ sign(x)·ln(1 + |x|). */
    private static double likelihood(double[] logs, double jacobian, double lambda) {
        double mean = 0;
        for (double log : logs) {
            mean += powered(log, lambda);
        }
        mean /= logs.length;
        double squares = 0;
        for (double log : logs) {
            double deviation = powered(log, lambda) - mean;
            squares += deviation * deviation;
        }
        double likelihood = -0.5 * logs.length * Strict.log(squares / logs.length) + (lambda - 1) * jacobian;
        return Double.isFinite(likelihood) ? likelihood : Double.NEGATIVE_INFINITY;
    }

    /** Return f(x) for a number whose ln(1 + |x|), with the sign of x, is given. */
    private static double powered(double log, double lambda) {
        return log >= 0 ? power(log, lambda) : -power(-log, 2 - lambda);
    }
}
