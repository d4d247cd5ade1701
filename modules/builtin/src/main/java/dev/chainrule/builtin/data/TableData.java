package dev.chainrule.builtin.data;

import dev.chainrule.api.DataSource;
import dev.chainrule.api.Encoding;
import dev.chainrule.api.Provenance;
import dev.chainrule.math.Matrix;
import java.util.Optional;

/** Hold examples as numbers, ready to be copied into a batch. */
final class TableData implements DataSource {
    private final double[][] inputs;
    private final Optional<double[][]> targets;
    private final Encoding encoding;
    private final Once<Provenance> provenance;

    /**
     * Create a source.
     *
     * @param inputs one row of {@code encoding.shape().size()} numbers an example. Not copied.
     * @param targets one row of {@code encoding.target().width()} numbers an example. Not copied.
     * @param origin what was read, in words
     */
    TableData(double[][] inputs, Optional<double[][]> targets, Encoding encoding, String origin) {
        this.inputs = inputs;
        this.targets = targets;
        this.encoding = encoding;
        this.provenance = new Once<>(() -> new Provenance(origin, hash()));
    }

    @Override
    public int size() {
        return inputs.length;
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public void readInput(int index, Matrix x, int row) {
        x.setRow(row, inputs[index]);
    }

    @Override
    public void readTarget(int index, Matrix y, int row) {
        y.setRow(row, targets.orElseThrow(() -> new IllegalStateException("opened without labels"))[index]);
    }

    @Override
    public Provenance provenance() {
        return provenance.get();
    }

    private String hash() {
        Sha256 sha256 = new Sha256().add(inputs.length + " rows " + encoding.shape());
        encoding.columns().forEach(column -> sha256.add(column.name()).add(column.categories()));
        for (double[] row : inputs) {
            sha256.add(row);
        }
        targets.ifPresent(rows -> {
            sha256.add(encoding.target().form().name()).add(encoding.target().names());
            for (double[] row : rows) {
                sha256.add(row);
            }
        });
        return sha256.hex();
    }
}
