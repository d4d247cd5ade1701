package dev.chainrule.api;

import java.nio.file.Path;
import java.util.Optional;

/** Give a data source what it needs to be opened. */
public interface DataContext {
    /**
     * {@return the file a config names: relative to the config's folder, absolute as it is}
     *
     * @param path as the config writes it
     */
    Path resolve(String path);

    /** {@return whether downloads are forbidden} */
    boolean offline();

    /**
     * {@return an environment variable's value, empty when unset or blank}
     *
     * @param name of the variable
     */
    Optional<String> environment(String name);

    /**
     * {@return how the training examples are encoded, for every source but the training one itself: a column's categories and
     * the names of the classes are fixed there}
     */
    Optional<Encoding> training();

    /** {@return whether targets are needed; a prediction has none} */
    boolean labelled();
}
