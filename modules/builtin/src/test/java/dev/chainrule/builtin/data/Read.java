package dev.chainrule.builtin.data;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;

/** Read examples of a source into arrays. */
public final class Read {
    private Read() {}

    public static double[] input(DataSource source, int index) {
        Matrix x = new DoubleMatrix(2, source.encoding().shape().size());
        source.readInput(index, x, 1);
        return row(x);
    }

    public static double[] target(DataSource source, int index) {
        Matrix y = new DoubleMatrix(2, source.encoding().target().width());
        source.readTarget(index, y, 1);
        return row(y);
    }

    private static double[] row(Matrix matrix) {
        double[] values = new double[matrix.columns()];
        for (int j = 0; j < values.length; j++) {
            values[j] = matrix.get(1, j);
        }
        return values;
    }
}
