package dev.chainrule.engine.data;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;

/** A source of examples, some of whose inputs are those of other examples. */
final class PermutedInputs extends ForwardingSource {
    private final int first;
    private final int width;
    private final int[] others;

    /**
     * Create it from a source.
     *
     * @param first of these inputs
     * @param width their number
     * @param others the other example, by example
     */
    PermutedInputs(DataSource source, int first, int width, int[] others) {
        super(source);
        this.first = first;
        this.width = width;
        this.others = others;
    }

    @Override
    public void readInput(int index, Matrix x, int row) {
        Matrix other = new DoubleMatrix(1, x.columns());
        source.readInput(others[index], other, 0);
        source.readInput(index, x, row);
        for (int j = first; j < first + width; j++) {
            x.set(row, j, other.get(0, j));
        }
    }
}
