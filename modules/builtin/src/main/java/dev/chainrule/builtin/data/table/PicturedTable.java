package dev.chainrule.builtin.data.table;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Lazy;
import dev.chainrule.builtin.data.picture.ColumnPictures;
import dev.chainrule.math.Matrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The rows of a table with their pictures, whose levels are the last inputs of an example. */
final class PicturedTable implements DataSource {
    /** The name of the inputs from columns, if these have no names of their own. */
    static final String COLUMNS = "columns";

    private final TableData table;
    private final ColumnPictures pictures;
    private final Encoding encoding;
    private final Lazy<Provenance> provenance;

    /** Return the shapes of the pictures in an encoding of training examples, by input. */
    static Map<String, Shape> shapes(Encoding training) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        training.inputs().stream()
                .filter(input ->
                        !training.columns().isEmpty() && training.columns(input).isEmpty())
                .forEach(input -> shapes.put(input.name(), input.shape()));
        return shapes;
    }

    /** Return the encoding of the columns in that of training examples with pictures. */
    static Encoding columns(Encoding training) {
        Map<String, Shape> pictures = shapes(training);
        if (pictures.isEmpty()) {
            return training;
        }
        List<Encoding.Input> others = training.inputs().stream()
                .filter(input -> !pictures.containsKey(input.name()))
                .toList();
        int size = others.stream().mapToInt(input -> input.shape().size()).sum();
        boolean named = others.size() > 1 || !others.get(0).name().equals(COLUMNS);
        return new Encoding(Shape.of(size), named ? others : List.of(), training.columns(), training.targets());
    }

    PicturedTable(TableData table, ColumnPictures pictures) {
        this.table = table;
        this.pictures = pictures;
        this.encoding = pictures.beside(table.encoding(), COLUMNS);
        this.provenance = new Lazy<>(() -> pictures.beside(table.provenance()));
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public void readInput(int index, Matrix x, int row) {
        table.readInput(index, x, row);
        pictures.readInput(index, x, row, table.encoding().shape().size());
    }

    @Override
    public void prefetch(int index) {
        pictures.prefetch(index);
    }

    @Override
    public void readTarget(int index, Matrix y, int row) {
        table.readTarget(index, y, row);
    }

    @Override
    public Optional<String> cell(int index, String column) {
        return table.cell(index, column);
    }

    @Override
    public boolean hasWeights() {
        return table.hasWeights();
    }

    @Override
    public double weight(int index) {
        return table.weight(index);
    }

    @Override
    public void load() {
        pictures.load();
    }

    @Override
    public long bytes() {
        return table.bytes() + pictures.bytes();
    }

    @Override
    public Optional<String> location(int index) {
        return table.location(index);
    }

    @Override
    public Provenance provenance() {
        return provenance.get();
    }

    @Override
    public SortedMap<Integer, String> unusable() {
        return table.unusable();
    }

    @Override
    public boolean hasGaps() {
        return table.hasGaps();
    }

    @Override
    public List<String> warnings() {
        return Stream.concat(table.warnings().stream(), pictures.warnings().stream())
                .toList();
    }
}
