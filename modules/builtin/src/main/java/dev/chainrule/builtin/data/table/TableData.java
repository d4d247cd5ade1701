package dev.chainrule.builtin.data.table;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.builtin.data.Lazy;
import dev.chainrule.builtin.data.Sha256;
import dev.chainrule.math.Matrix;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Examples as numbers, ready to be written into a batch. A column of names takes one number here, and one input per
 * name there.
 */
final class TableData implements DataSource {
    private final double[] cells;
    /** The number of inputs of each column of names; 0 for a column with one input, a number. */
    private final int[] widths;

    /** By column: the names of each row, if its cells may have several. */
    private final List<Optional<Bags>> bags;

    private final int size;
    private final boolean gaps;
    private final Optional<double[]> targets;
    private final Encoding encoding;
    private final TableRows rows;
    private final List<String> warnings;
    private final Lazy<Provenance> provenance;

    /**
     * Create a source.
     *
     * @param cells row by row, a number for each column: its value, or that of its name, which is negative if the
     *     column does not have the name; NaN for no value. Not copied.
     * @param columns of {@code cells}
     * @param bags by column: the names of each row, if its cells may have several; none if there is no such column
     * @param targets row by row, {@code encoding.targetWidth()} numbers per example. Not copied.
     * @param origin the file, in words
     * @param rows the properties of the rows of the file
     * @param warnings notices that the user must not miss
     */
    TableData(
            double[] cells,
            List<Encoding.Column> columns,
            List<Optional<Bags>> bags,
            Optional<double[]> targets,
            Encoding encoding,
            String origin,
            TableRows rows,
            List<String> warnings) {
        this.cells = cells;
        this.widths = new int[columns.size()];
        for (int j = 0; j < widths.length; j++) {
            widths[j] =
                    columns.get(j).ordinal() ? 0 : columns.get(j).categories().size();
        }
        this.bags = bags.isEmpty() ? Collections.nCopies(widths.length, Optional.empty()) : bags;
        this.size = cells.length / widths.length;
        this.gaps = Arrays.stream(cells).anyMatch(Double::isNaN);
        this.targets = targets;
        this.encoding = encoding;
        this.rows = rows;
        this.warnings = List.copyOf(warnings);
        this.provenance = new Lazy<>(() -> new Provenance(origin, hash()));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public SortedMap<Integer, String> unusable() {
        return rows.unusable();
    }

    @Override
    public void readInput(int index, Matrix x, int row) {
        int place = 0;
        int from = index * widths.length;
        for (int j = 0; j < widths.length; j++) {
            double value = cells[from + j];
            if (widths[j] == 0) {
                x.set(row, place++, value);
            } else {
                for (int name = 0; name < widths[j]; name++) {
                    x.set(row, place++, bags.get(j).isEmpty() ? oneHot(name, value) : 0);
                }
                if (bags.get(j).isPresent()) {
                    writeBag(bags.get(j).get(), index, x, row, place - widths[j]);
                }
            }
        }
    }

    private static void writeBag(Bags bag, int index, Matrix x, int row, int from) {
        for (int k = bag.starts()[index]; k < bag.starts()[index + 1]; k++) {
            x.set(row, from + bag.names()[k], bag.counts()[k]);
        }
    }

    /** Return an input of a column of names: NaN for all of them if the cell has no value. */
    private static double oneHot(int name, double value) {
        return Double.isNaN(value) ? value : name == value ? 1 : 0;
    }

    @Override
    public boolean hasGaps() {
        return gaps;
    }

    @Override
    public void readTarget(int index, Matrix y, int row) {
        double[] all = targets.orElseThrow(() -> new IllegalStateException("opened without labels"));
        int width = encoding.targetWidth();
        for (int j = 0; j < width; j++) {
            y.set(row, j, all[index * width + j]);
        }
    }

    @Override
    public Optional<String> cell(int index, String column) {
        return rows.splits().of(index, column);
    }

    @Override
    public boolean hasWeights() {
        return rows.weights().isPresent();
    }

    @Override
    public double weight(int index) {
        return rows.weights().isPresent() ? rows.weights().get()[index] : 1;
    }

    /** The numbers of cells, targets and weights, the line of each row, and the cells by which rows are split. */
    @Override
    public long bytes() {
        return (long) Double.BYTES * (cells.length + (targets.isPresent() ? targets.get().length : 0))
                + (long) (hasWeights() ? Double.BYTES : 0) * size
                + (long) Integer.BYTES * size
                + bags.stream().flatMap(Optional::stream).mapToLong(Bags::bytes).sum()
                + rows.splits().bytes();
    }

    @Override
    public Optional<String> location(int index) {
        return rows.places().of(index);
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public Provenance provenance() {
        return provenance.get();
    }

    /**
     * Hash the contents of a batch, so that the same examples have the same hash in whatever form they are stored here.
     */
    private String hash() {
        Sha256 sha256 = new Sha256().add(size + " rows " + encoding.shape());
        encoding.columns().forEach(column -> {
            sha256.add(column.name()).add(column.categories());
            if (column.ordinal()) {
                sha256.add("ordinal");
            }
        });
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < widths.length; j++) {
                double value = cells[i * widths.length + j];
                if (widths[j] == 0) {
                    sha256.add(Double.doubleToLongBits(value));
                }
                for (int name = 0; name < widths[j]; name++) {
                    double input = bags.get(j).isEmpty()
                            ? oneHot(name, value)
                            : bags.get(j).get().count(i, name);
                    sha256.add(Double.doubleToLongBits(input));
                }
            }
        }
        targets.ifPresent(values -> {
            encoding.targets().values().forEach(target -> {
                sha256.add(target.form().name()).add(target.names());
                target.positions().forEach(sha256::add);
            });
            sha256.add(values);
        });
        rows.weights().ifPresent(values -> sha256.add("weights").add(values));
        rows.splits().columns().forEach((name, texts) -> {
            sha256.add("split by " + name);
            for (int number : texts.numbers()) {
                sha256.add(number < 0 ? "" : texts.texts().get(number));
            }
        });
        return sha256.hex();
    }
}
