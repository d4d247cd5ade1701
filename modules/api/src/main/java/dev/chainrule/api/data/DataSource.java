package dev.chainrule.api.data;

import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Matrix;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Examples by index. The same index always gives the same example. Safe for concurrent use.
 *
 * <p>A source of large files may read them lazily: data not read on opening is read when the first example beyond it is
 * requested, or all at once by {@link #load}. The first request then throws the {@link InputException} of a broken file.
 */
public interface DataSource {
    /** {@return the number of examples, at least 1} */
    int size();

    /** {@return the encoding of the examples} */
    Encoding encoding();

    /**
     * Write the input of an example into a row.
     *
     * @param index 0 … size − 1
     * @param x [rows, {@code encoding().shape().size()}]. Row {@code row} is modified.
     * @param row the row to write
     */
    void readInput(int index, Matrix x, int row);

    /**
     * {@return the text of an example's cell in one of the {@link DataContext#splitColumns}, {@code ""} if it has no value; empty if the
     * source has no columns}
     *
     * @param index 0 … size − 1
     * @param column its name
     * @throws InputException if the source is a table without that column
     */
    default Optional<String> cell(int index, String column) {
        return Optional.empty();
    }

    /** {@return whether examples have weights in the cost that training minimises} */
    default boolean hasWeights() {
        return false;
    }

    /**
     * {@return the weight of an example in the cost that training minimises, 0 or more; 1 if there are no weights}
     *
     * @param index 0 … size − 1
     */
    default double weight(int index) {
        return 1;
    }

    /**
     * Prepare for reading the input of an example within microseconds. The default does nothing. A source whose examples
     * exceed the processor's caches can touch this one, so that several cache misses overlap.
     *
     * @param index 0 … size − 1
     * @throws InputException if a file that is read lazily is broken
     */
    default void prefetch(int index) {}

    /**
     * Write the target of an example into a row, position by position with the last axis varying fastest, or its targets one after
     * the other. Not called on a source opened without labels.
     *
     * @param index 0 … size − 1
     * @param y [rows, {@code encoding().targetWidth()}]. Row {@code row} is modified.
     * @param row the row to write
     */
    void readTarget(int index, Matrix y, int row);

    /**
     * Read and check all data not read on opening, so that no later read fails.
     *
     * <p>Called before any training or measurement, possibly more than once and on another thread.
     *
     * @throws InputException if a file is broken, with the place
     */
    default void load() {}

    /**
     * {@return an example's location, for messages: its file, with the line in a text file, such as
     * {@code data/train.csv:14}; empty if it is not in a file}
     *
     * @param index 0 … size − 1
     */
    default Optional<String> location(int index) {
        return Optional.empty();
    }

    /** {@return the origin of the examples} Hashing them may take a while; only called to record a run. */
    Provenance provenance();

    /**
     * {@return the rows of the input that are not examples, counted from 0 among all rows, with the reason} Only a source
     * opened without labels has any: the rows that cannot be predicted. The other rows have the indices 0, 1, … in their
     * order.
     */
    default SortedMap<Integer, String> unusable() {
        return Collections.emptySortedMap();
    }

    /**
     * {@return the name of a row of the input, such as that of its file, which is written beside its prediction; empty, the default,
     * if its number tells enough}
     *
     * @param row from 0, among all rows, those that are {@link #unusable} included
     */
    default Optional<String> rowName(int row) {
        return Optional.empty();
    }

    /** {@return the bytes of memory that the examples take once they are loaded; 0, the default, if they are few} */
    default long bytes() {
        return 0;
    }

    /** {@return whether some inputs are NaN, because their values are unknown: a transform must fill them} */
    default boolean hasGaps() {
        return false;
    }

    /** {@return warnings for the user, such as a fallback for the requested data} */
    default List<String> warnings() {
        return List.of();
    }
}
