package dev.chainrule.api;

import java.nio.file.Path;
import java.util.Optional;

/** Give a data source what it needs to be opened. */
public interface DataContext {
    /** Return the file a config names: relative to the config's folder, absolute as it is. */
    Path resolve(String path);

    /** Return whether downloads are forbidden. */
    boolean offline();

    /** Return an environment variable's value, empty when unset or blank. */
    Optional<String> environment(String name);

    /**
     * Return how the training examples are encoded, for every source but the training one itself: a column's categories and
     * the names of the classes are fixed there.
     */
    Optional<Encoding> training();

    /** Return whether targets are needed; a prediction has none. */
    boolean labelled();
}
