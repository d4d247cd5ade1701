package dev.chainrule.builtin.data.picture;

import dev.chainrule.builtin.data.Names;
import dev.chainrule.table.Column;
import dev.chainrule.table.Table;
import dev.chainrule.table.TableFormat;
import dev.chainrule.table.TableReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table with a row for each picture: its path and its class.
 *
 * @param file the table
 * @param base the folder in which relative paths begin
 * @param pathColumn the column of the paths
 * @param classColumn the column of the classes
 * @param broken the fate of rows without a path to a file, as of {@link PicturePaths}
 */
record PictureTable(Path file, Path base, String pathColumn, String classColumn, CachedPictures.Broken broken) {
    /**
     * Read the table.
     *
     * @param labelled whether each picture needs a class
     * @param trained the classes of the training examples, if these are others
     */
    PictureSet read(char delimiter, boolean labelled, Optional<List<String>> trained) {
        Table table = TableReader.read(file, TableFormat.USUAL.withDelimiter(delimiter));
        boolean reports = broken == CachedPictures.Broken.REPORT;
        Column paths = table.column(pathColumn, "contain the paths" + (reports ? "" : "; give its name with path:"));
        PictureSet pictures =
                new PicturePaths(paths, base, broken).pictures(reports ? Optional.empty() : Optional.of("folder"));
        if (!labelled) {
            return pictures.of(Optional.empty(), trained.orElse(List.of()));
        }
        Column labels = table.column(classColumn, "contain the classes; give its name with target:");
        List<String> classes =
                trained.orElseGet(() -> Names.sorted(labels.counts().keySet()));
        return pictures.of(Optional.of(numbers(table, labels, classes)), classes);
    }

    private static int[] numbers(Table table, Column labels, List<String> classes) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (String name : classes) {
            numbers.put(name, numbers.size());
        }
        int[] all = new int[table.size()];
        for (int row = 0; row < all.length; row++) {
            String cell = labels.cell(row);
            if (cell.isBlank()) {
                throw table.problem(
                        row, "column '" + labels.name() + "' has no class", "Write one, or delete the row.");
            }
            if (!numbers.containsKey(cell)) {
                throw table.problem(
                        row,
                        "column '" + labels.name() + "' has '" + cell
                                + "', which is not a class of the training examples",
                        "Classes: " + Names.list(classes) + ".");
            }
            all[row] = numbers.get(cell);
        }
        return all;
    }
}
