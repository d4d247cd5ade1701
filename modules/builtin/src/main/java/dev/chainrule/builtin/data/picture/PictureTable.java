package dev.chainrule.builtin.data.picture;

import dev.chainrule.builtin.data.table.Names;
import dev.chainrule.table.Column;
import dev.chainrule.table.Table;
import dev.chainrule.table.TableFormat;
import dev.chainrule.table.TableReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * @param existing whether every file must exist
 */
record PictureTable(Path file, Path base, String pathColumn, String classColumn, boolean existing) {
    /**
     * Read the table.
     *
     * @param labelled whether each picture needs a class
     * @param trained the classes of the training examples, if these are others
     */
    PictureSet read(char delimiter, boolean labelled, Optional<List<String>> trained) {
        Table table = TableReader.read(file, TableFormat.USUAL.withDelimiter(delimiter));
        Column paths = table.column(pathColumn, "contain the paths; give its name with path:");
        List<Path> files = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int row = 0; row < table.size(); row++) {
            files.add(path(table, row, paths.cell(row)));
            names.add(paths.cell(row));
        }
        if (!labelled) {
            return new PictureSet(files, names, Optional.empty(), trained.orElse(List.of()), List.of());
        }
        Column labels = table.column(classColumn, "contain the classes; give its name with target:");
        List<String> classes =
                trained.orElseGet(() -> Names.sorted(labels.counts().keySet()));
        return new PictureSet(files, names, Optional.of(numbers(table, labels, classes)), classes, List.of());
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

    private Path path(Table table, int row, String cell) {
        if (cell.isBlank()) {
            throw table.problem(row, "column '" + pathColumn + "' has no path", "Write one, or delete the row.");
        }
        Path given = given(table, row, cell);
        if (!given.isAbsolute() && given.normalize().startsWith("..")) {
            throw table.problem(
                    row,
                    "the path '" + cell + "' leads out of the folder " + base,
                    "Give a folder that contains all pictures with folder:, and paths within it.");
        }
        Path path = base.resolve(given);
        if (existing && !Files.exists(path)) {
            throw table.problem(
                    row,
                    "there is no file '" + cell + "'",
                    given.isAbsolute()
                            ? "Absolute paths are those of one machine: give the folder with folder:, and paths within it."
                            : "Looked for " + path
                                    + ". Paths begin in the folder of the table, or in that of folder:.");
        }
        return path;
    }

    private static Path given(Table table, int row, String cell) {
        try {
            return Path.of(cell);
        } catch (InvalidPathException e) {
            throw table.problem(row, "'" + cell + "' is not a valid path here: " + e.getReason());
        }
    }
}
