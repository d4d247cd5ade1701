package dev.chainrule.engine.data;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.Optional;

/** A source of examples, some of whose inputs are those of other examples. */
final class PermutedInputs implements DataSource {
    private final DataSource source;
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
        this.source = source;
        this.first = first;
        this.width = width;
        this.others = others;
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public Encoding encoding() {
        return source.encoding();
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

    @Override
    public void readTarget(int index, Matrix y, int row) {
        source.readTarget(index, y, row);
    }

    @Override
    public Optional<String> location(int index) {
        return source.location(index);
    }

    @Override
    public Provenance provenance() {
        return source.provenance();
    }

    @Override
    public boolean hasGaps() {
        return source.hasGaps();
    }
}
