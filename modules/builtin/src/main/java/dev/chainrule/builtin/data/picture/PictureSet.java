package dev.chainrule.builtin.data.picture;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of pictures, in the order of the examples.
 *
 * @param names the names of the files in messages: paths within the folder, or as a table gives them
 * @param labels the number of each picture's class; empty if they have none
 * @param classes the names of the classes; empty if they are unknown
 * @param warnings notices that the user must not miss
 */
record PictureSet(
        List<Path> files, List<String> names, Optional<int[]> labels, List<String> classes, List<String> warnings) {
    PictureSet {
        files = List.copyOf(files);
        names = List.copyOf(names);
        classes = List.copyOf(classes);
        warnings = List.copyOf(warnings);
    }

    int size() {
        return files.size();
    }
}
