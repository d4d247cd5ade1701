package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The files of pictures, in the order of the examples.
 *
 * @param names the names of the files in messages: paths within the folder, or as a table gives them
 * @param refused the pictures without a path to a file, with the reason
 * @param labels the number of each picture's class; empty if they have none
 * @param classes the names of the classes; empty if they are unknown
 * @param warnings notices that the user must not miss
 */
record PictureSet(
        List<Path> files,
        List<String> names,
        SortedMap<Integer, InputException> refused,
        Optional<int[]> labels,
        List<String> classes,
        List<String> warnings) {
    PictureSet {
        files = List.copyOf(files);
        names = List.copyOf(names);
        refused = Collections.unmodifiableSortedMap(refused);
        classes = List.copyOf(classes);
        warnings = List.copyOf(warnings);
    }

    /** Return the same pictures with other labels. */
    PictureSet of(Optional<int[]> numbers, List<String> known) {
        return new PictureSet(files, names, refused, numbers, known, warnings);
    }

    int size() {
        return files.size();
    }
}
