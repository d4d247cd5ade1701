package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;
import dev.chainrule.table.Column;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A column of a table whose cells are the paths of pictures.
 *
 * @param base the folder in which relative paths begin, and which they must not leave
 * @param broken the fate of cells without a path to a file: refused, except that missing files may be skipped; or reported
 */
record PicturePaths(Column column, Path base, CachedPictures.Broken broken) {
    /**
     * Return the pictures of all rows.
     *
     * @param folderKey the key of the config that sets the folder, for messages; empty if it is always that of the table
     * @throws InputException at a row without a path to a file, unless these are reported
     */
    PictureSet pictures(Optional<String> folderKey) {
        List<Path> files = new ArrayList<>();
        List<String> names = new ArrayList<>();
        SortedMap<Integer, InputException> refused = new TreeMap<>();
        for (int row = 0; row < column.table().size(); row++) {
            names.add(column.cell(row));
            try {
                files.add(path(row, column.cell(row), folderKey));
            } catch (InputException e) {
                if (broken != CachedPictures.Broken.REPORT) {
                    throw e;
                }
                files.add(Path.of(column.table().place()));
                refused.put(row, e);
            }
        }
        return new PictureSet(files, names, refused, Optional.empty(), List.of(), List.of());
    }

    private Path path(int row, String cell, Optional<String> folderKey) {
        if (cell.isBlank()) {
            throw problem(row, "column '" + column.name() + "' has no path", "Write one, or delete the row.");
        }
        Path given = given(row, cell);
        if (!given.isAbsolute() && given.normalize().startsWith("..")) {
            throw problem(
                    row,
                    "the path '" + cell + "' leads out of the folder " + base,
                    folderKey
                            .map(key ->
                                    "Give a folder that contains all pictures with " + key + ":, and paths within it.")
                            .orElse("Move the pictures into the folder of the table, or link to them from there."));
        }
        Path path = base.resolve(given);
        if (broken != CachedPictures.Broken.SKIP && !Files.exists(path)) {
            throw problem(row, "there is no file '" + cell + "'", advice(given, path, folderKey));
        }
        return path;
    }

    private static String advice(Path given, Path path, Optional<String> folderKey) {
        if (given.isAbsolute()) {
            return "Absolute paths are those of one machine: "
                    + folderKey
                            .map(key -> "give the folder with " + key + ":, and paths within it.")
                            .orElse("give paths within the folder of the table.");
        }
        return "Looked for " + path + "."
                + folderKey
                        .map(key -> " Paths begin in the folder of the table, or in that of " + key + ":.")
                        .orElse("");
    }

    private Path given(int row, String cell) {
        try {
            return Path.of(cell);
        } catch (InvalidPathException e) {
            throw problem(row, "'" + cell + "' is not a valid path here: " + e.getReason());
        }
    }

    private InputException problem(int row, String message, String... notes) {
        return column.table().problem(row, message, notes);
    }
}
