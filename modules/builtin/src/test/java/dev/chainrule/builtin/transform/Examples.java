package dev.chainrule.builtin.transform;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Transform;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.Arrays;
import java.util.function.Consumer;

/** Pass rows to a transform that is fitted. */
public record Examples(double[][] rows) implements Transform.Examples {
    /** Return the inputs of a source. */
    public static Examples of(DataSource source) {
        double[][] rows = new double[source.size()][source.encoding().shape().size()];
        Matrix x = new DoubleMatrix(1, source.encoding().shape().size());
        for (int i = 0; i < rows.length; i++) {
            source.readInput(i, x, 0);
            for (int j = 0; j < x.columns(); j++) {
                rows[i][j] = x.get(0, j);
            }
        }
        return new Examples(rows);
    }

    @Override
    public int size() {
        return rows.length;
    }

    @Override
    public void forEachInput(Consumer<double[]> consumer) {
        Arrays.stream(rows).forEach(row -> consumer.accept(row.clone()));
    }
}
