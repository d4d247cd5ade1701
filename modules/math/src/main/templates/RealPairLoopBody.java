package dev.chainrule.math;

/** Hold the loops that {@link @Real@PairLoops} gives to each class of pair functions as a class of its own. */
@SuppressWarnings("cast") // one source for two precisions: a cast that narrows in one is idle in the other
final class @Real@PairLoopBody implements @Real@PairLoop {
    @Real@PairLoopBody() {}

    @Override
    public double sum(
            PairFunction function,
            @real@[] x,
            int xStart,
            @real@[] y,
            int yStart,
            boolean classNumber,
            double c,
            int columns) {
        double sum = 0;
        if (classNumber) {
            @real@ number = y[yStart];
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
            @real@[] x,
            int xStart,
            @real@[] y,
            int yStart,
            boolean classNumber,
            double c,
            @real@[] out,
            int columns) {
        if (classNumber) {
            @real@ number = y[yStart];
            for (int j = 0; j < columns; j++) {
                out[xStart + j] = (@real@) function.of(x[xStart + j], number == j ? 1 : 0, c);
            }
        } else {
            for (int j = 0; j < columns; j++) {
                out[xStart + j] = (@real@) function.of(x[xStart + j], y[yStart + j], c);
            }
        }
    }
}
