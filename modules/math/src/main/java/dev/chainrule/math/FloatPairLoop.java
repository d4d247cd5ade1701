package dev.chainrule.math;

import java.lang.invoke.MethodHandles;

/**
 * A loop that applies one class of pair functions to a row of {@code float} and its partners: {@code y[yStart + j]}, or, if y
 * contains the number of a class at yStart, 1 for j equal to that number and 0 for others.
 */
public interface FloatPairLoop {
    /** The loops of each class of functions. */
    FunctionLoops<FloatPairLoop> LOOPS =
            new FunctionLoops<>(MethodHandles.lookup(), FloatPairLoopBody.class, FloatPairLoop.class);

    /** Return whether y contains the number of a class for each row of x, rather than a number for each element. */
    static boolean isClassNumbers(FloatMatrix x, Matrix y) {
        boolean classNumber = y.columns() == 1 && x.columns() != 1;
        if (y.rows() != x.rows() || y.columns() != x.columns() && !classNumber || y.precision() != x.precision()) {
            throw new IllegalArgumentException(
                    "no pairs of " + x.shape() + " " + x.precision() + " and " + y.shape() + " " + y.precision());
        }
        return classNumber;
    }

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
