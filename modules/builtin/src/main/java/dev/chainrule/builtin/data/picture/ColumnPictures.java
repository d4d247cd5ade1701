package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Sha256;
import dev.chainrule.math.Matrix;
import dev.chainrule.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The pictures that belong to the rows of a table: one of each row for every named input of pictures. */
public final class ColumnPictures {
    private final List<Named> columns;
    private final int rows;

    /**
     * The pictures of a column.
     *
     * @param shape of one picture
     * @param indices the index of each row's picture
     */
    private record Named(String input, Shape shape, CachedPictures pictures, int[] indices) {
        Encoding.Input encoding() {
            return new Encoding.Input(input, shape);
        }
    }

    private ColumnPictures(List<Named> columns, int rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Return the pictures of columns, decoded when the first is read, or at once if some rows may be left out.
     *
     * @param inputs the columns by the names of their inputs
     * @param table all rows
     * @param training the shapes of the training pictures by input, if these are others
     * @throws InputException at a row without a path to a file
     */
    public static ColumnPictures open(
            Map<String, PictureColumn> inputs,
            Table table,
            Optional<Map<String, Shape>> training,
            DataContext context) {
        Path folder = Path.of(table.place()).toAbsolutePath().normalize().getParent();
        List<Named> columns = new ArrayList<>();
        inputs.forEach((input, column) -> {
            CachedPictures.Broken broken = column.broken().in(context);
            try {
                PictureSet set = new PicturePaths(
                                table.column(column.column(input), "contain the paths of pictures"), folder, broken)
                        .pictures(Optional.empty());
                PictureForm form = column.keys().form(set.files().get(0), training.map(shapes -> shapes.get(input)));
                Encoding encoding = new Encoding(form.shape(), List.of(), Target.NONE);
                CachedPictures pictures =
                        CachedPictures.of(set, form, encoding, broken, input + ", " + form.origin(), context);
                int[] all =
                        IntStream.range(0, table.size()).map(pictures::index).toArray();
                columns.add(new Named(input, form.shape(), pictures, all));
            } catch (InputException e) {
                throw context.predicting() ? e : e.below(place(input));
            }
        });
        return new ColumnPictures(columns, table.size());
    }

    /** Return whether there are none. */
    public boolean isEmpty() {
        return columns.isEmpty();
    }

    /** Return the rows whose pictures cannot be read, with the reason; none if that is an error. */
    public SortedMap<Integer, String> unusable() {
        SortedMap<Integer, String> reasons = new TreeMap<>();
        columns.forEach(column -> column.pictures()
                .skipped()
                .forEach((row, reason) ->
                        reasons.merge(row, column.input() + ": " + reason, (first, second) -> first + "; " + second)));
        return reasons;
    }

    /** Return the pictures of some rows, all of which can be read. */
    public ColumnPictures where(IntPredicate row) {
        int[] left = IntStream.range(0, rows).filter(row).toArray();
        return new ColumnPictures(
                columns.stream()
                        .map(column -> new Named(
                                column.input(),
                                column.shape(),
                                column.pictures(),
                                IntStream.of(left).map(i -> column.indices()[i]).toArray()))
                        .toList(),
                left.length);
    }

    /**
     * Return the encoding of examples with these pictures after the inputs of a table.
     *
     * @param others the name of the table's inputs if they have none
     */
    public Encoding beside(Encoding table, String others) {
        List<Encoding.Input> inputs = new ArrayList<>(
                table.inputs().isEmpty() ? List.of(new Encoding.Input(others, table.shape())) : table.inputs());
        columns.forEach(column -> inputs.add(column.encoding()));
        int all = inputs.stream().mapToInt(input -> input.shape().size()).sum();
        return new Encoding(Shape.of(all), inputs, table.columns(), table.targets());
    }

    /** Write the pictures of a row into a row of a batch, from a column on. */
    public void readInput(int index, Matrix x, int row, int first) {
        int column = first;
        for (int i = 0; i < columns.size(); i++) {
            Named named = columns.get(i);
            named.pictures().readInput(named.indices()[index], x, row, column);
            column += named.shape().size();
        }
    }

    public void prefetch(int index) {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).pictures().prefetch(columns.get(i).indices()[index]);
        }
    }

    /** Decode pictures that have not been decoded yet. */
    public void load() {
        columns.forEach(column -> {
            try {
                column.pictures().load();
            } catch (InputException e) {
                throw e.below(place(column.input()));
            }
        });
    }

    /** Return the bytes of memory that they take. */
    public long bytes() {
        return columns.stream()
                .mapToLong(column -> column.pictures().bytes() + (long) Integer.BYTES * rows)
                .sum();
    }

    public List<String> warnings() {
        return columns.stream()
                .flatMap(column -> column.pictures().warnings().stream())
                .toList();
    }

    /**
     * Return the origin of a table's rows with these pictures. The hash of the files covers the rows, too: other files, or other
     * rows, are not the same files that another Java decodes differently.
     */
    public Provenance beside(Provenance table) {
        Sha256 sha256 = new Sha256().add(table.sha256());
        Sha256 files = new Sha256().add(table.sha256());
        StringBuilder origin = new StringBuilder(table.origin());
        for (Named column : columns) {
            Provenance pictures = column.pictures().provenance();
            origin.append(", pictures ").append(pictures.origin());
            sha256.add(column.input()).add(pictures.sha256());
            files.add(column.input()).add(pictures.files().orElseThrow());
            for (int index : column.indices()) {
                sha256.add(index);
            }
        }
        return new Provenance(origin.toString(), sha256.hex(), Optional.of(files.hex()));
    }

    /** Return the place of a picture below that of its source. */
    private static String place(String input) {
        return "pictures." + input;
    }
}
