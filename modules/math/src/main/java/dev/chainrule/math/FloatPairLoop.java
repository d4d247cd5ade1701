package dev.chainrule.math;

/**
 * A loop that applies one class of pair functions to a row of {@code float} and its partners: {@code y[yStart + j]}, or, if y
 * contains the number of a class at yStart, 1 for j equal to that number and 0 for others.
 */
public interface FloatPairLoop {
    /** Return Σⱼ f(x[xStart + j], yⱼ, c), j ascending from +0. */
    double sum(
            PairFunction function,
            float[] x,
            int xStart,
            float[] y,
            int yStart,
            boolean classNumber,
            double c,
            int columns);

    /** Compute out[xStart + j] = f(x[xStart + j], yⱼ, c). */
    void zip(
            PairFunction function,
            float[] x,
            int xStart,
            float[] y,
            int yStart,
            boolean classNumber,
            double c,
            float[] out,
            int columns);
}
