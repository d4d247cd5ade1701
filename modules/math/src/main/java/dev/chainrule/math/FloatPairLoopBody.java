package dev.chainrule.math;

/** The loops that {@link FloatPairLoop#LOOPS} defines once more for each class of pair functions. */
@SuppressWarnings("cast") // a cast that narrows here does nothing in the source for double
public final class FloatPairLoopBody implements FloatPairLoop {
    /** Create the loops. */
    public FloatPairLoopBody() {}

    @Override
    public double sum(
            PairFunction function,
            float[] x,
            int xStart,
            float[] y,
            int yStart,
            boolean classNumber,
            double c,
            int columns) {
        double sum = 0;
        if (classNumber) {
            float number = y[yStart];
            for (int j = 0; j < columns; j++) {
                sum += function.of(x[xStart + j], number == j ? 1 : 0, c);
            }
        } else {
            for (int j = 0; j < columns; j++) {
                sum += function.of(x[xStart + j], y[yStart + j], c);
            }
        }
        return sum;
    }

    @Override
    public void zip(
            PairFunction function,
            float[] x,
            int xStart,
            float[] y,
            int yStart,
            boolean classNumber,
            double c,
            float[] out,
            int columns) {
        if (classNumber) {
            float number = y[yStart];
            for (int j = 0; j < columns; j++) {
                out[xStart + j] = (float) function.of(x[xStart + j], number == j ? 1 : 0, c);
            }
        } else {
            for (int j = 0; j < columns; j++) {
                out[xStart + j] = (float) function.of(x[xStart + j], y[yStart + j], c);
            }
        }
    }
}
