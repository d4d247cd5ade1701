package dev.chainrule.api.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The environment in which a data source is opened. */
public interface DataContext {
    /**
     * {@return the file at a config's path: a relative path is resolved against the config's folder}
     *
     * @param path as written in the config
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
     * {@return the receiver of the progress of slow work, such as {@code decoding pictures: 1,024 of 70,000}, which a terminal shows in
     * its last line; an empty text removes that} Safe for concurrent use. By default it does nothing.
     */
    default Consumer<String> progress() {
        return text -> {};
    }

    /**
     * {@return the encoding of the training examples, which fixes the categories of columns and the names of classes; empty
     * for the training source itself}
     */
    Optional<Encoding> training();

    /**
     * {@return the columns to be learned, by the output of the network that learns them, in the order of the outputs; empty if
     * the source itself says what is learned} A source that chooses columns has one target of that name for each of them.
     */
    default Map<String, List<String>> targets() {
        return Map.of();
    }

    /**
     * {@return the columns whose cells decide to which part of the data a row belongs, see {@link DataSource#cell}} They are not inputs,
     * unless the config lists them as such.
     */
    default List<String> splitColumns() {
        return List.of();
    }

    /** {@return whether targets are required; a prediction has none, nor has an input that is its own target} */
    boolean labelled();

    /**
     * {@return whether the examples are to be predicted, so that rows that cannot be read are set apart as
     * {@link DataSource#unusable}; otherwise they are errors}
     */
    default boolean predicting() {
        return !labelled();
    }
}
